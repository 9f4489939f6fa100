"""What stands where on a compensation map: boxes in two columns, and the ends of the links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from casebook.charts.ordering import untangled
from casebook.charts.svg import wrapped
from casebook.domain.work.compensation import Trial
from casebook.language.terms import with_side

Moments: TypeAlias = Literal["day", "cycle"]
Style: TypeAlias = Literal["restored", "inhibited", "not retested", "stated"]

BOX_PX: Final = 180.0
TOP_PX: Final = 44.0
LINE_PX: Final = 13.0
_PORT_PX = 18.0
_START_PX = 11.0
_GAP_PX = 10.0
_COLUMN_PX = 640.0
"""The tallest column of a picture that has to fit on a page with its legend."""


@dataclass(frozen=True, slots=True)
class Structure:
    """A box: a structure, and its side in words or nothing."""

    name: str
    side: str = ""

    @property
    def words(self) -> str:
        """The name with its side."""
        return with_side(self.name, self.side)


@dataclass(frozen=True, slots=True)
class Link:
    """A facilitated structure and an inhibited muscle, by their places in the map's columns.

    Without trials the pattern was stated and never worked on.
    """

    facilitated: int
    inhibited: int
    trials: tuple[Trial, ...] = ()

    @property
    def style(self) -> Style:
        """What became of the muscle: restored where it fired after the release at least once."""
        if any(trial.fires for trial in self.trials):
            return "restored"
        if any(trial.fires is False for trial in self.trials):
            return "inhibited"
        return "not retested" if self.trials else "stated"


@dataclass(frozen=True, slots=True)
class CompensationMap:
    """Both columns and their links; ``moments`` says whether trials tell days or cycles."""

    facilitated: tuple[Structure, ...]
    inhibited: tuple[Structure, ...]
    links: tuple[Link, ...]
    moments: Moments


def ordered(chart: CompensationMap) -> CompensationMap:
    """The same map with its columns in the order in which few links cross."""
    links = [(link.facilitated, link.inhibited) for link in chart.links]
    first, second = untangled(len(chart.facilitated), len(chart.inhibited), links)
    return _only(chart, chart.links, first, second)


def _only(
    chart: CompensationMap, links: Iterable[Link], first: Sequence[int], second: Sequence[int]
) -> CompensationMap:
    """The map of some links, with its columns' members in the order given."""
    left = {member: place for place, member in enumerate(first)}
    right = {member: place for place, member in enumerate(second)}
    moved = (Link(left[e.facilitated], right[e.inhibited], e.trials) for e in links)
    return CompensationMap(
        tuple(chart.facilitated[member] for member in first),
        tuple(chart.inhibited[member] for member in second),
        tuple(sorted(moved, key=lambda link: (link.inhibited, link.facilitated))),
        chart.moments,
    )


def parts_of(chart: CompensationMap) -> list[CompensationMap]:
    """The map of some links each, so that every one fits on a page."""
    parts: list[CompensationMap] = []
    taken: list[Link] = []
    for link in chart.links:
        longer = _with_links(chart, [*taken, link])
        if taken and max(Column.left(longer).height, Column.right(longer).height) > _COLUMN_PX:
            parts.append(_with_links(chart, taken))
            taken = []
        taken.append(link)
    return [*parts, _with_links(chart, taken)]


def _with_links(chart: CompensationMap, links: Sequence[Link]) -> CompensationMap:
    first = sorted({link.facilitated for link in links})
    second = sorted({link.inhibited for link in links})
    return _only(chart, links, first, second)


@dataclass(frozen=True, slots=True)
class Column:
    """Boxes from the top down, each tall enough for its words and for the links that end at it."""

    names: tuple[tuple[str, ...], ...]
    sides: tuple[str, ...]
    heights: tuple[float, ...]

    @classmethod
    def left(cls, chart: CompensationMap) -> "Column":
        return cls._of(chart.facilitated, [link.facilitated for link in chart.links], _START_PX)

    @classmethod
    def right(cls, chart: CompensationMap) -> "Column":
        return cls._of(chart.inhibited, [link.inhibited for link in chart.links], _PORT_PX)

    @classmethod
    def _of(cls, structures: Sequence[Structure], ends: Sequence[int], port_px: float) -> "Column":
        names = tuple(wrapped(each.name, BOX_PX - 16, 2, "label-strong") for each in structures)
        heights = tuple(
            max(LINE_PX * (len(lines) + bool(each.side)) + 9, port_px * ends.count(place) + 2)
            for place, (lines, each) in enumerate(zip(names, structures, strict=True))
        )
        return cls(names, tuple(each.side for each in structures), heights)

    @property
    def height(self) -> float:
        return sum(self.heights) + _GAP_PX * (len(self.heights) - 1)

    def tops(self, tallest: float) -> list[float]:
        """The upper edges of the boxes, in a column that stands in the middle of the tallest."""
        tops, y = [], TOP_PX + (tallest - self.height) / 2
        for height in self.heights:
            tops.append(y)
            y += height + _GAP_PX
        return tops

    def ports(self, ends: Sequence[int], tallest: float) -> list[float]:
        """Where the links end, spread evenly over the edges of their boxes."""
        tops, met = self.tops(tallest), dict.fromkeys(ends, 0)
        ports = []
        for end in ends:
            share = (met[end] + 0.5) / ends.count(end)
            ports.append(tops[end] + share * self.heights[end])
            met[end] += 1
        return ports
