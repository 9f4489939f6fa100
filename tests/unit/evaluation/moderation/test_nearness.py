"""Near the pass mark, on either side, a further grader is asked."""

import pytest

from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.evaluation.moderation.nearness import judge_nearness
from tests.portfolios.panels import panel, rubric


@pytest.mark.parametrize(
    "policy, sem, percent, asked",
    [
        # 2 standard errors of 3 points are 6 points around 50.
        ({"near_pass_mark_sems": 2}, 3.0, 44.0, True),
        ({"near_pass_mark_sems": 2}, 3.0, 56.0, True),
        ({"near_pass_mark_sems": 2}, 3.0, 56.1, False),
        # An unknown standard error leaves nothing to reckon with.
        ({"near_pass_mark_sems": 2}, None, 50.0, False),
        # Points stand in for it, and do not count where it is known.
        ({"near_pass_mark_sems": 1, "near_pass_mark_percent": 5}, None, 45.0, True),
        ({"near_pass_mark_sems": 1, "near_pass_mark_percent": 5}, 3.0, 45.0, False),
        ({"near_pass_mark_percent": 5}, 3.0, 45.0, True),
        ({}, 3.0, 50.0, False),
    ],
)
def test_how_near_is_too_near(
    policy: dict[str, float], sem: float | None, percent: float, asked: bool
) -> None:
    """Standard errors go before points; the bound itself is near."""
    judged = panel({"a": (2,)}, MarkingPolicy.model_validate(policy), rubric(1, sem_percent=sem))
    found = judge_nearness(judged, percent)
    assert (found.follow == "further-grader") is asked
    assert [each.rule for each in found.fired] == (["near-pass-mark"] if asked else [])


@pytest.mark.parametrize(
    "graders, most, marked, says",
    [
        (1, 3, 2, "A further grader has marked the work, so this stands."),
        (2, 2, 2, "As many graders as may be asked have marked the work, so this stands."),
    ],
)
def test_it_stands_once_no_further_grader_can_help(
    graders: int, most: int, marked: int, says: str
) -> None:
    """After a further grader, and where nobody else may be asked, the rule is told and ends."""
    policy = MarkingPolicy(graders=graders, most_graders=most, near_pass_mark_percent=5)
    marks = {f"g{number}": (2,) for number in range(marked)}
    found = judge_nearness(panel(marks, policy), 50)
    assert found.follow is None
    assert found.fired[0].says == (
        f"The total of 50.0 % lies within 5 percentage points of the pass mark of 50 %. {says}"
    )


@pytest.mark.parametrize(
    "policy, says",
    [
        (
            {"near_pass_mark_percent": 5},
            "The total of 52.5 % lies within 5 percentage points of the pass mark of 50 %.",
        ),
        (
            {"near_pass_mark_sems": 1.5},
            (
                "The total of 52.5 % lies within 4.5 percentage points of the pass mark of 50 % "
                "(1.5 × the standard error of measurement)."
            ),
        ),
    ],
)
def test_the_sentence_names_the_distance_and_where_it_comes_from(
    policy: dict[str, float], says: str
) -> None:
    """1.5 standard errors of 3 points are 4.5."""
    judged = panel({"a": (2,)}, MarkingPolicy.model_validate(policy), rubric(1, sem_percent=3))
    (fired,) = judge_nearness(judged, 52.5).fired
    assert fired.says == says
