"""Results and appeals are put into lines, and what is missing, changed or contradictory is said."""

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.evaluation.lineage import (
    Filed,
    Lineage,
    Unsigned,
    same_substance,
    trace,
)
from tests.portfolios.issued_lines import appeal, appeals_named, decided, named, outcome_of, result

FAIL = result(on=date(2026, 7, 10), mark=0, appeal_until=date(2026, 8, 7))
ANEW = result(on=date(2026, 7, 30), mark=2, appeal_until=date(2026, 8, 27))
OPENED = appeal(FAIL, date(2026, 7, 20))
UPHELD = decided(OPENED, date(2026, 8, 1), "upheld")
DISMISSED = decided(OPENED, date(2026, 8, 1))
PASS = outcome_of(UPHELD, FAIL, ANEW)
CONFIRMED = outcome_of(DISMISSED, FAIL)


def changed(record: IssuedResult) -> IssuedResult:
    return record.model_copy(update={"candidate": "Somebody Else"})


def test_a_whole_line_runs_from_the_first_result_to_the_one_that_counts() -> None:
    """The opened appeal, its decision and the result made for it belong to the line too."""
    results = named(z_first=FAIL, a_outcome=PASS, made=ANEW)
    (line,) = trace(results, appeals_named(opened=OPENED, decided=UPHELD)).lines
    assert [each.path for each in line.results] == ["z_first.result.json", "a_outcome.result.json"]
    assert [each.path for each in line.appeals] == ["opened.appeal.json", "decided.appeal.json"]
    assert [each.path for each in line.taken_up] == ["made.result.json"]
    assert line.newest.record == PASS
    assert (line.gaps, line.faults, line.undecided) == ((), (), ())


def test_an_appeal_that_nothing_decides_is_open() -> None:
    (line,) = trace(named(first=FAIL), appeals_named(opened=OPENED)).lines
    assert [each.record for each in line.undecided] == [OPENED]
    assert (line.gaps, line.faults) == ((), ())


def test_a_result_made_for_an_appeal_counts_as_a_second_one_until_it_is_taken_up() -> None:
    """Two first results for one submission: nobody can say which one counts."""
    (line,) = trace(named(first=FAIL, second=ANEW)).lines
    (fault,) = line.faults
    assert fault == (
        "first.result.json and second.result.json are about one submission, and neither follows "
        "the other: which one counts cannot be said"
    )


def test_a_missing_or_changed_result_is_told_by_what_follows_it() -> None:
    appeals = appeals_named(decided=DISMISSED)
    for results in (named(last=CONFIRMED), named(last=CONFIRMED, first=changed(FAIL))):
        lineage = trace(results, appeals)
        gaps = [gap for line in lineage.lines for gap in line.gaps]
        short = FAIL.digest[:12]
        expected = f"last.result.json follows the result {short}, which is missing or was changed"
        assert gaps == [expected]
        # The appeal is against what is missing, and yet no stray: the last result names it.
        assert lineage.strays == ()


def test_an_appeal_belongs_to_its_own_line_alone() -> None:
    """Named by no result yet, it is neither a stray nor another candidate's."""
    other = result(on=date(2026, 7, 11), submission="77")
    lineage = trace(named(first=FAIL, other=other), appeals_named(opened=OPENED))
    assert [[each.path for each in line.appeals] for line in lineage.lines] == [
        ["opened.appeal.json"], [],
    ]  # fmt: skip
    assert lineage.strays == ()


def test_an_appeal_decided_on_the_day_of_the_result_ends_with_the_later_one() -> None:
    """What follows counts, though day and name would put it first."""
    ruling = decided(appeal(FAIL, FAIL.issued), FAIL.issued)
    results = named(z_first=FAIL, a_last=outcome_of(ruling, FAIL))
    (line,) = trace(results, appeals_named(decided=ruling)).lines
    assert [each.path for each in line.results] == ["z_first.result.json", "a_last.result.json"]
    assert (line.gaps, line.faults) == ((), ())


def test_a_line_has_the_digests_of_all_its_files() -> None:
    """Those of the result made for an appeal and of the appeal as opened, too."""
    results = named(first=FAIL, last=PASS, made=ANEW)
    (line,) = trace(results, appeals_named(opened=OPENED, decided=UPHELD)).lines
    assert line.digests == {
        FAIL.digest, PASS.digest, ANEW.digest, OPENED.digest, UPHELD.digest,
    }  # fmt: skip


def test_a_missing_or_changed_appeal_is_told_by_the_result_that_came_of_it() -> None:
    """Changing one word of the grounds is enough."""
    other = DISMISSED.model_copy(update={"grounds": "Something else."})
    for appeals in ((), appeals_named(decided=other)):
        (line,) = trace(named(first=FAIL, last=CONFIRMED), appeals).lines
        assert line.gaps[0] == (
            f"last.result.json came of the appeal {DISMISSED.digest[:12]}, which is missing or was "
            "changed"
        )


def test_a_decision_without_its_result_is_a_gap() -> None:
    (line,) = trace(named(first=FAIL), appeals_named(decided=DISMISSED)).lines
    (fault,) = line.gaps
    assert fault == (
        "decided.appeal.json was decided, and the result that came of it is missing, or one of the "
        "two was changed"
    )


def test_an_appeal_against_a_result_that_is_not_here_strays() -> None:
    lineage = trace(named(other=ANEW), appeals_named(opened=OPENED))
    (fault,) = lineage.faults_of_strays
    assert fault == (
        f"opened.appeal.json is against the result {FAIL.digest[:12]}, which is missing or was "
        "changed"
    )


def test_two_appeals_against_one_result_are_a_fault() -> None:
    """An opened appeal that is not the one that was decided: a word of it was changed."""
    other = OPENED.model_copy(update={"grounds": "Something else."})
    (line,) = trace(named(r=FAIL, s=CONFIRMED), appeals_named(a=other, b=DISMISSED)).lines
    (fault,) = line.faults
    assert fault == (
        "a.appeal.json and b.appeal.json are against the same result and differ: one of them was "
        "changed, or does not belong here"
    )


def test_two_results_that_follow_one_are_a_fork() -> None:
    other = decided(OPENED, date(2026, 8, 2))
    results = named(first=FAIL, one=CONFIRMED, two=outcome_of(other, FAIL))
    (line,) = trace(results, appeals_named(a=DISMISSED, b=other)).lines
    (fault,) = line.faults
    assert fault == (
        "one.result.json and two.result.json follow the same result: which one counts cannot be "
        "said"
    )


def test_a_confirmation_that_says_something_else_is_a_fault() -> None:
    odd = CONFIRMED.model_copy(update={"result": "pass"})
    (line,) = trace(named(first=FAIL, odd=odd), appeals_named(decided=DISMISSED)).lines
    assert line.faults == ("odd.result.json confirms first.result.json, and says something else",)


def test_each_contradiction_between_result_and_appeal_is_a_fault() -> None:
    """Another outcome, another day, an open appeal, an appeal against something else."""
    another = decided(appeal(ANEW, date(2026, 8, 1)), date(2026, 8, 1))
    cases: tuple[tuple[Appeal, IssuedResult, str], ...] = (
        (
            DISMISSED, CONFIRMED.model_copy(update={"issued": date(2026, 8, 3)}),
            "last.result.json tells another decision, or another day of it, than a.appeal.json",
        ),
        (OPENED, _naming(OPENED), "last.result.json came of a.appeal.json, which is not decided"),
        (
            another, _naming(another),
            "last.result.json came of a.appeal.json, which is against another result",
        ),
    )  # fmt: skip
    for ruling, last, fault in cases:
        (line,) = trace(named(first=FAIL, last=last), appeals_named(a=ruling)).lines
        assert line.faults == (fault,)


def _naming(ruling: Appeal) -> IssuedResult:
    assert CONFIRMED.follows is not None
    follows = CONFIRMED.follows.model_copy(update={"appeal": ruling.digest})
    return CONFIRMED.model_copy(update={"follows": follows})


def test_an_appeal_has_to_lie_between_the_result_and_the_last_day() -> None:
    """The last day itself is in time."""
    faults = {
        day: trace(named(r=FAIL), appeals_named(a=appeal(FAIL, day))).lines[0].faults
        for day in (date(2026, 7, 9), date(2026, 7, 10), date(2026, 8, 7), date(2026, 8, 8))
    }
    assert list(faults.values()) == [
        ("a.appeal.json was opened before r.result.json was issued",),
        (),
        (),
        ("a.appeal.json was opened on 2026-08-08; the last day was 2026-08-07",),
    ]


def test_an_appeal_against_a_final_result_or_by_another_name_is_a_fault() -> None:
    final = result()
    (line,) = trace(named(r=final), appeals_named(a=appeal(final, final.issued))).lines
    (fault,) = line.faults
    assert fault == "a.appeal.json is against r.result.json, which could not be appealed against"
    other = OPENED.model_copy(update={"candidate": "Ana Ruiz"})
    (line,) = trace(named(r=FAIL), appeals_named(a=other)).lines
    assert line.faults == ("a.appeal.json names another candidate than r.result.json",)


def test_a_result_dated_before_the_one_it_follows_is_a_fault() -> None:
    early = decided(OPENED, date(2026, 7, 1))
    (line,) = trace(named(r=FAIL, s=outcome_of(early, FAIL)), appeals_named(a=early)).lines
    assert line.faults == ("s.result.json is dated before r.result.json, which it follows",)


def test_a_result_cannot_follow_one_about_another_submission() -> None:
    stranger = outcome_of(DISMISSED, FAIL, result(submission="77", mark=0))
    lineage = trace(named(first=FAIL, last=stranger), appeals_named(decided=DISMISSED))
    assert [line.faults for line in lineage.lines] == [
        (),
        (
            "last.result.json follows first.result.json, which is about another submission",
            "last.result.json confirms first.result.json, and says something else",
        ),
    ]


def test_copies_of_a_result_are_one_result() -> None:
    lineage = trace(named(b=FAIL, a=FAIL))
    assert [[each.path for each in line.results] for line in lineage.lines] == [["a.result.json"]]


def test_substance_is_all_but_days_and_links() -> None:
    assert same_substance(PASS, ANEW)
    assert not same_substance(PASS, FAIL)


def test_of_each_line_the_newest_result_is_taken() -> None:
    other = result(submission="77")
    lines = trace(named(first=FAIL, last=PASS, other=other)).lines
    assert {line.newest.path for line in lines} == {"last.result.json", "other.result.json"}


def test_a_later_result_that_is_not_signed_puts_the_older_one_in_doubt() -> None:
    """Whoever took its signature away would choose which result counts."""
    appeals = appeals_named(opened=OPENED, decided=DISMISSED)
    (line,) = trace(named(first=FAIL), appeals, Unsigned(named(last=CONFIRMED))).lines
    assert [each.path for each in line.results] == ["first.result.json"]
    (doubt,) = line.doubts
    assert doubt == (
        "last.result.json is about the same submission as first.result.json, and is not signed as "
        "it has to be: which one counts cannot be said"
    )
    assert line.faults == line.doubts
    assert line.gaps == ()  # The decision's result is not missing: it was told of above.


def test_what_a_signed_result_follows_needs_no_signature_of_its_own() -> None:
    """Its digest stands in what is signed, however far back."""
    again = decided(appeal(CONFIRMED, date(2026, 8, 3)), date(2026, 8, 5))
    last = outcome_of(again, CONFIRMED)
    unsigned = Unsigned(named(first=FAIL, second=CONFIRMED), appeals_named(decided=DISMISSED))
    (line,) = trace(named(last=last), appeals_named(again=again), unsigned).lines
    assert (line.doubts, line.faults) == ((), ())
    (gap,) = line.gaps
    assert gap == (
        f"last.result.json follows the result {CONFIRMED.digest[:12]}; second.result.json is not "
        "signed as it has to be"
    )


def test_neither_a_copy_nor_what_was_taken_up_nor_anothers_puts_a_line_in_doubt() -> None:
    """An unsigned copy, the result that an upheld appeal took up, and another submission's."""
    others = named(copy=PASS, anew=ANEW, other=result(submission="77"))
    (line,) = trace(named(first=FAIL, last=PASS), appeals_named(a=UPHELD), Unsigned(others)).lines
    assert (line.doubts, line.faults, line.gaps) == ((), (), ())


def test_an_appeal_against_a_result_that_is_not_signed_strays_for_that() -> None:
    lineage = trace((), appeals_named(opened=OPENED), Unsigned(named(first=FAIL)))
    assert lineage.lines == ()
    (fault,) = lineage.faults_of_strays
    assert fault == (
        f"opened.appeal.json is against the result {FAIL.digest[:12]}; first.result.json is not "
        "signed as it has to be"
    )


@given(st.integers(1, 5), st.integers(0, 2**32))
def test_the_order_of_files_makes_no_difference(appeals: int, seed: int) -> None:
    """A line of dismissed appeals, each against the result before, is found in any order."""
    records = [FAIL]
    rulings = []
    for number in range(appeals):
        day = date(2026, 7, 11) + timedelta(days=number)
        ruling = decided(appeal(records[-1], day, f"Ground {number}."), day)
        again = {"appeal_until": date(2026, 12, 31)}
        records.append(outcome_of(ruling, records[-1]).model_copy(update=again))
        rulings.append(ruling)
    results = list(named(**{f"r{9 - n}": each for n, each in enumerate(records)}))
    files = list(appeals_named(**{f"a{n}": each for n, each in enumerate(rulings)}))
    expected = trace(results, files)
    _shuffle(results, files, seed)
    assert trace(results, files) == expected
    assert [each.record for each in expected.lines[0].results] == records
    assert _problems(expected) == []


def _shuffle(results: list[Filed[IssuedResult]], files: list[Filed[Appeal]], seed: int) -> None:
    chance = random.Random(seed)
    chance.shuffle(results)
    chance.shuffle(files)


def _problems(lineage: Lineage) -> list[str]:
    return [each for line in lineage.lines for each in (*line.gaps, *line.faults)]
