"""One value over the days of a case, against the change that matters and the error of measurement.

The shaded band begins where the change from the first value matters; the hatched one is as wide
as the error of measurement on either side of the first value. A point that leaves the hatching
has changed by more than the error; one in the shade has changed by enough to matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from casebook.charts.scale import Scale, spaced, ticks
from casebook.charts.svg import (
    circle,
    element,
    figure,
    hatching,
    label,
    line,
    number,
    polygon,
    polyline,
    rectangle,
    width_of,
    wrapped,
)
from casebook.language import _
from casebook.language.forms import decimal, enumeration

_PLOT_END = 184.0
_LEFT, _RIGHT, _TOP, _DAYS_PX = 34.0, 2.0, 72.0, 22.0
_INSET_PX = 16.0
_TICK_GAP_PX = 26.0
_LABEL_LIFT_PX = 8.0
_LABEL_DROP_PX = 17.0
_LINE_PX = 12.5
_SWATCH_PX = 20.0
_COLUMN_GAP_PX = 12.0
_ROW_GAP_PX = 18.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure's value on a day; day 0 is the first session."""

    day: int
    value: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """A change that matters, in the measure's unit, and what kind of change it is, or nothing."""

    amount: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What the chart of one measure needs.

    Attributes:
        name: Short, such as "NPRS".
        subject: What is measured, such as "pain, 0 to 10".
        lowest, highest: The ends of the axis, not of the readings.
        better: The direction of improvement, or None where neither is better.
        readings: By ascending day; at least one.
        important: Changes that matter, smallest first.
        error: The error of measurement in the measure's unit, or None where it is not known.
        unit: Written behind each value, such as "°"; for short units only.
        verdict: What the change from the first to the last value comes to, in words.
        notes: Where the figures come from, a line each.
    """

    name: str
    subject: str
    lowest: float
    highest: float
    better: Literal["lower", "higher"] | None
    readings: tuple[Reading, ...]
    important: tuple[Threshold, ...] = ()
    error: float | None = None
    unit: str = ""
    verdict: str = ""
    notes: tuple[str, ...] = ()

    def written(self, value: float) -> str:
        """A value with its unit."""
        return f"{decimal(value)}{self.unit}"


def trajectory(chart: Trajectory, *, width: float = 284.0) -> str:
    """Draw the readings as a line with every value written beside its point."""
    return figure(
        _title(chart), _description(chart), width, _height(chart, width), *_parts(chart, width)
    )


def trajectories(title: str, charts: Sequence[Trajectory], *, width: float = 580.0) -> str:
    """Draw several charts of one size in two columns, as one picture."""
    cell = (width - _COLUMN_GAP_PX) / 2
    drawn, words, y = [], [], 0.0
    for at in range(0, len(charts), 2):
        row = charts[at : at + 2]
        for place, chart in enumerate(row):
            x = place * (cell + _COLUMN_GAP_PX)
            moved = f"translate({number(x)} {number(y)})"
            drawn.append(element("g", None, *_parts(chart, cell), transform=moved))
            words.append(f"{_title(chart)}: {_description(chart)}")
        y += max(_height(chart, cell) for chart in row) + _ROW_GAP_PX
    return figure(title, " ".join(words), width, max(y - _ROW_GAP_PX, 0.0), *drawn)


def thresholds_of(chart: Trajectory) -> tuple[tuple[float, str], ...]:
    """The values at which the change from the first one begins to matter, with their kinds.

    Without a better direction there are none, and those outside the axis are left out.
    """
    if chart.better is None:
        return ()
    first = chart.readings[0].value
    sign = -1 if chart.better == "lower" else 1
    found = ((round(first + sign * each.amount, 6), each.kind) for each in chart.important)
    return tuple((at, kind) for at, kind in found if chart.lowest <= at <= chart.highest)


# --- words ---------------------------------------------------------------------------------------


def _title(chart: Trajectory) -> str:
    return _("{measure} by day").format(measure=chart.name)


def _description(chart: Trajectory) -> str:
    readings = ", ".join(
        _("day {day}: {readings}").format(day=r.day, readings=chart.written(r.value))
        for r in chart.readings
    )
    sentences = [f"{words}." for words in (chart.subject, readings) if words]
    if chart.better is not None:
        sentences.append(f"{_better(chart.better, begins=True)}.")
    sentences.extend(f"{words[:1].upper()}{words[1:]}." for words in _keys(chart).values())
    if chart.verdict:
        sentences.append(f"{chart.verdict}.")
    return " ".join(sentences)


def _better(better: str, *, begins: bool = False) -> str:
    if begins:
        return _("Lower is better") if better == "lower" else _("Higher is better")
    return _("lower is better") if better == "lower" else _("higher is better")


def _keys(chart: Trajectory) -> dict[str, str]:
    """What the shaded and the hatched band mean, by their names."""
    keys = {}
    thresholds = thresholds_of(chart)
    if thresholds:
        bounds = enumeration(_bound(chart, at, kind) for at, kind in thresholds)
        keys["band"] = _("important change: {bounds}").format(bounds=bounds)
    if chart.error is not None:
        keys["error"] = _("error of measurement: ± {error} around the first value").format(
            error=chart.written(chart.error)
        )
    return keys


def _bound(chart: Trajectory, at: float, kind: str) -> str:
    if kind:
        words = _("{value} or less ({size})") if _falls(chart) else _("{value} or more ({size})")
    else:
        words = _("{value} or less") if _falls(chart) else _("{value} or more")
    return words.format(value=chart.written(at), size=kind)


def _falls(chart: Trajectory) -> bool:
    return chart.better == "lower"


# --- drawing -------------------------------------------------------------------------------------


def _parts(chart: Trajectory, width: float) -> list[str]:
    days = Scale(
        chart.readings[0].day, chart.readings[-1].day, _LEFT + _INSET_PX, width - _RIGHT - _INSET_PX
    )
    values = Scale(chart.lowest, chart.highest, _PLOT_END, _TOP)
    return [
        _heading(chart, width),
        _band(chart, values, width),
        _error(chart, values, width),
        _value_axis(chart, values, width),
        _thresholds(chart, values, width),
        _day_axis(chart, days, width),
        _curve(chart, days, values),
        _foot(chart, width),
    ]


def _height(chart: Trajectory, width: float) -> float:
    lines = sum(len(lines) for _sign, lines in _under(chart, width))
    return _PLOT_END + _DAYS_PX + 4 + _LINE_PX * lines


def _under(chart: Trajectory, width: float) -> list[tuple[str, tuple[str, ...]]]:
    """What stands under the days: the bands' keys, then the sources, in lines that fit."""
    room = width - _SWATCH_PX - 6
    keys = [(sign, wrapped(w, room, 3, "label-small")) for sign, w in _keys(chart).items()]
    notes = [("", wrapped(words, width, 3, "label-small")) for words in chart.notes]
    return [*keys, *notes]


def _heading(chart: Trajectory, width: float) -> str:
    verdict = wrapped(chart.verdict, width, 2, "label-accent")
    drawn = [
        label("label-strong", 0, 11, chart.name),
        label("label-muted", 0, 25, chart.subject),
        *(label("label-accent", 0, 41 + 13 * at, words) for at, words in enumerate(verdict)),
    ]
    if chart.better is not None:
        drawn.append(_direction(chart.better, width))
    return element("g", None, *drawn)


def _band(chart: Trajectory, values: Scale, width: float) -> str:
    """A light shade from the smallest important change on, a deeper one from the largest on."""
    found = [at for at, _kind in thresholds_of(chart)]
    if not found:
        return ""
    far = values(chart.lowest if _falls(chart) else chart.highest)
    drawn = [_shade("band", values(found[0]), far, width)]
    if len(found) > 1:
        drawn.append(_shade("band-strong", values(found[-1]), far, width))
    return "".join(drawn)


def _shade(look: str, one: float, other: float, width: float) -> str:
    return rectangle(look, _LEFT, min(one, other), width - _LEFT - _RIGHT, abs(one - other))


def _error(chart: Trajectory, values: Scale, width: float) -> str:
    """The hatched band, held within the axis."""
    if chart.error is None:
        return ""
    first = chart.readings[0].value
    top, bottom = values.clamped(first + chart.error), values.clamped(first - chart.error)
    room = width - _LEFT - _RIGHT
    edges = (line("error-edge", _LEFT, y, width - _RIGHT, y) for y in (top, bottom))
    return hatching("error", _LEFT, top, room, bottom - top, gap=7) + "".join(edges)


def _thresholds(chart: Trajectory, values: Scale, width: float) -> str:
    return "".join(
        line("threshold", _LEFT, values(at), width - _RIGHT, values(at))
        for at, _kind in thresholds_of(chart)
    )


def _foot(chart: Trajectory, width: float) -> str:
    drawn = []
    y = _PLOT_END + _DAYS_PX + _LINE_PX
    for sign, lines in _under(chart, width):
        if sign == "band":
            drawn.append(rectangle("band", 0, y - 8.5, _SWATCH_PX, 9))
            drawn.append(line("threshold", 0, y - 8.5, _SWATCH_PX, y - 8.5))
        elif sign == "error":
            drawn.append(hatching("error", 0, y - 8.5, _SWATCH_PX, 9))
            edges = (y - 8.5, y + 0.5)
            drawn.extend(line("error-edge", 0, edge, _SWATCH_PX, edge) for edge in edges)
        x = _SWATCH_PX + 6 if sign else 0.0
        for words in lines:
            drawn.append(label("label-small", x, y, words))
            y += _LINE_PX
    return element("g", None, *drawn) if drawn else ""


def _value_axis(chart: Trajectory, values: Scale, width: float) -> str:
    marks = []
    for value in _axis_values(chart):
        y = values(value)
        marks.append(line("gridline", _LEFT, y, width - _RIGHT, y))
        marks.append(label("label-muted", _LEFT - 6, y + 3.5, chart.written(value), "end"))
    return element("g", None, *marks)


def _axis_values(chart: Trajectory) -> tuple[float, ...]:
    """Round values, and the end of the range where the last round value is far from it."""
    rounds = ticks(chart.lowest, chart.highest, 5)
    step = rounds[1] - rounds[0] if len(rounds) > 1 else 0
    return (*rounds, chart.highest) if chart.highest - rounds[-1] > 0.55 * step else rounds


def _direction(better: str, width: float) -> str:
    """An arrow and words at the upper right, so that direction needs no colour."""
    x, y = width - _RIGHT, 11.0
    tip, foot = (y, y - 7) if better == "lower" else (y - 7, y)
    arrow = polygon("ink", [(x - 7, foot), (x, foot), (x - 3.5, tip)])
    return arrow + label("label-small", x - 12, y, _better(better), "end")


def _day_axis(chart: Trajectory, days: Scale, width: float) -> str:
    sessions = tuple(float(reading.day) for reading in chart.readings)
    labelled = spaced(tuple(dict.fromkeys(sessions)), days, _TICK_GAP_PX)
    base = _PLOT_END
    marks = [line("axis", _LEFT, base, width - _RIGHT, base)]
    marks.extend(line("axis", days(day), base, days(day), base + 4) for day in sessions)
    marks.extend(label("label-muted", days(d), base + 16, number(d), "middle") for d in labelled)
    marks.append(label("label-small", 0, base + 16, _("day")))
    return element("g", None, *marks)


def _curve(chart: Trajectory, days: Scale, values: Scale) -> str:
    points = [(days(r.day), values.clamped(r.value)) for r in chart.readings]
    dots = [circle("dot", x, y, 4.5) for x, y in points]
    words = []
    for index, reading in enumerate(chart.readings):
        x, y = points[index]
        above = _goes_above(points, index)
        # Why: a label under a point on the axis would stand among the days.
        if y + _LABEL_DROP_PX > _PLOT_END - 1:
            above = True
        at = y - _LABEL_LIFT_PX if above else y + _LABEL_DROP_PX
        value = chart.written(reading.value)
        # Why the paper behind it: a label often lies on a gridline or on the band's edge.
        room = width_of(value, "label-strong") + 3
        words.append(rectangle("paper", x - room / 2, at - 9, room, 11))
        words.append(label("label-strong", x, at, value, "middle"))
    drawn = [polyline("curve", points)] if len(points) > 1 else []
    return element("g", None, *words, *drawn, *dots)


def _goes_above(points: list[tuple[float, float]], index: int) -> bool:
    """Whether a label above its point stays clear of the line: not in the dip of a valley."""
    here = points[index][1]
    neighbours = [points[i][1] for i in (index - 1, index + 1) if 0 <= i < len(points)]
    return sum(here <= other for other in neighbours) * 2 >= len(neighbours)
