"""What each criterion of a rubric earned, and the total with its error against the pass mark."""

from dataclasses import dataclass

from casebook.charts.scale import Scale
from casebook.charts.svg import (
    element,
    figure,
    hatching,
    label,
    line,
    polygon,
    rectangle,
    shortened,
    width_of,
)
from casebook.domain.outcome.percentages import near_pass_mark
from casebook.language import _
from casebook.language.forms import decimal

_ROW_PX = 24.0
_BAR_PX = 11.0
_VALUE_ROOM_PX = 116.0
_TOP_PX = 18.0
_TOTAL_PX = 58.0
_NOTE_PX = 16.0
_MOST_ROWS = 24
"""As many criteria as fit on a page with their total."""


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion's line of the chart.

    Attributes:
        name: As the rubric words it.
        points: What was earned, or None where no mark was given.
        top: The points of the best level, above 0.
        weight_pct: The criterion's share of the total, in percent.
        least: The points a must-pass criterion needs, or None.
        passed: Whether it is passed, where graders ruled on that beside its points.
    """

    name: str
    points: float | None
    top: float
    weight_pct: float
    least: float | None = None
    passed: bool | None = None

    @property
    def failed(self) -> bool:
        """Whether a must-pass criterion stayed below what it needs."""
        if self.passed is not None:
            return not self.passed
        return self.least is not None and self.points is not None and self.points < self.least


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All criteria and their total.

    Attributes:
        criteria: In the rubric's order.
        percent: The total as it is shown, or None while it is incomplete.
        pass_mark: In percent.
        sem: The total's standard error of measurement in percentage points, where it is known.
    """

    criteria: tuple[CriterionScore, ...]
    percent: float | None
    pass_mark: float
    sem: float | None = None

    @property
    def near_mark(self) -> bool:
        """Whether the pass mark lies within one standard error of the total."""
        return self.percent is not None and near_pass_mark(self.percent, self.pass_mark, self.sem)


def criterion_scores(sheet: ScoreSheet, *, width: float = 580.0) -> str:
    """Draw one bar a criterion on a scale of its own levels, and the total beneath.

    Solid: earned. Outlined and hatched: a must-pass criterion that was not reached. An empty
    frame with words: no mark was given, which is not a zero.
    """
    return _drawn(sheet, sheet.criteria, width, with_total=True)


def criterion_score_parts(sheet: ScoreSheet, *, width: float = 580.0) -> tuple[str, ...]:
    """Draw the same as pictures that each fit on a page; one, but for very long rubrics."""
    parts = [
        sheet.criteria[at : at + _MOST_ROWS] for at in range(0, len(sheet.criteria), _MOST_ROWS)
    ]
    last = len(parts) - 1
    return tuple(_drawn(sheet, part, width, with_total=at == last) for at, part in enumerate(parts))


def _drawn(
    sheet: ScoreSheet, criteria: tuple[CriterionScore, ...], width: float, *, with_total: bool
) -> str:
    names_px = width * 0.42
    track = Scale(0, 1, names_px, width - _VALUE_ROOM_PX)
    rows = [
        _row(criterion, track, _TOP_PX + index * _ROW_PX, names_px, width)
        for index, criterion in enumerate(criteria)
    ]
    base = _TOP_PX + len(criteria) * _ROW_PX
    foot = _TOTAL_PX + _NOTE_PX * len(_notes(sheet)) if with_total else 0.0
    return figure(
        _("Points by criterion"),
        _description(sheet, criteria, with_total=with_total),
        width,
        base + foot,
        label("label-small", track(1) + 8, 10, _("points")),
        label("label-small", width, 10, _("weight"), "end"),
        *rows,
        _total(sheet, track, base, width) if with_total else "",
    )


def _description(
    sheet: ScoreSheet, criteria: tuple[CriterionScore, ...], *, with_total: bool
) -> str:
    parts = []
    for each in criteria:
        points = _("no mark") if each.points is None else decimal(each.points)
        words = _("{criterion}: {points} of {top}")
        parts.append(words.format(criterion=each.name, points=points, top=decimal(each.top)))
    sentences = [f"{'; '.join(parts)}."]
    if with_total:
        words = _("Total: {total}; pass mark {pass_mark}.")
        total, mark = _total_in_words(sheet), f"{decimal(sheet.pass_mark)} %"
        sentences.append(words.format(total=total, pass_mark=mark))
        if sheet.near_mark:
            words = _("The pass mark lies within one standard error of measurement of the total.")
            sentences.append(words)
    return " ".join(sentences)


def _total_in_words(sheet: ScoreSheet) -> str:
    if sheet.percent is None:
        return _("incomplete")
    total = f"{decimal(sheet.percent)} %"
    if sheet.sem is None:
        return total
    return _("{total} ± {error} SEM").format(total=total, error=decimal(sheet.sem))


def _notes(sheet: ScoreSheet) -> list[tuple[str, str]]:
    """Lines under the total: the name of its sign, if it has one, and the words."""
    notes = []
    if any(each.least is not None for each in sheet.criteria):
        notes.append(("least", _("least points of a must-pass criterion")))
    if sheet.percent is not None and sheet.sem is not None:
        words = _("one standard error of measurement (SEM) on either side of the total")
        if sheet.near_mark:
            words = _("one standard error of measurement (SEM): the pass mark lies within it")
        notes.append(("error", words))
    return notes


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
    drawn.append(label("label-small", width, middle + 3.5, f"{decimal(c.weight_pct)} %", "end"))
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
        return label("label-alarm", x, y, _("no mark"))
    words = _("{level} of {top}").format(level=decimal(c.points), top=decimal(c.top))
    return label("label-alarm", x, y, f"{words} ✗") if c.failed else label("label", x, y, words)


def _total(sheet: ScoreSheet, track: Scale, base: float, width: float) -> str:
    top = base + 12
    height = _BAR_PX + 5
    baseline = top + height - 4
    mark_x = track(sheet.pass_mark / 100)
    drawn = [
        line("axis", 0, base + 3, width, base + 3),
        label("label-strong", 0, baseline, _("Total")),
        rectangle("bar-empty", track(0), top, track(1) - track(0), height),
    ]
    if sheet.percent is None:
        drawn.append(label("label-alarm", track(1) + 8, baseline, _("incomplete")))
    else:
        share = track(min(max(sheet.percent, 0.0), 100.0) / 100) - track(0)
        drawn.append(rectangle("bar", track(0), top, share, height))
        words = _total_in_words(sheet)
        drawn.append(label("label-strong", track(1) + 8, baseline, words))
    drawn.append(line("halo", mark_x, top + 1, mark_x, top + height - 1))
    drawn.append(line("limit", mark_x, top - 3, mark_x, top + height + 5))
    drawn.append(_whisker(sheet, track, top + height / 2))
    words = _("pass mark {pass_mark}").format(pass_mark=f"{decimal(sheet.pass_mark)} %")
    half = width_of(words, "label-muted") / 2
    middle = min(mark_x, width - half)
    drawn.append(label("label-muted", middle, top + height + 17, words, "middle"))
    for at, (sign, words) in enumerate(_notes(sheet)):
        y = top + height + 34 + _NOTE_PX * at
        drawn.append(_note_sign(sign, y))
        drawn.append(label("label-muted", 24, y, words))
    return element("g", None, *drawn)


def _whisker(sheet: ScoreSheet, track: Scale, y: float) -> str:
    """One standard error on either side of the total, with a rim of paper over bar and frame."""
    if sheet.percent is None or sheet.sem is None:
        return ""
    low, high = (
        track(min(max(sheet.percent + sign * sheet.sem, 0.0), 100.0) / 100) for sign in (-1, 1)
    )
    return _span("halo", low, high, y) + _span("limit", low, high, y)


def _span(look: str, low: float, high: float, y: float) -> str:
    return "".join(
        (
            line(look, low, y, high, y),
            line(look, low, y - 4.5, low, y + 4.5),
            line(look, high, y - 4.5, high, y + 4.5),
        )
    )


def _note_sign(sign: str, y: float) -> str:
    if sign == "error":
        return _span("limit", 1, 17, y - 3.5)
    return polygon("ink", [(5.5, y - 6), (12.5, y - 6), (9, y - 1)])
