"""What judges expect of a candidate who is just good enough, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casebook.diagnostics.place import Place


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One row of a judges' table as it is written.

    Attributes:
        round: Counted from 1; a later one follows a discussion.
        judge: The judge's name or sign.
        item: The id of a criterion, or what else is judged.
        expected: The points that a just acceptable candidate would get on average, from 0.
        top: The item's highest points, above 0; None where the table does not say.
        places: Where each cell stands, by its column.
    """

    round: int
    judge: str
    item: str
    expected: float
    top: float | None
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judge's estimate for one item in one round, with what the item is worth.

    Attributes:
        round: As in the table.
        judge: As in the table.
        item: As in the table.
        expected: As in the table, in points of the item's own scale.
        top: The item's highest points, above 0.
        weight: How much the item counts beside the others, above 0.
    """

    round: int
    judge: str
    item: str
    expected: float
    top: float
    weight: float

    @property
    def share(self) -> float:
        """The expected points as a share of the top, 0 to 1."""
        return self.expected / self.top
