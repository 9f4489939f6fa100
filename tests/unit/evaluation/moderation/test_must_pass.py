"""A must-pass failure needs agreement, where the policy says so."""

import pytest

from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.evaluation.moderation.must_pass import judge_must_pass
from tests.portfolios.panels import panel, rubric

SAFE = rubric(1, must_pass={0: 2})


@pytest.mark.parametrize(
    "levels, reached, rule, follow",
    [
        ((1,), False, "must-pass-agreed", None),
        ((2,), True, None, None),
        ((1, 0), False, "must-pass-agreed", None),
        ((1, 2), None, "must-pass-dispute", "further-grader"),
        ((1, 2, 3), True, "must-pass-agreed", None),
        ((1, 0, 3), False, "must-pass-agreed", None),
        ((1, 0, 3, 3), None, "must-pass-dispute", "further-grader"),
        ((1, 0, 3, 3, 1), False, "must-pass-agreed", None),
    ],
)
def test_all_agree_or_more_than_half(
    levels: tuple[int, ...], reached: bool | None, rule: str | None, follow: str | None
) -> None:
    """One of two is a dispute; of three two decide, and two of four do not."""
    marks = {f"g{number}": (level,) for number, level in enumerate(levels)}
    found = judge_must_pass(panel(marks, MarkingPolicy(graders=2), SAFE))
    assert found.reached == {"c0": reached}
    assert [each.rule for each in found.ruling.fired] == ([rule] if rule else [])
    assert found.ruling.follow == follow
    assert found.failed == (("c0",) if reached is False else ())


def test_without_agreement_asked_for_one_is_enough() -> None:
    """One of three sees it failed, and it is failed."""
    policy = MarkingPolicy(graders=3, must_pass_agreement=False)
    found = judge_must_pass(panel({"a": (1,), "b": (4,), "c": (4,)}, policy, SAFE))
    assert (found.reached, found.ruling.follow) == ({"c0": False}, None)
    assert found.ruling.fired[0].says == (
        "1 of 3 graders found the must-pass criterion 'C0' failed, and one is enough."
    )


def test_criteria_without_a_bar_are_none_of_its_business() -> None:
    """No must-pass criterion, no ruling."""
    found = judge_must_pass(panel({"a": (0, 0), "b": (4, 4)}))
    assert (found.reached, found.ruling.fired, found.ruling.follow) == ({}, (), None)


@pytest.mark.parametrize(
    "levels, says",
    [
        ((1,), "The grader found the must-pass criterion 'C0' failed."),
        ((1, 0), "All graders found the must-pass criterion 'C0' failed."),
        (
            (1, 2),
            "1 of 2 graders found the must-pass criterion 'C0' failed, and that needs agreement.",
        ),
        (
            (1, 2, 3),
            (
                "1 of 3 graders found the must-pass criterion 'C0' failed. Most did not, so it is "
                "passed."
            ),
        ),
        (
            (1, 0, 3),
            "2 of 3 graders found the must-pass criterion 'C0' failed. Most did, so it is failed.",
        ),
    ],
)
def test_the_sentence_says_how_many_saw_what(levels: tuple[int, ...], says: str) -> None:
    """What the candidate reads."""
    marks = {f"g{number}": (level,) for number, level in enumerate(levels)}
    (fired,) = judge_must_pass(panel(marks, MarkingPolicy(graders=2), SAFE)).ruling.fired
    assert (fired.says, fired.criterion) == (says, "c0")
