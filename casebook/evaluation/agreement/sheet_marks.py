"""What agreement is told of a mark sheet, and of the scales it was marked on."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion's scale.

    Attributes:
        criterion: The criterion's id.
        title: What it is called.
        weight: How much it counts in the total.
        top: The points of its highest level.
    """

    criterion: str
    title: str
    weight: float
    top: float


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """One grader's marks of one work.

    Attributes:
        submission: What the work was handed in with; works of one candidate are one submission.
        work: The work's name inside the submission.
        grader: Who marked it.
        levels: The level of each marked criterion, by its id.
        passed: Whether these marks pass the work; None where they have no result.
    """

    submission: str
    work: str
    grader: str
    levels: Mapping[str, int]
    passed: bool | None = None
