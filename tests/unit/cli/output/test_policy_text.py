"""A marking policy is told in plain words."""

from collections.abc import Callable

import pytest
from click.testing import Result

from casebook.cli.output.policy_text import policy_sentences
from casebook.domain.program.marking_policy import MarkingPolicy
from tests.portfolios.panels import rubric


@pytest.mark.parametrize(
    "policy, says",
    [
        ({}, "one grader marks each case study"),
        ({"blind": True}, "one grader marks each case study, and is not told whose it is"),
        ({"graders": 2, "blind": True}, "2 graders mark each case study, and are not told whose"),
        ({"graders": 2}, "graders agree however far they lie apart: their mean counts"),
        ({"draw": {"seed": "s", "second_percent": 10}}, "10 % of submissions get one more"),
        ({"tolerance_percent": 10}, "totals up to 10 points apart agree: their mean counts"),
        ({"tolerance_levels": 1}, "marks up to 1 level apart on a criterion agree"),
        ({"tolerance_levels": 1}, "beyond that a further grader is asked"),
        ({"near_pass_mark_percent": 5}, "within 5 points of the pass mark a further grader"),
        ({"near_pass_mark_sems": 2}, "r: within 6 points of the pass mark (2 × the standard"),
        ({"must_pass_agreement": False}, "a must-pass failure needs one grader to see it"),
        ({"with_further_grader": "median"}, "the median of all marks on each criterion counts"),
        ({"graders": 4}, "at most 4 graders mark one piece of work"),
        ({"appeal_days": 30}, "an appeal can be made within 30 days of the result"),
    ],
)
def test_each_rule_has_its_clause(policy: dict[str, object], says: str) -> None:
    """For a rubric of case studies whose standard error is 3 points."""
    told = list(policy_sentences(MarkingPolicy.model_validate(policy), [rubric(1, sem_percent=3)]))
    assert any(says in each for each in told), told


def test_an_unknown_standard_error_is_told() -> None:
    """By points where the policy has them, else not at all."""
    policy = {"near_pass_mark_sems": 1.0}
    told = list(policy_sentences(MarkingPolicy.model_validate(policy), [rubric(1)]))
    assert any("is not known, so no total counts as near" in each for each in told)
    policy["near_pass_mark_percent"] = 5
    told = list(policy_sentences(MarkingPolicy.model_validate(policy), [rubric(1)]))
    assert "r: within 5 points of the pass mark a further grader is asked" in told


def test_program_show_tells_it(run: Callable[..., Result]) -> None:
    """The shipped program's note as data."""
    shown = run("program", "show", "nkt").stdout
    assert "  - within 5 points of the pass mark a further grader is asked" in shown
    assert "  - the examiner marks each observed session" in shown
