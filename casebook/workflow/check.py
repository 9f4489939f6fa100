"""Checks files and portfolios: every finding of every file at once."""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from casebook.diagnostics.finding import Finding, Report
from casebook.domain.case_study import CaseStudy
from casebook.domain.marks import MarkSheet
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Piece
from casebook.domain.program import Program, ProgramFile
from casebook.domain.rubric import Rubric
from casebook.errors import UsageError
from casebook.files import read_bytes
from casebook.source.attachments import attachments_of, check_attachments
from casebook.source.encoding import LARGEST_READ_BYTES
from casebook.source.folder import DiskFolder
from casebook.source.load import load
from casebook.source.portfolio import (
    is_portfolio,
    open_portfolio,
    portfolio_around,
    program_around,
)
from casebook.source.program import PROGRAM_FILE, find_program, read_program
from casebook.workflow.examination import (
    Checked,
    examine_portfolio,
    portfolio_meant,
    shown_below,
)
from casebook.workflow.pieces import (
    check_case_study,
    check_mark_sheet,
    check_observation,
    check_program_files,
)


def check_paths(paths: Sequence[Path], on: date) -> Checked:
    """Check every file and portfolio folder given, on the day ``on``; none is checked twice.

    Raises:
        UsageError: A path is not there, or a folder is no portfolio.
    """
    targets = {os.path.realpath(target): target for target in map(_target, reversed(paths))}
    findings: list[Finding] = []
    sources: dict[str, bytes] = {}
    done: set[str] = set()
    # Why folders first: a file of a portfolio that is checked as a whole is checked already.
    for real, target in sorted(targets.items(), key=lambda item: not item[1].is_dir()):
        if real in done:
            continue
        checked = _check_folder(target, on) if target.is_dir() else check_file(target, on)
        done |= {os.path.realpath(path) for path in checked.sources}
        findings.extend(checked.report.findings)
        sources.update(checked.sources)
    return Checked(Report.of(findings, len(sources)), sources)


def check_file(path: Path, on: date, program: Program | None = None) -> Checked:
    """Check one file by itself.

    Args:
        path: A file of any kind that casebook reads.
        on: The day to judge for.
        program: The rules to go by; those of the portfolio the file lies in when left out.

    Raises:
        UsageError: There is no such file.
    """
    content = read_bytes(path, LARGEST_READ_BYTES)
    shown = os.path.normpath(path)
    loaded = load(shown, content)
    findings = list(loaded.findings)
    piece = loaded.piece
    if piece is not None and isinstance(piece.record, ProgramFile):
        return _check_program_file(path)
    if piece is not None:
        findings.extend(_check_alone(piece, path, program, on))
    return Checked(Report.of(findings, 1), {shown: content})


def _target(path: Path) -> Path:
    """The folder that a portfolio's file stands for, or the path itself."""
    if str(path) == "-" and not path.exists():
        raise UsageError(
            "standard input is not read", hint="save the text as a file, and name that file"
        )
    return portfolio_meant(path)


def _check_folder(folder: Path, on: date) -> Checked:
    if not is_portfolio(folder) and (folder / PROGRAM_FILE).is_file():
        return _check_program_file(folder / PROGRAM_FILE)
    examined = examine_portfolio(open_portfolio(folder), on)
    return shown_below(folder, examined.report, examined.reading.contents)


def _check_program_file(path: Path) -> Checked:
    reading = read_program(DiskFolder(path.parent), path.name)
    findings = list(reading.findings)
    if reading.main is not None:
        findings.extend(check_program_files(reading.main, reading.rubrics))
    return shown_below(path.parent, Report.of(findings, len(reading.files)), reading.files)


def _check_alone(
    piece: Piece[CaseStudy] | Piece[Observation] | Piece[MarkSheet] | Piece[Rubric],
    path: Path,
    program: Program | None,
    on: date,
) -> Iterator[Finding]:
    if isinstance(piece.record, MarkSheet):
        yield from _check_sheet(Piece(piece.path, piece.record, piece.places), path, program)
        return
    root = portfolio_around(path)
    if program is None and root is not None and (around := program_around(path)):
        program = around.program
        if program is None:
            yield from shown_below(root, Report.of(around.findings, 0), {}).report.findings
    if isinstance(piece.record, CaseStudy):
        case = Piece(piece.path, piece.record, piece.places)
        yield from check_case_study(case, program, on)
        yield from _check_attached(case, root)
    elif isinstance(piece.record, Observation):
        session = Piece(piece.path, piece.record, piece.places)
        yield from check_observation(session, program, on)
        yield from _check_attached(session, root)


def _check_sheet(sheet: Piece[MarkSheet], path: Path, program: Program | None) -> Iterator[Finding]:
    if program is None:
        place = sheet.places.of("program")
        reading = find_program(sheet.record.program, DiskFolder(path.parent), place)
        yield from reading.findings
        program = reading.program
    if program is not None:
        yield from check_mark_sheet(sheet, program)


def _check_attached(
    work: Piece[CaseStudy] | Piece[Observation], root: Path | None
) -> Iterator[Finding]:
    """Look for a work's attachments; outside a portfolio nothing says where they lie."""
    if root is not None:
        yield from check_attachments(attachments_of([work]), DiskFolder(root))
