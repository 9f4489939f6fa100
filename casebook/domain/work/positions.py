"""Where structures lie on the figure of a body, seen from the front or from the back.

Coordinates are the figure's own: it is 300 units high, ``y`` counts down from the crown, and ``x``
counts from the midline towards the body's right. Deep structures stand where they project onto
the skin. Each structure is shown in one of the two views, the one in which it is looked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self, TypeAlias

from casebook.domain.work.anatomy import Structure
from casebook.domain.work.site import Side

View: TypeAlias = Literal["front", "back"]
Unsided: TypeAlias = Literal["both", "middle", "right", "left"]
"""What a structure's name means alone: the pair, the whole across the midline, or one side's."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point of a view, with the half axes of the ellipse that the structure fills around it.

    Attributes:
        x: Positive on the body's right, negative on its left.
        y: Down from the crown.
        rx, ry: Half of the breadth and of the height before turning; 0 for a mere point.
        tilt: Degrees by which the ellipse's top leans to the body's right.
    """

    view: View
    x: float
    y: float
    rx: float = 0.0
    ry: float = 0.0
    tilt: float = 0.0

    def mirrored(self) -> "Place":
        """The same place on the other side."""
        return Place(self.view, -self.x, self.y, self.rx, self.ry, -self.tilt)

    def central(self) -> "Place":
        """The place moved onto the midline, reaching across to both sides."""
        return Place(self.view, 0.0, self.y, self.x + self.rx if self.rx else 0.0, self.ry)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a structure lies: its place on the right, and what its name alone stands for."""

    right: Place
    unsided: Unsided = "both"

    def places(self, side: Side | None) -> tuple[Place, ...]:
        """The places to mark, the body's right first.

        What lies on the midline has one place, whichever side is named, and what lies across it
        has one for both sides.
        """
        right = self.right
        if right.x == 0:
            return (right,)
        match side or self.unsided:
            case "right":
                return (right,)
            case "left":
                return (right.mirrored(),)
            case "midline" if self.unsided != "middle":
                return (Place(right.view, 0.0, right.y),)
            case "both" if self.unsided != "middle":
                return (right, right.mirrored())
            case _:
                return (right.central(),)


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """The positions of known structures, by their names; None for what lies nowhere in particular.

    A "burn scar" or a "flexor muscle" may be anywhere, and is drawn nowhere.
    """

    known: dict[str, Position | None]

    @classmethod
    def of(cls, positions: Iterable[tuple[str, Position | None]]) -> Self:
        """Index positions by the names of their structures.

        Raises:
            ValueError: A name occurs twice.
        """
        known: dict[str, Position | None] = {}
        for name, position in positions:
            if name in known:
                raise ValueError(f"{name} has two positions")
            known[name] = position
        return cls(known)

    def find(self, structure: Structure) -> Position | None:
        """Return where a structure lies; a freely worded scar lies where its like does."""
        if structure.name in self.known:
            return self.known[structure.name]
        return self.known.get(structure.part_of) if structure.part_of else None
