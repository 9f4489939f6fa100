"""What each criterion of a rubric earned, and the total against the pass mark."""

from dataclasses import dataclass

from casebook.charts.scale import Scale
from casebook.charts.svg import (
    element,
    figure,
    hatching,
    label,
    line,
    number,
    polygon,
    rectangle,
    shortened,
)

_ROW_PX = 26.0
_BAR_PX = 11.0
_VALUE_ROOM_PX = 116.0
_TOP_PX = 18.0
_TOTAL_PX = 56.0


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion's line of the chart.

    Attributes:
        name: As the rubric words it.
        points: What was earned, or None where no mark was given.
        top: The points of the best level, above 0.
        weight_pct: The criterion's share of the total, in percent.
        least: The points a must-pass criterion needs, or None.
    """

    name: str
    points: float | None
    top: float
    weight_pct: float
    least: float | None = None

    @property
    def failed(self) -> bool:
        """Whether a must-pass criterion stayed below what it needs."""
        return self.least is not None and self.points is not None and self.points < self.least


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All criteria, the total in percent (None while incomplete), and the pass mark in percent."""

    criteria: tuple[CriterionScore, ...]
    percent: float | None
    pass_mark: float


def criterion_scores(sheet: ScoreSheet, *, width: float = 580.0) -> str:
    """Draw one bar a criterion on a scale of its own levels, and the total beneath.

    Solid: earned. Outlined and hatched: a must-pass criterion that was not reached. An empty
    frame with words: no mark was given, which is not a zero.
    """
    names_px = width * 0.42
    track = Scale(0, 1, names_px, width - _VALUE_ROOM_PX)
    rows = [
        _row(criterion, track, _TOP_PX + index * _ROW_PX, names_px, width)
        for index, criterion in enumerate(sheet.criteria)
    ]
    base = _TOP_PX + len(sheet.criteria) * _ROW_PX
    return figure(
        "Points by criterion",
        _description(sheet),
        width,
        base + _TOTAL_PX,
        label("label-small", track(1) + 8, 10, "points"),
        label("label-small", width, 10, "weight", "end"),
        *rows,
        _total(sheet, track, base, width),
    )


def _description(sheet: ScoreSheet) -> str:
    parts = [
        f"{c.name}: {'no mark' if c.points is None else number(c.points)} of {number(c.top)}"
        for c in sheet.criteria
    ]
    total = "incomplete" if sheet.percent is None else f"{number(sheet.percent)} percent"
    return f"{'; '.join(parts)}. Total: {total}; pass mark {number(sheet.pass_mark)} percent."


def _row(c: CriterionScore, track: Scale, y: float, names_px: float, width: float) -> str:
    middle = y + _ROW_PX / 2
    top = middle - _BAR_PX / 2
    full = track(1) - track(0)
    drawn = [
        label("label", 0, middle + 3.5, shortened(c.name, names_px - 12)),
        rectangle("bar-empty", track(0), top, full, _BAR_PX),
    ]
    if c.points is not None:
        earned = track(min(c.points / c.top, 1.0)) - track(0)
        drawn.append(rectangle("bar-alarm" if c.failed else "bar", track(0), top, earned, _BAR_PX))
        if c.failed:
            drawn.append(hatching("hatching-alarm", track(0), top, earned, _BAR_PX))
    drawn.extend(_level_marks(c, track, top))
    drawn.append(_value(c, track(1) + 8, middle + 3.5))
    drawn.append(label("label-small", width, middle + 3.5, f"{number(c.weight_pct)} %", "end"))
    return element("g", None, *drawn)


def _level_marks(c: CriterionScore, track: Scale, top: float) -> list[str]:
    """Ticks at whole points, and a wedge above the points a must-pass criterion needs."""
    marks = [
        line("gridline", track(p / c.top), top, track(p / c.top), top + _BAR_PX)
        for p in range(1, int(c.top))
        if c.points is None or p > c.points
    ]
    if c.least is not None and c.top >= c.least > 0:
        x = track(c.least / c.top)
        marks.append(line("halo", x, top + 1, x, top + _BAR_PX - 1))
        marks.append(line("limit", x, top - 2, x, top + _BAR_PX + 2))
        marks.append(polygon("ink", [(x - 3.5, top - 6), (x + 3.5, top - 6), (x, top - 1)]))
    return marks


def _value(c: CriterionScore, x: float, y: float) -> str:
    if c.points is None:
        return label("label-alarm", x, y, "no mark")
    words = f"{number(c.points)} of {number(c.top)}"
    return label("label-alarm", x, y, f"{words} ✗") if c.failed else label("label", x, y, words)


def _total(sheet: ScoreSheet, track: Scale, base: float, width: float) -> str:
    top = base + 12
    height = _BAR_PX + 5
    baseline = top + height - 4
    mark_x = track(sheet.pass_mark / 100)
    drawn = [
        line("axis", 0, base + 3, width, base + 3),
        label("label-strong", 0, baseline, "Total"),
        rectangle("bar-empty", track(0), top, track(1) - track(0), height),
    ]
    if sheet.percent is None:
        drawn.append(label("label-alarm", track(1) + 8, baseline, "incomplete"))
    else:
        share = track(min(max(sheet.percent, 0.0), 100.0) / 100) - track(0)
        drawn.append(rectangle("bar", track(0), top, share, height))
        drawn.append(label("label-strong", track(1) + 8, baseline, f"{number(sheet.percent)} %"))
    drawn.append(line("halo", mark_x, top + 1, mark_x, top + height - 1))
    drawn.append(line("limit", mark_x, top - 3, mark_x, top + height + 5))
    drawn.append(
        label(
            "label-muted",
            mark_x,
            top + height + 17,
            f"pass mark {number(sheet.pass_mark)} %",
            "middle",
        )
    )
    if any(c.least is not None for c in sheet.criteria):
        drawn.append(polygon("ink", [(0, baseline + 12), (7, baseline + 12), (3.5, baseline + 17)]))
        words = "least points of a must-pass criterion"
        drawn.append(label("label-muted", 12, baseline + 18, words))
    return element("g", None, *drawn)
