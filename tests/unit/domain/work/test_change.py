"""A change is held against the error of measurement, then against what matters."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.work.change import Better, Change, ChangeKind, change_in, judge_change
from casebook.domain.work.measures import (
    ROM_ERROR,
    ImportantChange,
    MeasurementError,
    measures_by_id,
)

NPRS = measures_by_id()["nprs"]
SMALL, LARGE = NPRS.important  # 1.5 and 3.5


def error(amount: float, up_to: float | None = None) -> MeasurementError:
    return MeasurementError(amount=amount, up_to=up_to, population="adults", source="A 2020")


@dataclass(frozen=True)
class Case:
    first: float
    last: float
    kind: ChangeKind
    named: ImportantChange | None = None


@pytest.mark.parametrize(
    "case",
    [
        Case(7, 7, ChangeKind.NONE),
        Case(7, 6, ChangeKind.BELOW_IMPORTANT, SMALL),  # 1 better, below 1.5
        Case(7, 5.5, ChangeKind.IMPORTANT, SMALL),  # 1.5 better, as much as the small one
        Case(7, 4, ChangeKind.IMPORTANT, SMALL),  # 3 better: beyond 1.5, short of 3.5
        Case(7, 3.5, ChangeKind.IMPORTANT, LARGE),  # 3.5 better
        Case(7, 1, ChangeKind.IMPORTANT, LARGE),  # 6 better
        Case(3, 7, ChangeKind.UNJUDGED),  # 4 worse: the figures are for improvements
    ],
    ids=lambda case: f"{case.first} to {case.last}",
)
def test_the_largest_important_change_that_was_reached_or_the_smallest_that_was_not(
    case: Case,
) -> None:
    """Pain by NPRS, where lower is better, 1.5 is a small change and 3.5 a large one."""
    found = change_in(NPRS, case.first, case.last)
    assert (found.kind, found.important) == (case.kind, case.named)


@pytest.mark.parametrize(
    "last, kind",
    [
        (153, ChangeKind.WITHIN_ERROR),  # 5 degrees
        (167.9, ChangeKind.WITHIN_ERROR),  # 19.9
        (128.1, ChangeKind.WITHIN_ERROR),  # 19.9 the other way
        (168, ChangeKind.NEAR_ERROR),  # 20: from here to 25 they cannot be told apart
        (173, ChangeKind.NEAR_ERROR),  # 25
        (173.1, ChangeKind.BEYOND_ERROR),  # 25.1
        (122, ChangeKind.BEYOND_ERROR),  # 26 less
        (148, ChangeKind.NONE),
    ],
)
def test_five_degrees_are_no_evidence_where_the_error_is_twenty(
    last: float, kind: ChangeKind
) -> None:
    """From 148 degrees, with the error of 20 to 25 degrees (PMC434511)."""
    found = judge_change(148, last, error=ROM_ERROR)
    assert found.kind is kind
    assert found.important is None


def test_an_important_change_inside_the_error_is_none() -> None:
    """2 better is more than the small important change, and less than an error of 2.5."""
    inside = judge_change(7, 5, better="lower", error=error(2.5), important=NPRS.important)
    assert (inside.kind, inside.important) == (ChangeKind.WITHIN_ERROR, None)
    outside = judge_change(7, 5, better="lower", error=error(2), important=NPRS.important)
    assert (outside.kind, outside.important) == (ChangeKind.IMPORTANT, SMALL)


def test_without_any_figure_there_is_no_verdict() -> None:
    assert judge_change(3, 5).kind is ChangeKind.UNJUDGED


def test_a_change_for_the_worse_can_still_be_more_than_the_error() -> None:
    found = judge_change(3, 6, better="lower", error=error(2), important=NPRS.important)
    assert (found.kind, found.direction) == (ChangeKind.BEYOND_ERROR, "worse")  # 3 worse


@pytest.mark.parametrize(
    "first, last, better, direction",
    [
        (7, 3, "lower", "better"), (3, 7, "lower", "worse"), (3, 7, "higher", "better"),
        (7, 3, "higher", "worse"), (3, 7, None, "more"), (7, 3, None, "less"),
    ],
)  # fmt: skip
def test_the_direction_is_told_in_the_measures_own_terms(
    first: float, last: float, better: Better | None, direction: str
) -> None:
    found = judge_change(first, last, better=better)
    assert (found.amount, found.direction) == (4, direction)


def test_a_change_is_not_missed_by_a_binary_digit() -> None:
    """6.6 - 5.1 is 1.4999999999999996 in binary, and 170.1 - 150.1 is 19.999999999999986."""
    assert change_in(NPRS, 6.6, 5.1).important == SMALL
    assert judge_change(150.1, 170.1, error=ROM_ERROR).kind is ChangeKind.NEAR_ERROR


@given(
    st.floats(-100, 100), st.floats(-100, 100), st.floats(0.5, 50), st.sampled_from(["lower", None])
)
def test_both_ways_round_a_change_is_within_the_error_or_not(
    first: float, last: float, least: float, better: Better | None
) -> None:
    """The error of measurement has no direction."""
    there: Change = judge_change(first, last, better=better, error=error(least))
    back: Change = judge_change(last, first, better=better, error=error(least))
    assert there.kind is back.kind
    assert there.amount == back.amount
