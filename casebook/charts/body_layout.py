"""Where the figures of the body chart stand, and where its labels do, in pixels.

There is a column of labels on either side of each figure. Both views share the room between them:
names may take all of it, numbers stand at its two edges.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casebook.charts.body_outline import HALF_BREADTH, HEIGHT
from casebook.charts.leaders import Pin, Point, column, columns_of, spread
from casebook.charts.svg import Anchor
from casebook.domain.work.positions import Place, View

SCALE = 0.85
TOP_PX = 6.0
_ASIDE_PX = 3.0
_WORDS_ASIDE_PX = 2.5
_APART_PX = 10.0
_NOTE_LINE_PX = 11.5
_NOTE_GAP_PX = 5.0
_LIFT_PX = 6.0
"""From a label's upper edge to the middle of its first line, where its leader ends."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One sign on a figure: which subject it shows, where that lies, and the pixel of the sign."""

    subject: int
    place: Place
    at: Point


@dataclass(frozen=True, slots=True)
class Note:
    """A label that wants a place: its spot and its lines, each with its look."""

    spot: Spot
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A label in its place: the baselines run down from ``y`` on at ``x``."""

    note: Note
    x: float
    y: float
    anchor: Anchor
    leader_end: Point


@dataclass(frozen=True, slots=True)
class BodyLayout:
    """The geometry of a chart.

    Attributes:
        width: The whole chart's, in pixels.
        numbered: Labels are numbers, so that the room between the views holds two columns.
    """

    width: float
    numbered: bool = False

    @property
    def words_px(self) -> float:
        """How wide a label may be."""
        return (self.width - 4 * (HALF_BREADTH * SCALE + _ASIDE_PX)) / 3 - _WORDS_ASIDE_PX

    @property
    def height(self) -> float:
        """How tall a column of labels is."""
        return TOP_PX + HEIGHT * SCALE

    def middle(self, view: View) -> float:
        """The midline of a view."""
        aside = self.words_px + _WORDS_ASIDE_PX + _ASIDE_PX + HALF_BREADTH * SCALE
        return aside if view == "front" else self.width - aside

    def point(self, place: Place) -> Point:
        """The pixel of a place; the front view shows the body's right on the left."""
        x = -place.x if place.view == "front" else place.x
        return self.middle(place.view) + x * SCALE, TOP_PX + place.y * SCALE

    def spots(self, places: Sequence[Sequence[Place]]) -> list[Spot]:
        """The signs of all subjects' places, moved apart where they would cover each other."""
        flat = [(subject, place) for subject, some in enumerate(places) for place in some]
        points = spread([self.point(place) for _subject, place in flat], _APART_PX)
        return [Spot(subject, place, at) for (subject, place), at in zip(flat, points, strict=True)]

    def holds(self, notes: Sequence[Note]) -> bool:
        """Whether all labels find room beside the figures."""
        return columns_of([self._pin(note) for note in notes], self.height) is not None

    def placed(self, notes: Sequence[Note]) -> list[PlacedNote]:
        """The labels in their columns; those that do not fit go on below the figures."""
        pins = [self._pin(note) for note in notes]
        chosen = columns_of(pins, self.height) or [pin.columns[0] for pin in pins]
        found = []
        for index in sorted(set(chosen)):
            members = [at for at, its in enumerate(chosen) if its == index]
            stack = column([pins[at] for at in members], index, _LIFT_PX, 0, self.height)
            for place, top in stack:
                member = members[place]
                edge = pins[member].edge(index)
                outward = edge > notes[member].spot.at[0]
                found.append(
                    PlacedNote(
                        notes[member],
                        edge + (_WORDS_ASIDE_PX if outward else -_WORDS_ASIDE_PX),
                        top + _LIFT_PX + 3.5,
                        "start" if outward else "end",
                        (edge, top + _LIFT_PX),
                    )
                )
        return found

    def bottom(self, placed: Sequence[PlacedNote]) -> float:
        """The lowest line of figures and labels."""
        ends = (each.y + line_at(len(each.note.lines)) for each in placed)
        return max([self.height, *ends])

    def _pin(self, note: Note) -> Pin:
        middle = self.middle(note.spot.place.view)
        half = HALF_BREADTH * SCALE + _ASIDE_PX
        left, right = (0, 1) if note.spot.place.view == "front" else (1 + self.numbered, 3)
        at = note.spot.at
        leftward = (left, right), (middle - half, middle + half)
        rightward = (right, left), (middle + half, middle - half)
        columns, edges = leftward if at[0] <= middle else rightward
        reach = round(abs(at[0] - middle), 6)
        return Pin(at, line_at(len(note.lines)) + _NOTE_GAP_PX, columns, reach, edges)


def line_at(count: int) -> float:
    """How far below the first line of a label the line after so many stands."""
    return count * _NOTE_LINE_PX
