"""What a proposed pass mark would do to works that are marked already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from casebook.domain.outcome.percentages import reaches

_PLACES: Final = 1
"""Decimals of a proposal: more would be lost in its standard error."""


@dataclass(frozen=True, slots=True)
class MarkedWork:
    """The total of one mark sheet.

    Attributes:
        percent: 0 to 100.
        safe: Whether every must-pass criterion is passed; without that no total is enough.
    """

    percent: float
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Consequence:
    """How many works pass and fail at a pass mark."""

    pass_percent: float
    passing: int
    failing: int


def proposed_percent(cut: float) -> float:
    """A cut as it would be written into a rubric: to one decimal."""
    return round(cut, _PLACES)


def consequences(
    works: Sequence[MarkedWork], pass_marks: Iterable[float]
) -> tuple[Consequence, ...]:
    """Count who would pass at each pass mark, must-pass criteria included."""
    return tuple(_consequence(works, pass_mark) for pass_mark in pass_marks)


def _consequence(works: Sequence[MarkedWork], pass_mark: float) -> Consequence:
    passing = sum(work.safe and reaches(work.percent, pass_mark) for work in works)
    return Consequence(pass_mark, passing, len(works) - passing)
