"""Reads many graders' mark sheets, finished or not, so that their marks can be compared.

What cannot be read is left out and named: one bad file never hides the others. A mark that is
missing stays missing, and the rest of its sheet counts.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report
from casebook.domain.marks import Mark, MarkSheet
from casebook.domain.portfolio import Piece
from casebook.domain.program import Program
from casebook.domain.results import Scored
from casebook.domain.rubric import Rubric
from casebook.domain.sealed_marks import SealedMarks, chain_faults
from casebook.errors import UsageError
from casebook.evaluation.agreement.sheet_marks import SheetMarks
from casebook.evaluation.scoring import decide, percent_of, score_criteria
from casebook.files import read_bytes
from casebook.rules.marks import check_marks
from casebook.source.encoding import LARGEST_READ_BYTES
from casebook.source.folder import DiskFolder
from casebook.source.load import KINDS, load
from casebook.source.program import find_program, folder_naming, is_shipped_id
from casebook.workflow.examination import Checked, has_faults_of_form
from casebook.workflow.statistics.scored_sheets import LeftOut

SUFFIXES: Final = (".yaml", ".yml", ".sealed.json")

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

    named: Program | None
    programs: dict[tuple[str, str], Program | None] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    read: int = 0

    def tell(self, shown: str, content: bytes, findings: Iterable[Finding]) -> None:
        """Keep findings, and the text they speak of."""
        if found := list(findings):
            self.findings += found
            self.sources[shown] = content


def read_compared_sheets(paths: Sequence[Path], named: Program | None = None) -> ComparedReading:
    """Read mark sheets and sealed marks: files, and folders that are searched for them.

    Args:
        paths: Files and folders.
        named: The program to go by, instead of the one that each sheet names.

    Raises:
        UsageError: A path is not there, or a file that is named is no mark sheet.
    """
    desk = _Desk(named)
    sheets = [
        sheet
        for path, given in _files(paths)
        if (sheet := _read(path, desk, given=given)) is not None
    ]
    return ComparedReading(
        tuple(_one_each(sheets, desk)),
        tuple(desk.left_out),
        Checked(Report.of(desk.findings, desk.read), desk.sources),
    )


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file once, and whether it was given by its own name."""
    found: dict[str, tuple[Path, bool]] = {}
    for path in paths:
        if path.is_dir():
            for name in DiskFolder(path).names():
                if name.endswith(SUFFIXES):
                    found.setdefault(os.path.realpath(path / name), (path / name, False))
        else:
            found[os.path.realpath(path)] = (path, True)
    return iter(sorted(found.values(), key=lambda each: os.path.normpath(each[0])))


def _read(path: Path, desk: _Desk, *, given: bool) -> ComparedSheet | None:
    """One file's marks; None for what is no mark sheet, or cannot be read."""
    shown = os.path.normpath(path)
    content = read_bytes(path, LARGEST_READ_BYTES)
    loaded = load(shown, content)
    is_other = loaded.kind is not None and loaded.kind not in {"mark-sheet", "sealed-marks"}
    if is_other or any(each.code == codes.WRONG_KIND.id for each in loaded.findings):
        if given:
            what = f"a {loaded.kind}" if loaded.kind in KINDS else "a file of no known kind"
            raise UsageError(
                f"{path}: {what} is no mark sheet",
                hint="name graders' mark sheets, or a folder that holds them",
            )
        return None
    desk.read += 1
    if loaded.piece is None or has_faults_of_form(loaded.findings):
        desk.tell(shown, content, loaded.findings)
        desk.left_out.append(LeftOut(shown, "it has faults of form, which come first"))
        return None
    record, places = loaded.piece.record, loaded.piece.places
    sealed = isinstance(record, SealedMarks)
    if isinstance(record, SealedMarks):
        if faults := chain_faults(record):
            desk.left_out.append(LeftOut(shown, f"its seal does not hold: {faults[0]}"))
            return None
        record = record.sheet()
    sheet: Piece[MarkSheet] = Piece(shown, record, places)
    rubric, used = _rubric(sheet, path, desk)
    if rubric is not None and not sealed:
        faults_of_marks = check_marks(sheet, rubric)
        desk.tell(shown, content, (each for each in faults_of_marks if each.code in _SAID))
    return ComparedSheet(shown, used, rubric, _marks(sheet.record, used, rubric), sealed)


def _rubric(sheet: Piece[MarkSheet], path: Path, desk: _Desk) -> tuple[Rubric | None, RubricUsed]:
    """The rubric a sheet was marked by, where that very wording is at hand."""
    record = sheet.record
    program = desk.named or _program(sheet, path, desk)
    rubric = program.rubric(record.rubric) if program else None
    digest = record.rubric_digest
    if rubric is not None:
        # Why kept: a thousand sheets name the same rubric.
        current = desk.digests.get(id(rubric)) or rubric.digest
        desk.digests[id(rubric)] = current
        if digest not in {None, current}:
            rubric = None
        digest = digest or current
    name = program.rules.id if program else record.program
    return rubric, RubricUsed(name, record.rubric, digest)


def _program(sheet: Piece[MarkSheet], path: Path, desk: _Desk) -> Program | None:
    reference = sheet.record.program
    place = "" if is_shipped_id(reference) else os.path.realpath(path.parent)
    key = (reference, place)
    if key not in desk.programs:
        where = sheet.places.of("program")
        reading = find_program(reference, folder_naming(reference, path.parent), where)
        desk.programs[key] = reading.program if reading.sound else None
    return desk.programs[key]


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
    grader = sheet.grader.id or " ".join(sheet.grader.name.split())
    return SheetMarks(sheet.submission or work, sheet.work, grader, levels, passed)


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
        key = (sheet.used, marks.submission, marks.work, marks.grader.casefold())
        same.setdefault(key, []).append(sheet)
    for several in same.values():
        final = [sheet for sheet in several if sheet.sealed] or several
        if all(sheet.marks == final[0].marks for sheet in final):
            yield final[0]
            continue
        for sheet in final:
            others = ", ".join(each.path for each in final if each is not sheet)
            desk.left_out.append(
                LeftOut(
                    sheet.path,
                    f"{sheet.marks.grader} marked {sheet.marks.work} otherwise in {others}; "
                    "keep one, or give each its `submission` if they are of two candidates",
                )
            )
