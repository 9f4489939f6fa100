"""Reads many graders' mark sheets, finished or not, so that their marks can be compared.

What cannot be read is left out and named: one bad file never hides the others. A mark that is
missing stays missing, and the rest of its sheet counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from casebook.bundle.signing.signers import SignerPolicy
from casebook.diagnostics import codes
from casebook.domain.marking.marks import Mark, MarkSheet
from casebook.domain.names import folded_name
from casebook.domain.outcome.results import Scored
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.errors import CasebookError
from casebook.evaluation.agreement.sheet_marks import SheetMarks
from casebook.evaluation.scoring import decide, percent_of, score_criteria
from casebook.rules.marks import check_marks
from casebook.workflow.examination import Checked, LeftOut
from casebook.workflow.marking.mark_files import MarkFile, MarkFiles

_SAID: Final = frozenset(
    code.id
    for code in (
        codes.UNKNOWN_CRITERION,
        codes.UNKNOWN_MARK_LEVEL,
        codes.MARKED_TWICE,
        codes.MARKED_FROM_PROTOCOL,
    )
)
"""Findings about marks that do not count here; a mark that is missing is no fault."""


@dataclass(frozen=True, slots=True)
class RubricUsed:
    """What sheets were marked by.

    Attributes:
        program: The program's id, or what the sheets call it.
        rubric: The rubric's id.
        digest: The rubric's digest; None where neither the sheets nor a program tell it.
    """

    program: str
    rubric: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class ComparedSheet:
    """One sheet's marks, and what they were made by.

    Attributes:
        path: The file.
        used: The rubric that the sheet names.
        rubric: The same as a record; None where it is not at hand.
        marks: Levels that are on its scales, as they are written where it is not at hand.
        sealed: Whether they can no longer be changed.
    """

    path: str
    used: RubricUsed
    rubric: Rubric | None
    marks: SheetMarks
    sealed: bool


@dataclass(frozen=True, slots=True)
class ComparedReading:
    """Sheets that were read, in the order of their files, and what was not."""

    sheets: tuple[ComparedSheet, ...]
    left_out: tuple[LeftOut, ...]
    checked: Checked


@dataclass(slots=True)
class _Desk:
    """What is kept while sheets are read."""

    files: MarkFiles
    digests: dict[int, str] = field(default_factory=dict)


def read_compared_sheets(
    paths: Sequence[Path], named: Program | None = None, signers: SignerPolicy | None = None
) -> ComparedReading:
    """Read mark sheets and sealed marks: files, and folders that are searched for them.

    Args:
        paths: Files and folders.
        named: The program to go by, instead of the one that each sheet names.
        signers: Whose signatures count; only marks that their graders signed are taken then.

    Raises:
        UsageError: A path is not there, or a file that is named is no mark sheet.
    """
    desk = _Desk(MarkFiles(named, signers=signers))
    sheets = [_compared(file, desk) for file in desk.files.each(paths)]
    kept = tuple(_one_each(sheets, desk))
    return ComparedReading(kept, tuple(desk.files.left_out), desk.files.checked)


def _compared(file: MarkFile, desk: _Desk) -> ComparedSheet:
    """One file's marks."""
    assert isinstance(file.piece.record, MarkSheet)  # noqa: S101 - no session was asked for
    sheet = Piece(file.shown, file.piece.record, file.piece.places)
    rubric, used = _rubric(file, sheet.record, desk)
    if rubric is not None and file.sealed is None:
        faults = (each for each in check_marks(sheet, rubric) if each.code in _SAID)
        desk.files.tell(file.shown, file.content, faults)
    marks = _marks(sheet.record, used, rubric)
    return ComparedSheet(file.shown, used, rubric, marks, file.sealed is not None)


def _rubric(file: MarkFile, sheet: MarkSheet, desk: _Desk) -> tuple[Rubric | None, RubricUsed]:
    """The rubric a sheet was marked by, where that very wording is at hand."""
    program = _program(file, desk)
    rubric = program.rubric(sheet.rubric) if program else None
    digest = sheet.rubric_digest
    if rubric is not None:
        # Why kept: a thousand sheets name the same rubric.
        current = desk.digests.get(id(rubric)) or rubric.digest
        desk.digests[id(rubric)] = current
        if digest not in {None, current}:
            rubric = None
        digest = digest or current
    name = program.rules.id if program else sheet.program
    return rubric, RubricUsed(name, sheet.rubric, digest)


def _program(file: MarkFile, desk: _Desk) -> Program | None:
    """The program of a sheet; None where it is not at hand, and levels are taken as written."""
    try:
        return desk.files.program(file)
    except CasebookError:
        return None


def _marks(sheet: MarkSheet, used: RubricUsed, rubric: Rubric | None) -> SheetMarks:
    work = f"{used.program}, level {sheet.level}: {sheet.work}"
    passed: bool | None = None
    if rubric is None:
        levels = _as_written(sheet.marks)
    else:
        outcomes = score_criteria(rubric, sheet.marks, None)
        levels = {each.criterion: each.level for each in outcomes if isinstance(each, Scored)}
        if percent_of(outcomes) is not None:
            passed = decide(outcomes, rubric)[0] == "pass"
    return SheetMarks(sheet.submission or work, sheet.work, sheet.grader.known_as, levels, passed)


def _as_written(marks: Iterable[Mark]) -> dict[str, int]:
    """Levels by criterion; of two for one criterion neither counts."""
    seen: set[str] = set()
    levels: dict[str, int] = {}
    for mark in marks:
        levels.pop(mark.criterion, None)
        if mark.level is not None and mark.criterion not in seen:
            levels[mark.criterion] = mark.level
        seen.add(mark.criterion)
    return levels


def _one_each(sheets: Sequence[ComparedSheet], desk: _Desk) -> Iterator[ComparedSheet]:
    """Of several sheets by one grader on one work the sealed one, or one of equals, or none."""
    same: dict[tuple[RubricUsed, str, str, str], list[ComparedSheet]] = {}
    for sheet in sheets:
        marks = sheet.marks
        key = (sheet.used, marks.submission, marks.work, folded_name(marks.grader))
        same.setdefault(key, []).append(sheet)
    for several in same.values():
        final = [sheet for sheet in several if sheet.sealed] or several
        if all(sheet.marks == final[0].marks for sheet in final):
            yield final[0]
            continue
        for sheet in final:
            others = ", ".join(each.path for each in final if each is not sheet)
            desk.files.leave_out(
                Path(sheet.path),
                f"{sheet.marks.grader} marked {sheet.marks.work} otherwise in {others}; "
                "keep one, or give each its `submission` if they are of two candidates",
            )
