"""Checks files and portfolios: every finding of every file at once."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from casebook.diagnostics.finding import Finding, Report
from casebook.diagnostics.listing import listed
from casebook.domain.marking.graders import GradersFile
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks
from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.domain.portfolio import Piece
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.program import Program, ProgramFile
from casebook.domain.program.rubric import Rubric
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.errors import UsageError
from casebook.evaluation.impartiality import conflicts_between
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.rules.impartiality import check_examiner
from casebook.rules.issued import check_appeal, check_result
from casebook.rules.sealed_marks import check_chain
from casebook.rules.spelling import few_suggestions
from casebook.source.attachments import attachments_of, check_attachments
from casebook.source.folder import DiskFolder
from casebook.source.load import load
from casebook.source.pictures import drawing_once
from casebook.source.portfolio import (
    is_portfolio,
    main_around,
    open_portfolio,
    portfolio_around,
    program_around,
)
from casebook.source.program import PROGRAM_FILE, find_program, folder_naming, read_program
from casebook.workflow.examination import (
    Checked,
    examine_portfolio,
    portfolio_meant,
    shown_below,
)
from casebook.workflow.pieces import (
    check_bank_alone,
    check_case_study,
    check_grader_list,
    check_mark_sheet,
    check_observation,
    check_program_files,
    check_rubric_alone,
)


@drawing_once()
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


@few_suggestions()
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
        findings.extend(listed(_check_alone(piece, path, program, on)))
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
        findings.extend(check_program_files(reading.main, reading.rubrics, reading.comment_banks))
    return shown_below(path.parent, Report.of(findings, len(reading.files)), reading.files)


def _check_alone(
    piece: Piece[Any], path: Path, program: Program | None, on: date
) -> Iterator[Finding]:
    if isinstance(piece.record, CaseStudy | Observation):
        yield from _check_work(piece, path, program, on)
    elif isinstance(piece.record, MarkSheet):
        yield from _check_sheet(piece, path, program)
    else:
        check = _BY_THEMSELVES.get(type(piece.record))
        yield from check(piece) if check else ()


_BY_THEMSELVES: Final[Mapping[type, Callable[[Piece[Any]], Iterator[Finding]]]] = {
    Rubric: check_rubric_alone,
    CommentBank: check_bank_alone,
    GradersFile: check_grader_list,
    SealedMarks: check_chain,
    IssuedResult: check_result,
    Appeal: check_appeal,
}
"""Files that need no program beside them."""


def _check_work(
    piece: Piece[Any], path: Path, program: Program | None, on: date
) -> Iterator[Finding]:
    root = portfolio_around(path)
    if program is None and root is not None and (around := program_around(path)):
        program = around.program
        if program is None:
            yield from shown_below(root, Report.of(around.findings, 0), {}).report.findings
    if isinstance(piece.record, CaseStudy):
        yield from check_case_study(piece, program, on)
    else:
        yield from check_observation(piece, program, on)
        if main := main_around(path):
            conflicts = conflicts_between(piece.record.examiner, main.record)
            yield from check_examiner(piece, conflicts)
    yield from _check_attached(piece, root)


def _check_sheet(sheet: Piece[MarkSheet], path: Path, program: Program | None) -> Iterator[Finding]:
    if program is None:
        place = sheet.places.of("program")
        reference = sheet.record.program
        reading = find_program(reference, folder_naming(reference, path.parent), place)
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
