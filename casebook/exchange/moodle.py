"""Moodle-style rubric CSV: a row for each level, points added up.

Moodle itself writes no such file; importers for it read one with the columns ``criterion``,
``level``, ``level_description`` and ``score``, the rows of one criterion following each other or
not. The rubric's own name stands nowhere in it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from casebook.diagnostics.finding import Finding
from casebook.domain.program.rubric import Rubric
from casebook.exchange.delimited import column, decoded, headings, number, read_rows, written
from casebook.exchange.foreign import (
    ForeignCriterion,
    ForeignLevel,
    ForeignReading,
    ForeignRubric,
    fault,
)
from casebook.exchange.points import added_points, shown

_HEADING: Final = ("criterion", "level", "level_description", "score")
_COLUMNS: Final = ("criterion", "level", "level description", "score")


def is_moodle(names: Sequence[str]) -> bool:
    """Whether a heading is that of a Moodle-style rubric."""
    return "criterion" in names and "score" in names


def read_moodle(path: str, content: bytes) -> ForeignReading:
    """The one rubric of a Moodle-style file; it has no title."""
    rows = read_rows(path, decoded(content))
    if isinstance(rows, Finding):
        return ForeignReading(findings=(rows,))
    names = headings(rows[0])
    heading = fault(
        path, rows[0].line, "the first line is not the heading of a Moodle-style rubric",
        f"it reads: {','.join(_HEADING)}",
    )  # fmt: skip
    if not is_moodle(names):
        return ForeignReading(findings=(heading,))
    criterion_at, level_at, about_at, score_at = (column(names, each) for each in _COLUMNS)
    findings: list[Finding] = []
    found: dict[str, list[ForeignLevel]] = {}
    lines: dict[str, int] = {}
    for row in rows[1:]:
        title = " ".join(row.cell(criterion_at).split())
        score = number(row.cell(score_at))
        if not title:
            findings.append(
                fault(path, row.line, "the row names no criterion",
                      "write the criterion into each row, also where it is that of the row above")
            )  # fmt: skip
        if score is None:
            findings.append(
                fault(path, row.line, f"{row.cell(score_at)[:20]!r} is no score",
                      "score holds one number that is not below 0, such as 2 or 1.5")
            )  # fmt: skip
        if title and score is not None:
            label = row.cell(level_at) or f"{shown(score)} points"
            level = ForeignLevel(label, row.cell(about_at), score)
            found.setdefault(title, []).append(level)
            lines.setdefault(title, row.line)
    if not rows[1:]:
        findings.append(
            fault(path, rows[0].line, "no level stands below the heading", "export it again")
        )
    if findings:
        return ForeignReading(findings=tuple(findings))
    unknown = [name for name in names if name and name not in _COLUMNS]
    remarks = [f"columns that casebook has no place for: {', '.join(unknown)}"] if unknown else []
    if all(level.name.isdecimal() for levels in found.values() for level in levels):
        remarks.append("levels have numbers for names; candidates read these, so write names")
    criteria = (
        ForeignCriterion(title, "", tuple(levels), lines[title]) for title, levels in found.items()
    )
    return ForeignReading((ForeignRubric(None, tuple(criteria), 1, tuple(remarks)),))


def write_moodle(rubric: Rubric) -> bytes:
    """A rubric as Moodle-style CSV, the lowest level first.

    Criteria of one title are told apart by a number, since the title alone groups the rows.
    """
    return written(_rows(rubric))


def told_apart(rubric: Rubric) -> tuple[str, ...]:
    """The titles of the criteria, each different from those before it."""
    titles: list[str] = []
    taken: set[str] = set()
    for criterion in rubric.criteria:
        plain = " ".join(criterion.title.split())
        title, count = plain, 1
        while title in taken:
            count += 1
            title = f"{plain} ({count})"
        taken.add(title)
        titles.append(title)
    return tuple(titles)


def _rows(rubric: Rubric) -> Iterator[Sequence[str]]:
    yield _HEADING
    points = added_points(rubric).points
    for title, criterion, worth in zip(told_apart(rubric), rubric.criteria, points, strict=True):
        for level, each in zip(criterion.levels, worth, strict=True):
            yield title, level.label, level.describes, shown(each)
