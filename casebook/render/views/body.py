"""The body chart of a case study or of an observed session."""

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from casebook.charts.body import BodyChart, Mark, body_chart
from casebook.domain.work.compensation import Pair
from casebook.domain.work.positions import Position
from casebook.source.anatomy import load_anatomy
from casebook.source.positions import load_positions

_MOST_MARKS: Final = 40
"""With so many, each on a side of its own, the figures and their list fill most of a page."""


def body_of(pairs: Sequence[Pair]) -> BodyChart | None:
    """Where the structures of some pairs lie; None where there are none."""
    marks = tuple(dict.fromkeys(_marks(pairs)))
    return BodyChart(marks) if marks else None


def body_pictures(chart: BodyChart | None) -> tuple[Markup, ...]:
    """The chart as pictures that each fit on a page; one, but for very many structures."""
    marks = chart.marks if chart else ()
    parts = (marks[at : at + _MOST_MARKS] for at in range(0, len(marks), _MOST_MARKS))
    drawn = (body_chart(BodyChart(part)) for part in parts)
    return tuple(Markup(each) for each in drawn)  # noqa: S704 - charts escape their words


def _marks(pairs: Sequence[Pair]) -> Iterator[Mark]:
    for pair in pairs:
        muscle, structure = pair.inhibited, pair.facilitated
        yield Mark(muscle.structure, muscle.side, "inhibited", _position(muscle.structure))
        yield Mark(
            structure.structure, structure.side, "facilitated", _position(structure.structure)
        )


def _position(written: str) -> Position | None:
    found = load_anatomy().find(written)
    return load_positions().find(found) if found else None
