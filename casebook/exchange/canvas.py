"""Canvas's rubric CSV: a row for each criterion, its ratings side by side, points added up.

Source:
    The heading of the template that Canvas hands out under "Import Rubric" (canvas-lms,
    ``RubricImport.template_file``): Rubric Name, Criteria Name, Criteria Description, Criteria
    Enable Range, then Rating Name, Rating Description, Rating Points again and again. Like Canvas,
    this takes headings with numbers behind them ("Rating Name 2") and a decimal comma.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from casebook.diagnostics.finding import Finding
from casebook.domain.program.rubric import Rubric
from casebook.exchange.delimited import Row, column, decoded, headings, number, read_rows, written
from casebook.exchange.foreign import (
    ForeignCriterion,
    ForeignLevel,
    ForeignReading,
    ForeignRubric,
    fault,
)
from casebook.exchange.points import added_points, shown

_RUBRIC: Final = "rubric name"
_CRITERION: Final = "criteria name"
_ABOUT: Final = "criteria description"
_RANGE: Final = "criteria enable range"
_NAME, _DESCRIPTION, _POINTS = "rating name", "rating description", "rating points"
_HEADING: Final = ("Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range")
_RATING_HEADING: Final = ("Rating Name", "Rating Description", "Rating Points")
_TRUE: Final = {"true", "yes", "1", "wahr", "vrai", "verdadero"}
"""What Canvas, and spreadsheets in other languages, write for true."""


def is_canvas(names: Sequence[str]) -> bool:
    """Whether a heading is that of a Canvas rubric."""
    return _CRITERION in names and any(_POINTS in name for name in names)


def read_canvas(path: str, content: bytes) -> ForeignReading:
    """The rubrics of a Canvas file by their names, in the order of the file."""
    rows = read_rows(path, decoded(content))
    if isinstance(rows, Finding):
        return ForeignReading(findings=(rows,))
    names = headings(rows[0])
    if not is_canvas(names):
        return ForeignReading(
            findings=(
                fault(
                    path, rows[0].line, "the first line is not the heading of a Canvas rubric",
                    f"it begins: {', '.join(_HEADING)}, {', '.join(_RATING_HEADING)}",
                ),
            )
        )  # fmt: skip
    return _Reader(path, names).read(rows[1:], rows[0].line)


def write_canvas(rubric: Rubric) -> bytes:
    """A rubric as Canvas imports it, the highest rating first, as Canvas shows them."""
    return written(_rows(rubric))


def _rows(rubric: Rubric) -> Iterator[Sequence[str]]:
    most = max(len(each.levels) for each in rubric.criteria)
    yield (*_HEADING, *_RATING_HEADING * most)
    points = added_points(rubric).points
    for criterion, worth in zip(rubric.criteria, points, strict=True):
        row = [rubric.title, criterion.title, criterion.asks, "false"]
        for level, each in reversed(list(zip(criterion.levels, worth, strict=True))):
            row += [level.label, level.describes, shown(each)]
        yield row + [""] * (len(_HEADING) + 3 * most - len(row))


class _Reader:
    """Reads rows by the columns that the heading names, and collects what is wrong."""

    def __init__(self, path: str, names: Sequence[str]) -> None:
        self.path = path
        self.rubric = column(names, _RUBRIC)
        self.criterion = column(names, _CRITERION)
        self.about = column(names, _ABOUT)
        self.range = column(names, _RANGE)
        self.ratings = list(
            zip(
                [index for index, name in enumerate(names) if _NAME in name],
                [index for index, name in enumerate(names) if _DESCRIPTION in name],
                [index for index, name in enumerate(names) if _POINTS in name],
                strict=False,
            )
        )
        known = (_RUBRIC, _CRITERION, _ABOUT, _RANGE)
        self.unknown = [
            name
            for name in names
            if name and name not in known
            and not any(part in name for part in (_NAME, _DESCRIPTION, _POINTS))
        ]  # fmt: skip
        self.findings: list[Finding] = []

    def read(self, rows: Sequence[Row], heading_line: int) -> ForeignReading:
        found: dict[str, list[ForeignCriterion]] = {}
        for row in rows:
            name = " ".join(row.cell(self.rubric).split())
            if not name:
                self._note(row, "the row does not say which rubric it belongs to",
                           "write the rubric's name into the first column of each row")  # fmt: skip
            if criterion := self._criterion(row):
                found.setdefault(name, []).append(criterion)
        if not rows:
            self._note(Row(heading_line, ()), "no criterion stands below the heading",
                       "export the rubric again")  # fmt: skip
        if self.findings:
            return ForeignReading(findings=tuple(self.findings))
        remarks = (
            (f"columns that casebook has no place for: {', '.join(self.unknown)}",)
            if self.unknown else ()
        )  # fmt: skip
        return ForeignReading(
            tuple(
                ForeignRubric(name, tuple(criteria), criteria[0].line, remarks)
                for name, criteria in found.items()
            )
        )

    def _criterion(self, row: Row) -> ForeignCriterion | None:
        title = row.cell(self.criterion)
        if not title:
            self._note(row, "the criterion has no name", "give it one in Criteria Name")
        known = len(self.findings)
        levels = [level for places in self.ratings if (level := self._level(row, *places))]
        if title and not levels and len(self.findings) == known:
            self._note(row, f"the criterion {title!r} has no ratings", "give it at least one")
        if not title or not levels:
            return None
        covers = row.cell(self.range).casefold() in _TRUE
        return ForeignCriterion(
            title, row.cell(self.about), tuple(levels), row.line, covers_ranges=covers
        )

    def _level(self, row: Row, name: int, description: int, points: int) -> ForeignLevel | None:
        label, describes, worth = row.cell(name), row.cell(description), row.cell(points)
        if not (label or describes or worth):
            return None
        value: Fraction | None = number(worth)
        if value is None:
            said = f"{worth[:20]!r} is no number of points" if worth else "it has no points"
            hint = "Rating Points holds one number that is not below 0, such as 2 or 1.5"
            self._note(row, f"the rating {label or describes[:20]!r}: {said}", hint)
            return None
        return ForeignLevel(label or f"{shown(value)} points", describes, value)

    def _note(self, row: Row, message: str, hint: str) -> None:
        self.findings.append(fault(self.path, row.line, message, hint))
