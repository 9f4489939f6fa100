"""Which marks count: within tolerance, beyond it, and once a further grader has marked."""

import pytest

from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.evaluation.moderation import Panel
from casebook.evaluation.moderation.agreed_marks import AgreedMarks, agree_marks
from tests.portfolios.panels import panel

# Two criteria of four steps and equal weight: a level is worth 100 / 4 / 2 = 12.5 points.


def total(found: AgreedMarks, judged: Panel) -> float:
    assert found.settlement is not None
    return found.settlement.percent(judged)


def rules(found: AgreedMarks) -> list[str]:
    return [each.rule for each in found.ruling.fired]


def test_within_tolerance_the_mean_counts_on_each_criterion() -> None:
    """Totals 62.5 and 75 lie 12.5 apart, which is the limit itself: (2.5 + 3) / 8 = 68.75 %."""
    judged = panel({"a": (2, 3), "b": (3, 3)}, MarkingPolicy(graders=2, tolerance_percent=12.5))
    found = agree_marks(judged)
    assert rules(found) == ["within-tolerance"]
    assert found.settlement is not None
    assert found.settlement.levels == {"c0": 2.5, "c1": 3}
    assert total(found, judged) == 68.75


def test_within_tolerance_higher_takes_the_higher_totals_marks_as_a_whole() -> None:
    """Totals 50 and 62.5: b's marks count, though a's are higher on c1."""
    policy = MarkingPolicy(graders=2, tolerance_percent=15, within_tolerance="higher")
    found = agree_marks(panel({"a": (1, 3), "b": (3, 2)}, policy))
    assert found.settlement is not None
    assert found.settlement.counted == ("b",)
    assert found.settlement.levels == {"c0": 3, "c1": 2}


def test_higher_of_equal_totals_is_their_mean() -> None:
    """Neither of (1, 3) and (3, 1) is higher: both count."""
    policy = MarkingPolicy(graders=2, within_tolerance="higher")
    found = agree_marks(panel({"a": (1, 3), "b": (3, 1)}, policy))
    assert found.settlement is not None
    assert found.settlement.counted == ("a", "b")
    assert found.settlement.levels == {"c0": 2, "c1": 2}


def test_totals_may_agree_while_a_criterion_does_not() -> None:
    """(1, 3) and (3, 1) have one total and lie 2 levels apart on both criteria."""
    policy = MarkingPolicy(graders=2, tolerance_percent=10, tolerance_levels=1)
    found = agree_marks(panel({"a": (1, 3), "b": (3, 1)}, policy))
    assert rules(found) == ["criterion-tolerance", "criterion-tolerance"]
    assert [each.criterion for each in found.ruling.fired] == ["c0", "c1"]
    assert (found.settlement, found.ruling.follow) == (None, "further-grader")


def test_criteria_may_agree_while_the_totals_do_not() -> None:
    """(2, 2) and (3, 3) lie one level apart on each, and 25 points in all."""
    policy = MarkingPolicy(graders=2, tolerance_percent=20, tolerance_levels=1)
    found = agree_marks(panel({"a": (2, 2), "b": (3, 3)}, policy))
    assert rules(found) == ["beyond-tolerance"]
    assert found.ruling.follow == "further-grader"


@pytest.mark.parametrize(
    "way, follow, percent",
    [
        ("discussion", "discussion", None),
        ("further-grader", "further-grader", None),
        # Totals 25 and 75: their mean is 50, the higher 75.
        ("mean", None, 50.0),
        ("higher", None, 75.0),
    ],
)
def test_beyond_tolerance_the_policy_says_what_follows(
    way: str, follow: str | None, percent: float | None
) -> None:
    """Each way of the policy."""
    policy = MarkingPolicy.model_validate(
        {"graders": 2, "tolerance_percent": 20, "beyond_tolerance": way}
    )
    judged = panel({"a": (1, 1), "b": (3, 3)}, policy)
    found = agree_marks(judged)
    assert rules(found) == ["beyond-tolerance"]
    assert found.ruling.follow == follow
    assert (total(found, judged) if found.settlement else None) == percent


@pytest.mark.parametrize(
    "way, percent",
    [
        # Totals 25, 75 and 62.5. The closest two are 75 and 62.5: 68.75.
        ("closest-two", 68.75),
        # Levels (1,1), (3,3), (2,3): the medians are 2 and 3, 5 / 8 = 62.5 %.
        ("median", 62.5),
        # (25 + 75 + 62.5) / 3 = 54.1666…
        ("mean", 162.5 / 3),
        ("further-grader", 62.5),
    ],
)
def test_after_a_further_grader_the_policy_says_what_counts(way: str, percent: float) -> None:
    """Each way of the policy, for two who lay 50 points apart and a third."""
    policy = MarkingPolicy.model_validate(
        {"graders": 2, "tolerance_percent": 20, "with_further_grader": way}
    )
    judged = panel({"a": (1, 1), "b": (3, 3), "c": (2, 3)}, policy, latest="c")
    found = agree_marks(judged)
    assert rules(found) == ["further-grader"]
    assert total(found, judged) == pytest.approx(percent)


def test_the_closest_two_are_those_who_agree_by_every_limit() -> None:
    """A and b have one total and lie two levels apart; b and c agree, 12.5 points apart."""
    policy = MarkingPolicy(graders=2, tolerance_percent=20, tolerance_levels=1)
    found = agree_marks(panel({"a": (1, 3), "b": (3, 1), "c": (3, 2)}, policy))
    assert found.settlement is not None
    assert found.settlement.counted == ("b", "c")


def test_two_pairs_that_lie_equally_close_all_count() -> None:
    """Totals 25, 50 and 75: the middle one is as near to either, so the mean is 50."""
    policy = MarkingPolicy(graders=2, tolerance_percent=25)
    judged = panel({"a": (1, 1), "b": (2, 2), "c": (3, 3)}, policy)
    found = agree_marks(judged)
    assert found.settlement is not None
    assert found.settlement.counted == ("a", "b", "c")
    assert total(found, judged) == 50


@pytest.mark.parametrize(
    "beyond, follow", [("further-grader", "further-grader"), ("discussion", "discussion")]
)
def test_three_of_whom_no_two_agree_settle_nothing(beyond: str, follow: str) -> None:
    """Totals 0, 50 and 100 with a limit of 20."""
    policy = MarkingPolicy.model_validate(
        {"graders": 2, "tolerance_percent": 20, "beyond_tolerance": beyond}
    )
    found = agree_marks(panel({"a": (0, 0), "b": (2, 2), "c": (4, 4)}, policy))
    assert (found.settlement, found.ruling.follow) == (None, follow)


def test_where_any_difference_is_settled_by_itself_the_closest_two_need_not_agree() -> None:
    """With `beyond_tolerance: mean` totals of 0, 50 and 75 give (50 + 75) / 2."""
    policy = MarkingPolicy(graders=2, tolerance_percent=20, beyond_tolerance="mean")
    judged = panel({"a": (0, 0), "b": (2, 2), "c": (3, 3)}, policy)
    assert total(agree_marks(judged), judged) == 62.5


def test_one_asked_and_one_further_grader_are_held_to_the_limits_of_agreement() -> None:
    """Nobody lies between two: within the limit their mean counts, beyond it a third is asked."""
    policy = MarkingPolicy(graders=1, tolerance_percent=20)
    near = panel({"a": (2, 2), "b": (2, 3)}, policy)
    assert total(agree_marks(near), near) == 56.25
    assert rules(agree_marks(near)) == ["further-grader"]
    far = agree_marks(panel({"a": (1, 1), "b": (3, 3)}, policy))
    assert (far.settlement, far.ruling.follow) == (None, "further-grader")


def test_nobodys_marks_count_alone_while_it_is_not_known_who_marked_last() -> None:
    """Two who sealed at one moment cannot be told apart."""
    policy = MarkingPolicy(graders=1, with_further_grader="further-grader")
    found = agree_marks(panel({"a": (1, 1), "b": (3, 3)}, policy, latest=None))
    assert (found.settlement, found.ruling.follow) == (None, "discussion")
    assert found.ruling.fired[0].says == (
        "A further grader has marked the work. It is not known who marked last, so nobody's marks "
        "can count alone."
    )


def test_one_grader_fires_no_rule() -> None:
    """Where one is asked, this grader's marks are the result."""
    judged = panel({"a": (3, 4)})
    found = agree_marks(judged)
    assert not found.ruling.fired
    assert total(found, judged) == 87.5


@pytest.mark.parametrize(
    "policy, marks, says",
    [
        (
            {"tolerance_percent": 15},
            {"a": (2, 3), "b": (3, 3)},
            (
                "The graders' totals lie 12.5 percentage points apart; the limit of agreement "
                "is 15. The mean of the marks counts."
            ),
        ),
        (
            {"tolerance_percent": 0},
            {"a": (2, 3), "b": (3, 2)},
            (
                "The graders' totals lie 0 percentage points apart; the limit of agreement is 0. "
                "The mean of the marks counts."
            ),
        ),
        (
            {"tolerance_percent": 0, "beyond_tolerance": "mean"},
            {"a": (2, 2), "b": (2, 3)},
            (
                "The graders' totals lie 12.5 percentage points apart; the limit of agreement "
                "is 0. The mean of the marks counts."
            ),
        ),
        (
            {"tolerance_levels": 0, "beyond_tolerance": "mean"},
            {"a": (2, 2), "b": (2, 3)},
            (
                "On 'C1' the graders lie 1 level apart; the limit of agreement is 0. "
                "The mean of the marks counts."
            ),
        ),
        (
            {"graders": 1},
            {"a": (2, 2), "b": (2, 3)},
            "A further grader has marked the work. The mean of the marks counts.",
        ),
        (
            {"within_tolerance": "higher"},
            {"a": (2, 3), "b": (3, 3)},
            (
                "The graders' totals lie 12.5 percentage points apart. "
                "The marks with the highest total count."
            ),
        ),
        (
            {"tolerance_percent": 5, "beyond_tolerance": "mean"},
            {"a": (2, 3), "b": (3, 3)},
            (
                "The graders' totals lie 12.5 percentage points apart; the limit of agreement "
                "is 5. The mean of the marks counts."
            ),
        ),
        (
            {"tolerance_levels": 1, "beyond_tolerance": "higher"},
            {"a": (1, 3), "b": (3, 3)},
            (
                "On 'C0' the graders lie 2 levels apart; the limit of agreement is 1. "
                "The marks with the highest total count."
            ),
        ),
        (
            {},
            {"a": (0, 0), "b": (3, 3), "c": (3, 4)},
            (
                "A further grader has marked the work. The two totals that lie closest together, "
                "12.5 percentage points apart, count: their mean."
            ),
        ),
        (
            {},
            {"a": (1, 1), "b": (2, 2), "c": (3, 3)},
            (
                "A further grader has marked the work. Several pairs of totals lie equally close "
                "together, 25 percentage points apart: the mean of them all counts."
            ),
        ),
        (
            {"with_further_grader": "median"},
            {"a": (1, 1), "b": (2, 2), "c": (3, 3), "d": (3, 3)},
            (
                "2 further graders have marked the work. "
                "On each criterion the median of all marks counts."
            ),
        ),
        (
            {"with_further_grader": "mean"},
            {"a": (1, 1), "b": (2, 2), "c": (3, 3)},
            "A further grader has marked the work. The mean of all marks counts.",
        ),
        (
            {"graders": 1, "with_further_grader": "further-grader"},
            {"a": (1, 1), "b": (3, 3)},
            "A further grader has marked the work. The further grader's marks alone count.",
        ),
    ],
)
def test_each_rule_says_what_was_found_and_what_counts(
    policy: dict[str, object], marks: dict[str, tuple[int, int]], says: str
) -> None:
    """The sentence that the candidate reads."""
    rules_given = MarkingPolicy.model_validate({"graders": 2, **policy})
    (fired,) = agree_marks(panel(marks, rules_given, latest="b")).ruling.fired
    assert fired.says == says


def test_two_who_do_not_agree_are_no_closest_pair() -> None:
    """Totals 0, 50 and 62.5 with a limit of 10: the pair 12.5 apart does not agree either."""
    policy = MarkingPolicy(graders=2, tolerance_percent=10)
    (fired,) = agree_marks(panel({"a": (0, 0), "b": (2, 2), "c": (2, 3)}, policy)).ruling.fired
    assert fired.says.endswith("No two graders' marks lie within the limits of agreement.")
