"""Checks mark sheets: by their rubric, and against the submission they are about."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.domain.canonical import brief
from casebook.domain.marking.graders import GradersFile
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy
from casebook.errors import UsageError
from casebook.evaluation.impartiality import conflicts_between
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.rules.impartiality import check_grader
from casebook.rules.mark_sheet import (
    HandedIn,
    check_finished,
    check_listed,
    check_rules,
    check_submission,
)
from casebook.rules.quotations import check_places
from casebook.source.load import KINDS, load
from casebook.source.named_files import files_named
from casebook.source.program import ProgramReading
from casebook.workflow.examination import Checked, has_faults_of_form
from casebook.workflow.moderating.grader_list import grader_list
from casebook.workflow.moderating.submissions import submissions_at
from casebook.workflow.pieces import check_mark_sheet
from casebook.workflow.programs import program_reading
from casebook.workflow.received import Received, receive
from casebook.workflow.score import program_of, sound_program

_SUFFIXES: Final = (".yaml", ".yml")

_OPEN: Final = frozenset(code.id for code in (codes.UNMARKED, codes.UNDECLARED, codes.UNTIED))
"""What is merely left to do in a draft, and keeps a sheet from being finished."""


@dataclass(frozen=True, slots=True)
class SheetSources:
    """What sheets are held against.

    Attributes:
        submissions: Submissions, or folders of them; each sheet finds its own by its digest.
        graders: The office's list of graders, where it does not lie near the submission.
        program: The program to go by, instead of the submission's or the one a sheet names.
        on: The day folders are judged for.
    """

    on: date
    submissions: tuple[Path, ...] = ()
    graders: Path | None = None
    program: Path | None = None


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """One sheet and all that was found in it; without a record it could not be read."""

    path: Path
    """As it was named, or found in a folder that was named."""
    content: bytes
    piece: Piece[MarkSheet] | None
    findings: tuple[Finding, ...]
    named: bool
    """Whether the file itself was named, and not a folder around it."""
    received: Received | None = None
    """The submission it was held against."""

    @property
    def sound(self) -> bool:
        """Whether no finding is an error."""
        return not any(each.severity is Severity.ERROR for each in self.findings)

    @property
    def left_to_do(self) -> tuple[Finding, ...]:
        """What keeps a sheet from being finished without being wrong in it."""
        return tuple(each for each in self.findings if each.code in _OPEN)


def report_on(sheets: Iterable[CheckedSheet], *, left_to_do: bool = True) -> Checked:
    """All findings of some sheets, with the texts they speak of.

    Args:
        sheets: The sheets.
        left_to_do: Whether to tell of each thing that is merely left to do.
    """
    every = tuple(sheets)
    findings = [
        finding
        for each in every
        for finding in each.findings
        if left_to_do or finding not in each.left_to_do
    ]
    sources = {os.path.normpath(each.path): each.content for each in every}
    return Checked(Report.of(findings, len(sources)), sources)


def rules_believed(sheets: Iterable[CheckedSheet]) -> Iterator[tuple[Path, str]]:
    """Submissions whose rules came with them and were believed, with a sentence that says so."""
    for each in sheets:
        if each.received is not None and (says := each.received.rules_believed):
            yield each.received.path, says


def check_sheets(
    paths: Sequence[Path], sources: SheetSources, *, final: bool
) -> tuple[CheckedSheet, ...]:
    """Check every mark sheet that is named, and those in folders that are named.

    Args:
        paths: Sheets and folders of them.
        sources: What they are held against.
        final: Whether they are to be finished; in drafts, what is left to do is a note.

    Raises:
        UsageError: A path is not there or no mark sheet, or a folder holds none.
    """
    desk = _Desk.of(sources)
    checked = tuple(
        each
        for file in files_named(paths, _SUFFIXES)
        if (each := _check(file.path, desk, named=file.itself, final=final)) is not None
    )
    if not checked:
        raise UsageError(
            f"there is no mark sheet in {paths[0]}",
            hint="`casebook mark new SUBMISSION --grader ID` makes one",
        )
    return checked


@dataclass(slots=True)
class _Desk:
    """What is kept while sheets are checked."""

    sources: SheetSources
    received: Mapping[str, Received]
    program: Program | None
    graders: dict[Path, GradersFile | None] = field(default_factory=dict)
    programs: dict[tuple[str, Path], ProgramReading] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: SheetSources) -> "_Desk":
        found = submissions_at(sources.submissions) if sources.submissions else ()
        received = [receive(path, sources.on, sources.program) for path in found]
        named = program_reading(str(sources.program)) if sources.program else None
        program = sound_program(named) if named else None
        return cls(sources, {each.digest: each for each in received}, program)

    def received_for(self, sheet: MarkSheet) -> Received | None:
        """The submission a sheet is about; the only one there is, where it does not say."""
        if sheet.submission is None or len(self.received) == 1:
            return next(iter(self.received.values())) if len(self.received) == 1 else None
        return self.received.get(sheet.submission)

    def program_named(self, piece: Piece[MarkSheet], path: Path) -> ProgramReading:
        """The program that a sheet names itself."""
        key = (piece.record.program, path.parent)
        if key in self.programs:
            return self.programs[key]
        reading = program_of(piece, path)
        # Why only those: the findings of others speak of the place in this one sheet.
        if reading.sound:
            self.programs[key] = reading
        return reading

    def graders_for(self, received: Received) -> GradersFile | None:
        around = received.path.absolute().parent
        if around not in self.graders:
            self.graders[around] = grader_list(received.path, self.sources.graders)
        return self.graders[around]


def _check(path: Path, desk: _Desk, *, named: bool, final: bool) -> CheckedSheet | None:
    """Check one file; None for a file of another kind that a folder holds."""
    content = read_bytes(path, LARGEST_READ_BYTES)
    loaded = load(os.path.normpath(path), content)
    if loaded.kind in KINDS and loaded.kind != "mark-sheet":
        if not named:
            return None
        remedy = (
            "`casebook mark history` shows what is sealed"
            if loaded.kind == "sealed-marks"
            else "name mark sheets, or a folder that holds them"
        )
        raise UsageError(f"{path} is no mark sheet, but {loaded.called}", hint=remedy)
    findings = list(loaded.findings)
    piece: Piece[MarkSheet] | None = loaded.piece
    received = None
    if piece is not None:
        received = desk.received_for(piece.record)
        findings += _findings(piece, path, desk, received, final=final)
    if final and piece is not None and has_faults_of_form(loaded.findings):
        piece = None
    return CheckedSheet(path, content, piece, tuple(dict.fromkeys(findings)), named, received)


def _findings(
    piece: Piece[MarkSheet], path: Path, desk: _Desk, received: Received | None, *, final: bool
) -> Iterator[Finding]:
    program = desk.program or (received.program if received else None)
    if program is None:
        reading = desk.program_named(piece, path)
        yield from reading.findings
        program = reading.program if reading.sound else None
    open_now = Severity.ERROR if final else Severity.NOTE
    rubric = program.rubric(piece.record.rubric) if program else None
    found = list(check_finished(piece, received.digest if received else None, rubric))
    if program is not None:
        found += check_mark_sheet(piece, program)
        found += check_rules(piece, program)
    for each in found:
        yield replace(each, severity=open_now) if each.code in _OPEN else each
    if received is not None:
        yield from _against(piece, received, desk)
    elif desk.sources.submissions:
        yield _not_among(piece, desk.received)


def _against(piece: Piece[MarkSheet], received: Received, desk: _Desk) -> Iterator[Finding]:
    """Hold a sheet against its submission."""
    sheet, main = piece.record, received.portfolio.main.record
    works = {each.record.id: each.record for each in received.works()}
    handed_in = HandedIn(
        digest=received.digest,
        candidate=received.candidate,
        level=main.level,
        works={
            name: "case-study" if isinstance(work, CaseStudy) else "observation"
            for name, work in works.items()
        },
    )
    found = list(check_submission(piece, handed_in, received.program.rubric(sheet.rubric)))
    yield from found
    if any(each.code == codes.OTHER_SUBMISSION.id for each in found):
        return
    yield from check_places(piece, works[sheet.work])
    graders = desk.graders_for(received)
    listed = graders.grader(sheet.grader.id) if graders and sheet.grader.id else None
    if graders is not None:
        yield from check_listed(piece, graders)
    # Why both: under another name than the list has, the sheet's own name may tell of a tie.
    conflicts = conflicts_between(sheet.grader, main)
    if listed is not None:
        conflicts = tuple(dict.fromkeys((*conflicts, *conflicts_between(listed, main))))
    yield from check_grader(piece, conflicts)


def _not_among(piece: Piece[MarkSheet], received: Mapping[str, Received]) -> Finding:
    about = piece.record.submission
    if about is None:
        return codes.OTHER_SUBMISSION.at(
            piece.places.of_key("submission"),
            "the sheet does not say which of the submissions it is about",
            "write `submission:` and the digest from a sheet that `casebook mark new` makes",
        )
    return codes.OTHER_SUBMISSION.at(
        piece.places.of("submission"),
        f"none of the {len(received)} submissions is {brief(about)}",
        "name the submission that was marked; if it was changed since, the marks are not of it",
    )
