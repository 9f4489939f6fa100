"""One outcome measure over the days of a case, against the change that matters."""

from dataclasses import dataclass
from typing import Literal

from casebook.charts.scale import Scale, spaced, ticks
from casebook.charts.svg import (
    circle,
    element,
    figure,
    label,
    line,
    number,
    polygon,
    polyline,
    rectangle,
    width_of,
)

_HEIGHT = 188.0
_KEY_HEIGHT = 16.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 14.0, 40.0, 36.0
_TICK_GAP_PX = 26.0
_LABEL_LIFT_PX = 8.0
_LABEL_DROP_PX = 17.0
_DIRECTIONS = {"lower": "less", "higher": "more"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure's value on a day; day 0 is the first session."""

    day: int
    value: float


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What the chart of one measure needs.

    Attributes:
        name: Short, such as "NPRS".
        subject: What is measured, such as "pain, 0 to 10".
        lowest, highest: The ends of the measure's range, not of the readings.
        better: The direction of improvement, or None where neither is better.
        readings: By ascending day; at least one.
        important_change: A change that matters, in the measure's unit, or None.
        important_label: What kind of change that is, such as "large".
    """

    name: str
    subject: str
    lowest: float
    highest: float
    better: Literal["lower", "higher"] | None
    readings: tuple[Reading, ...]
    important_change: float | None = None
    important_label: str = ""


def trajectory(chart: Trajectory, *, width: float = 284.0) -> str:
    """Draw the readings as a line with every value written beside its point.

    The shaded band begins where a reading differs from the first one, in the better direction,
    by the important change: a point inside it has changed by enough to matter.
    """
    days = Scale(chart.readings[0].day, chart.readings[-1].day, _LEFT + 12, width - _RIGHT - 12)
    values = Scale(chart.lowest, chart.highest, _HEIGHT - _BOTTOM, _TOP)
    return figure(
        f"{chart.name} by day",
        _description(chart),
        width,
        _HEIGHT if threshold_of(chart) is not None else _HEIGHT - _KEY_HEIGHT,
        _heading(chart),
        _band(chart, values, width),
        _value_axis(chart, values, width),
        _threshold(chart, values, width),
        _day_axis(chart, days, width),
        _curve(chart, days, values),
    )


def threshold_of(chart: Trajectory) -> float | None:
    """The value at which the change from the first reading begins to matter.

    None where the measure has no important change or no better direction, or where the first
    reading leaves no room for such a change within the range.
    """
    if chart.important_change is None or chart.better is None:
        return None
    first = chart.readings[0].value
    at = (
        first - chart.important_change
        if chart.better == "lower"
        else (first + chart.important_change)
    )
    return at if chart.lowest <= at <= chart.highest else None


def _description(chart: Trajectory) -> str:
    readings = ", ".join(f"day {r.day}: {number(r.value)}" for r in chart.readings)
    direction = f" {chart.better.capitalize()} is better." if chart.better else ""
    threshold = threshold_of(chart)
    matters = (
        f" The change from the first value matters from {number(threshold)} on."
        if threshold is not None
        else ""
    )
    return f"{chart.subject}. {readings}.{direction}{matters}"


def _heading(chart: Trajectory) -> str:
    return label("label-strong", 0, 11, chart.name) + label("label-muted", 0, 25, chart.subject)


def _band(chart: Trajectory, values: Scale, width: float) -> str:
    threshold = threshold_of(chart)
    if threshold is None:
        return ""
    edge = values(threshold)
    far = values(chart.lowest if chart.better == "lower" else chart.highest)
    top, bottom = min(edge, far), max(edge, far)
    return rectangle("band", _LEFT, top, width - _LEFT - _RIGHT, bottom - top)


def _threshold(chart: Trajectory, values: Scale, width: float) -> str:
    """The band's edge, and a key that says in words what the edge and the band mean."""
    threshold = threshold_of(chart)
    if threshold is None:
        return ""
    edge = values(threshold)
    kind = f" ({chart.important_label})" if chart.important_label not in {"", "important"} else ""
    bound = f"{number(threshold)} or {_DIRECTIONS[chart.better or 'lower']}"
    words = f"important change{kind}: {bound}"
    right = width - _RIGHT
    key = _LEFT
    return element(
        "g",
        None,
        line("threshold", _LEFT, edge, right, edge),
        rectangle("band", key, _HEIGHT - 14, 20, 9),
        line("threshold", key, _HEIGHT - 14, key + 20, _HEIGHT - 14),
        label("label-small", key + 26, _HEIGHT - 6, words),
    )


def _value_axis(chart: Trajectory, values: Scale, width: float) -> str:
    marks = []
    for value in _axis_values(chart):
        y = values(value)
        marks.append(line("gridline", _LEFT, y, width - _RIGHT, y))
        marks.append(label("label-muted", _LEFT - 6, y + 3.5, number(value), "end"))
    if chart.better is not None:
        marks.append(_direction(chart.better, width))
    return element("g", None, *marks)


def _axis_values(chart: Trajectory) -> tuple[float, ...]:
    """Round values, and the end of the range where the last round value is far from it."""
    rounds = ticks(chart.lowest, chart.highest, 5)
    step = rounds[1] - rounds[0] if len(rounds) > 1 else 0
    return (*rounds, chart.highest) if chart.highest - rounds[-1] > 0.55 * step else rounds


def _direction(better: str, width: float) -> str:
    """An arrow and words at the upper right, so that direction needs no colour."""
    x, y = width - _RIGHT, 11.0
    words = f"{better} is better"
    tip, foot = (y, y - 7) if better == "lower" else (y - 7, y)
    arrow = polygon("ink", [(x - 7, foot), (x, foot), (x - 3.5, tip)])
    return arrow + label("label-small", x - 12, y, words, "end")


def _day_axis(chart: Trajectory, days: Scale, width: float) -> str:
    base = _HEIGHT - _BOTTOM
    sessions = tuple(float(reading.day) for reading in chart.readings)
    labelled = spaced(tuple(dict.fromkeys(sessions)), days, _TICK_GAP_PX)
    marks = [line("axis", _LEFT, base, width - _RIGHT, base)]
    marks.extend(line("axis", days(day), base, days(day), base + 4) for day in sessions)
    marks.extend(label("label-muted", days(d), base + 16, number(d), "middle") for d in labelled)
    marks.append(label("label-small", 0, base + 16, "day"))
    return element("g", None, *marks)


def _curve(chart: Trajectory, days: Scale, values: Scale) -> str:
    points = [(days(r.day), values.clamped(r.value)) for r in chart.readings]
    dots = [circle("dot", x, y, 4.5) for x, y in points]
    words = []
    for index, reading in enumerate(chart.readings):
        x, y = points[index]
        above = _goes_above(points, index)
        # Why: a label under a point on the axis would stand among the days.
        if y + _LABEL_DROP_PX > _HEIGHT - _BOTTOM - 1:
            above = True
        at = y - _LABEL_LIFT_PX if above else y + _LABEL_DROP_PX
        value = number(reading.value)
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
