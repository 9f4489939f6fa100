"""What a subject gives: figures beside their references, and a line for what could not be had."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.measuring import Measured

Bound = Literal["at most", "at least"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure's ratio is to be."""

    bound: Bound
    ratio: float

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio keeps to it."""
        return ratio <= self.ratio if self.bound == "at most" else ratio >= self.ratio

    def __str__(self) -> str:
        return f"{self.bound} {self.ratio:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        subject: What it belongs to, such as "render".
        name: What was done.
        value: How much, in its unit.
        unit: Such as "s" or "files/s".
        ratio: By the clock, to its reference within the same rounds; None for the reference.
        cpu_ratio: The same by what was computed; None where that says nothing.
        reference: The name of what it stands beside; empty for the reference.
        target: What the ratio is to be, where something was promised.
        note: What else there is to know, in a few words.
    """

    subject: str
    name: str
    value: float
    unit: str
    ratio: float | None = None
    cpu_ratio: float | None = None
    reference: str = ""
    target: Target | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not measured, and why."""

    subject: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Setting:
    """How to measure.

    Attributes:
        scratch: An empty folder for one's own.
        rounds: How many times each piece of work is done.
        quick: Whether a rough figure will do.
    """

    scratch: Path
    rounds: int
    quick: bool


Subject = Callable[[Setting], Iterator[Figure | Skipped]]


def rate(  # noqa: PLR0913 - each a column of the table
    subject: str,
    name: str,
    measured: Measured,
    reference: Measured | None = None,
    beside: str = "",
    *,
    unit: str = "/s",
    amount: float = 1,
    target: Target | None = None,
    note: str = "",
) -> Figure:
    """So much of something a second, and how many times the rate of the reference that is.

    Args:
        subject: The subject's name.
        name: What was done.
        measured: What it took.
        reference: What something else took for the same amount, in the same rounds.
        beside: The reference's name.
        unit: Of the rate.
        amount: How much was done each time.
        target: What the ratio is to be.
        note: As in ``Figure``.
    """
    return Figure(
        subject,
        name,
        amount / measured.middle_wall_s,
        unit,
        reference.wall_ratio(measured) if reference else None,
        reference.cpu_ratio(measured) if reference else None,
        beside,
        target,
        note,
    )


def duration(  # noqa: PLR0913 - each a column of the table
    subject: str,
    name: str,
    measured: Measured,
    reference: Measured | None = None,
    beside: str = "",
    *,
    target: Target | None = None,
    note: str = "",
) -> Figure:
    """Seconds, and how many times those of the reference they are; arguments as ``rate``."""
    return Figure(
        subject,
        name,
        measured.middle_wall_s,
        "s",
        measured.wall_ratio(reference) if reference else None,
        measured.cpu_ratio(reference) if reference else None,
        beside,
        target,
        note,
    )
