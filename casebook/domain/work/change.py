"""What a change from a first to a last value is evidence of.

A change smaller than the error of measurement is evidence of nothing, however large the important
change may be. Important changes are judged for improvements alone: that is what their studies
asked about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from casebook.domain.work.measures import ImportantChange, Measure, MeasurementError

Better = Literal["lower", "higher"]
Direction = Literal["better", "worse", "more", "less"]

_DIGITS: Final = 6
"""Why rounded: 7.1 - 4.1 must not miss an important change of 3 by a binary digit."""


class ChangeKind(StrEnum):
    """What can be said of a change."""

    NONE = "no change"
    WITHIN_ERROR = "within error"
    """Smaller than the error of measurement: no evidence of change."""
    NEAR_ERROR = "near error"
    """Inside the span that the error's source gives: change and error cannot be told apart."""
    BEYOND_ERROR = "beyond error"
    """Larger than the error, and nothing says how much would matter."""
    BELOW_IMPORTANT = "below important"
    IMPORTANT = "important"
    """At least one of the important changes."""
    UNJUDGED = "unjudged"
    """No figure to judge it by."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change with its verdict and the figures that the verdict rests on.

    Attributes:
        kind: The verdict.
        amount: How much, without a sign, in the measure's unit.
        direction: better or worse; more or less where neither is better.
        error: The error of measurement it was held against, or None.
        important: The largest important change that was reached, or the smallest that was not;
            None where the verdict names none.
    """

    kind: ChangeKind
    amount: float
    direction: Direction
    error: MeasurementError | None = None
    important: ImportantChange | None = None


def judge_change(
    first: float,
    last: float,
    *,
    better: Better | None = None,
    error: MeasurementError | None = None,
    important: Sequence[ImportantChange] = (),
) -> Change:
    """Hold a change against the error of measurement, then against the important changes.

    Args:
        first: The first value.
        last: The last value, in the same unit.
        better: Which direction is an improvement, or None where neither is.
        error: The measure's error of measurement, where it is known.
        important: The measure's important changes, in any order.
    """
    difference = round(last - first, _DIGITS)
    amount = abs(difference)
    direction = _direction(difference, better)
    if not amount:
        return Change(ChangeKind.NONE, 0.0, direction, error)
    if error is not None:
        if amount < error.amount:
            return Change(ChangeKind.WITHIN_ERROR, amount, direction, error)
        if error.up_to is not None and amount <= error.up_to:
            return Change(ChangeKind.NEAR_ERROR, amount, direction, error)
    if important and direction == "better":
        reached = [each for each in important if each.amount <= amount]
        if reached:
            largest = max(reached, key=lambda each: each.amount)
            return Change(ChangeKind.IMPORTANT, amount, direction, error, largest)
        least = min(important, key=lambda each: each.amount)
        return Change(ChangeKind.BELOW_IMPORTANT, amount, direction, error, least)
    kind = ChangeKind.UNJUDGED if error is None else ChangeKind.BEYOND_ERROR
    return Change(kind, amount, direction, error)


def change_in(measure: Measure, first: float, last: float) -> Change:
    """The change of a measure from ``first`` to ``last``, by the figures it carries."""
    return judge_change(
        first, last, better=measure.better, error=measure.error, important=measure.important
    )


def _direction(difference: float, better: Better | None) -> Direction:
    if better is None:
        return "less" if difference < 0 else "more"
    return "better" if (difference < 0) == (better == "lower") else "worse"
