"""Angoff and modified Angoff."""

import pytest

from casebook.domain.marking.judgement import Judgement
from casebook.evaluation.standard_setting.angoff import AngoffPanel, judge_standard
from casebook.evaluation.standard_setting.estimate import Refusal


def estimates(number: int, by_judge: dict[str, tuple[float, float]]) -> list[Judgement]:
    """Two items that are got or not, so that estimates are shares."""
    return [
        Judgement(number, judge, item, expected, 1, 1)
        for judge, both in by_judge.items()
        for item, expected in zip(("posture", "gait"), both, strict=True)
    ]


FIRST = estimates(1, {"A": (0.6, 0.8), "B": (0.5, 0.7), "C": (0.1, 0.9)})
SECOND = estimates(2, {"A": (0.6, 0.6), "B": (0.5, 0.7), "C": (0.3, 0.9)})

FEW = "3 judges; 10 or more are advised"
DISCUSSED = (
    "after a discussion the judges are no longer independent: the standard error of the last round "
    "says how far they agree, not how far another panel would"
)
NOT_ALL = "not all judges took part in both rounds; the change is of those who did"


def panel(judgements: list[Judgement]) -> AngoffPanel:
    found = judge_standard(judgements)
    assert isinstance(found, AngoffPanel), found
    return found


def refused(judgements: list[Judgement]) -> str:
    found = judge_standard(judgements)
    assert isinstance(found, Refusal)
    return found.why


def test_the_cut_is_the_mean_of_the_judges_sums_by_hand() -> None:
    # A: (0.6 + 0.8) / 2 = 70 %, B 60 %, C 50 %: mean 60, SD 10, SE 10 / sqrt(3).
    (first,) = panel(FIRST).rounds
    assert [(each.judge, round(each.percent, 9)) for each in first.judges] == [
        ("A", 70), ("B", 60), ("C", 50),
    ]  # fmt: skip
    assert (first.cut.value, first.sd) == pytest.approx((60, 10))
    assert first.cut.standard_error == pytest.approx(5.773503)
    assert first.cut.degrees == 2


def test_the_greatest_disagreement_comes_first() -> None:
    # posture 60 50 10: mean 40, SD sqrt(700) = 26.46; gait 80 70 90: mean 80, SD 10.
    posture, gait = panel(FIRST).final.items
    assert (posture.item, posture.low, posture.high) == ("posture", 10, 60)
    assert (posture.mean, posture.sd) == pytest.approx((40, 700**0.5))
    assert gait.item == "gait"
    assert (gait.mean, gait.sd) == pytest.approx((80, 10))


def test_items_count_by_weight_and_top() -> None:
    # 1.5 of 3 with weight 2, and 2 of 2 with weight 1: (2 * 0.5 + 1 * 1) / 3 = 66.67 %.
    own = [("x", 1.5, 3, 2), ("y", 2, 2, 1)]
    given = [Judgement(1, judge, *each) for judge in "ABC" for each in own]
    found = panel(given).final
    assert found.cut.value == pytest.approx(200 / 3)
    assert (found.sd, found.cut.standard_error) == pytest.approx((0, 0))


def test_with_tops_as_weights_the_cut_is_the_sum_of_expected_points() -> None:
    # 1 of 4 and 3 of 6: 4 of 10 points.
    own = [("x", 1, 4, 4), ("y", 3, 6, 6)]
    found = panel([Judgement(1, judge, *each) for judge in "ABC" for each in own])
    assert found.final.cut.value == pytest.approx(40)


def test_after_a_discussion_the_last_round_decides() -> None:
    # Second round 60, 60, 60; changes -10, 0, +10: mean 0, SE 10 / sqrt(3).
    found = panel(FIRST + SECOND)
    assert [each.number for each in found.rounds] == [1, 2]
    assert (found.final.cut.value, found.final.sd) == pytest.approx((60, 0))
    assert found.change is not None
    assert (found.change.value, found.change.standard_error) == pytest.approx((0, 5.773503))
    assert found.cautions == (FEW, DISCUSSED)
    assert panel(FIRST).change is None


def test_of_three_rounds_the_last_two_are_compared() -> None:
    # Third round 80, 60, 70 after 60, 60, 60: changes 20, 0, 10, mean 10.
    third = estimates(3, {"A": (0.8, 0.8), "B": (0.5, 0.7), "C": (0.5, 0.9)})
    found = panel(FIRST + SECOND + third)
    assert found.final.cut.value == pytest.approx(70)
    assert found.change is not None
    assert found.change.value == pytest.approx(10)
    assert found.cautions == (FEW, DISCUSSED)
    later = panel([*FIRST, *SECOND, *third, *estimates(3, {"D": (1, 1)})])
    assert later.cautions == ("4 judges; 10 or more are advised", DISCUSSED, NOT_ALL)
    # The fourth judge came in the second round already: the last two have the same judges.
    more = [*SECOND, *estimates(2, {"D": (1, 1)}), *third, *estimates(3, {"D": (1, 1)})]
    assert panel(FIRST + more).cautions == ("4 judges; 10 or more are advised", DISCUSSED)


def test_the_change_is_of_those_who_judged_twice() -> None:
    third = [*SECOND, *estimates(2, {"D": (1, 1)})]
    found = panel(FIRST + third)
    assert found.final.cut.value == pytest.approx(70)
    assert found.change is not None
    assert found.change.value == pytest.approx(0)
    assert found.cautions == (
        "4 judges; 10 or more are advised",
        DISCUSSED,
        NOT_ALL,
    )


def test_too_few_judges_are_refused() -> None:
    assert refused(FIRST[:4]) == (
        "round 1 has 2 judges; the method takes 3 or more, and 10 or more are advised"
    )
    assert refused(FIRST[:2]).startswith("round 1 has one judge")
    assert refused([]) == "the table holds no estimate"
    others = estimates(2, {"A": (1, 1), "D": (1, 1), "E": (1, 1)})
    assert refused(FIRST + others) == (
        "1 of the judges took part in both rounds; to compare them takes 3 or more"
    )


def test_a_small_panel_is_a_caution() -> None:
    assert panel(FIRST).cautions == (FEW,)
    ten = estimates(1, dict.fromkeys("ABCDEFGHIJ", (0.5, 0.5)))
    assert panel(ten).cautions == ()


def test_rounds_stand_in_order_whatever_the_rows_do() -> None:
    assert panel(SECOND + FIRST).rounds == panel(FIRST + SECOND).rounds
