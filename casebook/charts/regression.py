"""Totals over global ratings, the line through them with its band, and the cut at borderline."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, floor
from typing import Final, TypeAlias

from casebook.charts.leaders import stacked
from casebook.charts.scale import Scale, ticks
from casebook.charts.svg import (
    circle,
    element,
    figure,
    label,
    line,
    polygon,
    polyline,
    rectangle,
    shortened,
    width_of,
)

_HEIGHT_PX: Final = 300.0
_TOP_PX: Final = 22.0
_LEFT_PX: Final = 44.0
_RIGHT_PX: Final = 148.0
"""Room for the words beside the plot."""
_PAD_PX: Final = 34.0
"""Between the plot's edges and the first and the last rating."""
_DOT_PX: Final = 3.2
_SMALL_DOT_PX: Final = 2.0
_MANY_POINTS: Final = 300
_ROW_PX: Final = 14.0
_STEP_PCT: Final = 10
_ROW_STEP_PX: Final = 13.0

_Pixel: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RatingMark:
    """One rating under the plot: its position, its name, and whether it is the borderline."""

    position: float
    label: str
    borderline: bool = False


@dataclass(frozen=True, slots=True)
class RegressionChart:
    """A borderline regression, in percent over positions.

    Attributes:
        points: One for each sheet.
        ratings: Lowest first, with one borderline among them.
        line: Points of the line, from left to right.
        band: Position, lower and upper end of the line's 95 % interval.
        cut: Where the line meets the borderline.
        interval: The cut's 95 % interval.
        pass_percent: The present pass mark, where there is one.
        r_squared: 0 to 1.
    """

    points: tuple[tuple[float, float], ...]
    ratings: tuple[RatingMark, ...]
    line: tuple[tuple[float, float], ...]
    band: tuple[tuple[float, float, float], ...]
    cut: float
    interval: tuple[float, float]
    pass_percent: float | None
    r_squared: float

    @property
    def borderline(self) -> RatingMark:
        """The rating at which the cut is read off."""
        return next(each for each in self.ratings if each.borderline)


def regression_chart(chart: RegressionChart, *, width: float = 580.0) -> str:
    """Draw the regression.

    Points of one rating stand side by side where they would hide each other. The cut is a broken
    line from the borderline rating up to the regression line and from there to its words.
    """
    low, high = _extent(chart)
    right = width - _RIGHT_PX
    positions = [each.position for each in chart.ratings]
    x = Scale(min(positions), max(positions), _LEFT_PX + _PAD_PX, right - _PAD_PX)
    y = Scale(low, high, _TOP_PX + _HEIGHT_PX, _TOP_PX)
    dots, many = _dots(chart, x, y), len(chart.points) > _MANY_POINTS
    curve = [(x(g), y.clamped(total)) for g, total in chart.line]
    names, rows = _rating_names(chart.ratings, x, y(low))
    foot = y(low) + 10 + _ROW_PX * (rows + 1)
    return figure(
        "Borderline regression",
        _description(chart),
        width,
        foot + 2 * _ROW_PX + 6,
        *_axes(y, right),
        _band(chart, x, y),
        *(dots if many else ()),
        polyline("halo", curve) if many else "",
        polyline("curve", curve),
        *_cut_lines(chart, x, y, right),
        *(() if many else dots),
        *_cut_mark(chart, x, y, right),
        *_words_beside(chart, y, right),
        *names,
        label("label-small", (_LEFT_PX + right) / 2, foot, "global rating", "middle"),
        *_key(chart, foot + _ROW_PX + 8),
    )


def _extent(chart: RegressionChart) -> tuple[float, float]:
    """The lowest and highest percent drawn: whole tens around everything, from 0 to 100."""
    totals = [total for _, total in (*chart.points, *chart.line)] + [chart.cut]
    if chart.pass_percent is not None:
        totals.append(chart.pass_percent)
    low = max(_STEP_PCT * floor(min(totals) / _STEP_PCT), 0)
    high = min(_STEP_PCT * ceil(max(totals) / _STEP_PCT), 100)
    return (low, high) if high > low else (low - _STEP_PCT, high)


def _description(chart: RegressionChart) -> str:
    counts = []
    for rating in chart.ratings:
        given = [total for position, total in chart.points if position == rating.position]
        if given:
            span = f"{min(given):.1f} to {max(given):.1f} %"
            counts.append(f"{rating.label}: {len(given)}, totals {span}")
        else:
            counts.append(f"{rating.label}: none")
    low, high = chart.interval
    sentences = [
        f"{len(chart.points)} sheets by global rating. {'; '.join(counts)}.",
        f"A line through the totals has an R squared of {chart.r_squared:.2f}.",
        (
            f"At the rating {chart.borderline.label} it gives a cut of {chart.cut:.1f} %, "
            f"95 % interval {low:.1f} to {high:.1f} %."
        ),
    ]
    if chart.pass_percent is not None:
        sentences.append(f"The pass mark now is {chart.pass_percent:g} %.")
    return " ".join(sentences)


def _axes(y: Scale, right: float) -> list[str]:
    drawn = [label("label-small", 0, _TOP_PX - 11, "total, %")]
    for value in ticks(y.low, y.high, 6):
        drawn.append(line("gridline", _LEFT_PX, y(value), right, y(value)))
        drawn.append(label("label", _LEFT_PX - 8, y(value) + 3.5, f"{value:g}", "end"))
    drawn.append(line("axis", _LEFT_PX, y(y.low), right, y(y.low)))
    return drawn


def _band(chart: RegressionChart, x: Scale, y: Scale) -> str:
    upper = [(x(g), y.clamped(high)) for g, _, high in chart.band]
    lower = [(x(g), y.clamped(low)) for g, low, _ in chart.band]
    return element(
        "g",
        None,
        polygon("band", [*upper, *reversed(lower)]),
        polyline("error-edge", upper),
        polyline("error-edge", lower),
    )


def _cut_lines(chart: RegressionChart, x: Scale, y: Scale, right: float) -> list[str]:
    at, cut = x(chart.borderline.position), y(chart.cut)
    drawn = [line("threshold", at, y(y.low), at, cut), line("threshold", at, cut, right, cut)]
    if chart.pass_percent is not None:
        now = y(chart.pass_percent)
        drawn.insert(0, line("link-stated", _LEFT_PX, now, right, now))
    return drawn


def _cut_mark(chart: RegressionChart, x: Scale, y: Scale, right: float) -> list[str]:
    """A ring at the cut that hides no point, and its interval at the plot's edge."""
    low, high = (y.clamped(each) for each in chart.interval)
    ends = [(right, low, right, high), *((right - 4, at, right + 4, at) for at in (low, high))]
    return [
        circle("limit", x(chart.borderline.position), y(chart.cut), 5),
        *(line("limit", *each) for each in ends),
    ]


def _words_beside(chart: RegressionChart, y: Scale, right: float) -> list[str]:
    """The words of the cut and of the pass mark, each led to from its line."""
    low, high = chart.interval
    wanted = [
        (
            chart.cut,
            "threshold",
            [
                ("label-strong", f"cut {chart.cut:.1f} %"),
                ("label-small", f"95 %: {low:.1f} to {high:.1f}"),
            ],
        )
    ]
    if chart.pass_percent is not None:
        wanted.append(
            (chart.pass_percent, "leader", [("label", f"pass mark now {chart.pass_percent:g} %")])
        )
    wanted.sort(key=lambda each: -each[0])
    rooms = [_ROW_STEP_PX * len(lines) + 5 for _, _, lines in wanted]
    tops = stacked(
        [y(value) - _ROW_STEP_PX / 2 for value, _, _ in wanted], rooms, 0, _TOP_PX + _HEIGHT_PX
    )
    drawn = []
    for (value, look, lines), top in zip(wanted, tops, strict=True):
        drawn.append(line(look, right, y(value), right + 14, top + _ROW_STEP_PX / 2))
        drawn.extend(
            label(ink, right + 18, top + _ROW_STEP_PX * at + 10, words)
            for at, (ink, words) in enumerate(lines)
        )
    return drawn


def _dots(chart: RegressionChart, x: Scale, y: Scale) -> list[str]:
    radius = _SMALL_DOT_PX if len(chart.points) > _MANY_POINTS else _DOT_PX
    pixels = sorted((x(position), y(total)) for position, total in chart.points)
    columns = {at: [each[1] for each in group] for at, group in groupby(pixels, lambda p: p[0])}
    room = _room(sorted({x(each.position) for each in chart.ratings}))
    return [
        circle("dot", at + aside, height, radius)
        for at, heights in columns.items()
        for aside, height in _side_by_side(heights, radius, room)
    ]


def _room(columns: Sequence[float]) -> float:
    """How far points may stand aside of their rating without reaching into the next one."""
    gaps = [right - left for left, right in pairwise(columns)]
    return min([*(gap / 2 - 6 for gap in gaps), _PAD_PX - 6])


def _side_by_side(heights: Sequence[float], radius: float, room: float) -> list[_Pixel]:
    """Points of one rating, each moved sideways as little as it takes to be seen.

    Args:
        heights: Their pixels from above, sorted.
        radius: Of each point.
        room: How far aside one may stand; where that is too little, points cover each other.

    Returns:
        How far each stands aside, and its height.
    """
    placed: list[_Pixel] = []
    across = 2 * radius
    most = max(floor(room / across), 0)
    slots = [0.0] + [sign * across * step for step in range(1, most + 1) for sign in (1, -1)]
    for height in heights:
        near = [aside for aside, other in placed[-len(slots) :] if height - other < across]
        free = (slot for slot in slots if all(abs(slot - aside) >= across - 0.01 for aside in near))
        placed.append((next(free, slots[len(placed) % len(slots)]), height))
    return placed


def _rating_names(ratings: Sequence[RatingMark], x: Scale, base: float) -> tuple[list[str], int]:
    """The ratings' names below the axis, on as many rows as keep them apart, and that number."""
    lines: list[str] = []
    words: list[str] = []
    ends: list[float] = []
    for rating in ratings:
        look = "label-strong" if rating.borderline else "label"
        at = x(rating.position)
        name = shortened(rating.label, 110, look)
        half = width_of(name, look) / 2
        row = next((row for row, end in enumerate(ends) if end < at - half - 4), len(ends))
        ends[row : row + 1] = [at + half]
        height = base + 15 + _ROW_PX * row
        lines.append(line("axis", at, base, at, height - 9))
        # Why on paper: a name on a lower row has its line behind the names above.
        words.append(rectangle("paper", at - half, height - 9, 2 * half, 11))
        words.append(label(look, at, height, name, "middle"))
    return lines + words, len(ends)


def _key(chart: RegressionChart, y: float) -> list[str]:
    parts = (
        (circle("dot", 8, y - 3.5, _DOT_PX), "one sheet"),
        (line("curve", 0, y - 3.5, 16, y - 3.5), "mean total at a rating, by the line"),
        (polygon("band", [(0, y - 8), (16, y - 8), (16, y), (0, y)]), "its 95 % interval"),
    )
    drawn, at = [], 0.0
    for sign, words in parts:
        drawn.append(element("g", None, sign, transform=f"translate({at:.2f} 0)"))
        drawn.append(label("label-small", at + 22, y, words))
        at += 22 + width_of(words, "label-small") + 16
    drawn.append(label("label-small", at, y, f"{len(chart.points)} sheets, "
                                             f"R squared {chart.r_squared:.2f}"))  # fmt: skip
    return drawn
