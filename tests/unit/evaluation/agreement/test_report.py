"""What agreement comes to."""

from dataclasses import replace

from casebook.evaluation.agreement.report import Agreement, Measure

NONE_SHARED = Measure("total", "Total", "percent", 0, 0, 0, {}, None, None)
SHARED = replace(NONE_SHARED, id="a", unit="levels", works=3)
NOTHING = Agreement(3, 3, 3, ("Ann", "Bo"), None, NONE_SHARED, (NONE_SHARED,), None, 1, 2000)


def test_one_thing_that_two_marked_is_enough_to_compare_them() -> None:
    assert not NOTHING.has_pairs
    assert replace(NOTHING, criteria=(NONE_SHARED, SHARED)).has_pairs


def test_measures_are_the_result_the_total_and_each_criterion() -> None:
    result = replace(NONE_SHARED, id="result", unit="pass or fail")
    assert NOTHING.measures == (NONE_SHARED, NONE_SHARED)
    whole = replace(NOTHING, result=result, criteria=(SHARED,))
    assert [each.id for each in whole.measures] == ["result", "total", "a"]
