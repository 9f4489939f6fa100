"""Sums up what graders marked, out of issued results, sealed marks and mark sheets.

A result knows most: it goes before the sealed marks it was made of, and those before the sheet
that was sealed. Sealed marks without a result stay closed: they tell when they were sealed and
how often they were changed, never a level.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from casebook.diagnostics.finding import Finding, Report
from casebook.domain.issued import IssuedResult
from casebook.domain.marks import MarkSheet
from casebook.domain.moderation import ModeratedWork
from casebook.domain.portfolio import Piece
from casebook.domain.program import Program
from casebook.domain.results import Evaluation, Scored
from casebook.domain.sealed_marks import SealedMarks, chain_faults
from casebook.errors import CasebookError, UsageError
from casebook.evaluation.grader_record import GraderRecord, JudgedWork, grader_records
from casebook.evaluation.lineage import newest_results
from casebook.files import read_bytes
from casebook.source.encoding import LARGEST_READ_BYTES
from casebook.source.folder import DiskFolder
from casebook.source.load import load
from casebook.source.program import is_shipped_id
from casebook.workflow.examination import Checked, has_faults_of_form
from casebook.workflow.programs import show_program
from casebook.workflow.results.files import APPEAL_SUFFIX, RESULT_SUFFIX, read_result_files
from casebook.workflow.score import evaluate, program_of, sound_program
from casebook.workflow.statistics.scored_sheets import LeftOut

_SUFFIXES: Final = (".yaml", ".yml", ".sealed.json")

_Key: TypeAlias = tuple[str, str, str]
"""Submission, work, grader."""


@dataclass(frozen=True, slots=True)
class GraderSummary:
    """Graders in figures, and what could not be counted."""

    graders: tuple[GraderRecord, ...]
    left_out: tuple[LeftOut, ...]
    checked: Checked


@dataclass(slots=True)
class _Desk:
    """What is kept while files are read."""

    named: Program | None
    programs: dict[tuple[str, str], Program] = field(default_factory=dict)
    sheets: dict[_Key, JudgedWork] = field(default_factory=dict)
    sealed: dict[_Key, JudgedWork] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    read: int = 0


def sum_up_graders(
    paths: Sequence[Path], program_path: Path | None = None, grader: str | None = None
) -> GraderSummary:
    """Sum up each grader's works.

    Args:
        paths: Results, sealed marks, mark sheets, and folders that are searched for them.
        program_path: The program that sheets are scored by, instead of the one that each names.
        grader: The id or name of the only grader to sum up.

    Raises:
        UsageError: There is nothing to sum up, or nothing by this grader.
    """
    desk = _Desk(show_program(str(program_path)) if program_path else None)
    results, others = _files(paths)
    found = read_result_files(results) if results else None
    for path, given in others:
        _read(path, desk, given=given)
    judged = dict(
        _of_results(each.record for each in newest_results(found.results if found else ()))
    )
    for key, work in (*desk.sealed.items(), *desk.sheets.items()):
        if key in judged:
            known = judged[key]
            judged[key] = replace(
                known, sealed=known.sealed or work.sealed, changed=known.changed or work.changed
            )
        else:
            judged[key] = work
    chosen = [each for each in judged.values() if grader in {None, each.grader, each.name}]
    findings = (*desk.findings, *(found.checked.report.findings if found else ()))
    report = Report.of(findings, desk.read + (found.checked.report.files if found else 0))
    if not chosen and report.acceptable and not desk.left_out:
        raise _nothing(grader, judged.values())
    sources = {**desk.sources, **(found.checked.sources if found else {})}
    return GraderSummary(grader_records(chosen), tuple(desk.left_out), Checked(report, sources))


def _nothing(grader: str | None, judged: Iterable[JudgedWork]) -> UsageError:
    if grader is None:
        return UsageError(
            "there are no marks among these files",
            hint="name results, sealed marks or mark sheets, or a folder that holds them",
        )
    known = ", ".join(sorted({each.grader for each in judged}))
    return UsageError(f"nothing here was marked by {grader!r}", hint=f"there are: {known}")


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[tuple[Path, bool]]]:
    """Results, and every other file with whether it was given by its own name."""
    results: dict[str, Path] = {}
    others: dict[str, tuple[Path, bool]] = {}
    for path in paths:
        inside = [(path, True)]
        if path.is_dir():
            inside = [(path / name, False) for name in DiskFolder(path).names()]
        for each, given in inside:
            if each.name.endswith(RESULT_SUFFIX):
                results[os.path.realpath(each)] = each
            elif each.name.endswith(_SUFFIXES) or (given and not each.name.endswith(APPEAL_SUFFIX)):
                others[os.path.realpath(each)] = (each, given)
    return sorted(results.values()), sorted(others.values())


def _read(path: Path, desk: _Desk, *, given: bool) -> None:
    shown = os.path.normpath(path)
    content = read_bytes(path, LARGEST_READ_BYTES)
    loaded = load(shown, content)
    if loaded.kind not in {"mark-sheet", "sealed-marks"}:
        if given:
            raise UsageError(
                f"{path} holds no marks",
                hint="name results, sealed marks and mark sheets, or a folder that holds them",
            )
        return
    desk.read += 1
    if loaded.piece is None or has_faults_of_form(loaded.findings):
        desk.findings.extend(loaded.findings)
        desk.sources[shown] = content
        return
    record = loaded.piece.record
    if isinstance(record, SealedMarks):
        _keep_sealed(shown, record, desk)
    else:
        _keep_sheet(path, loaded.piece, desk)


def _keep_sealed(shown: str, sealed: SealedMarks, desk: _Desk) -> None:
    if faults := chain_faults(sealed):
        desk.left_out.append(LeftOut(shown, f"its seal does not hold: {faults[0]}"))
        return
    changes = len(sealed.entries) - 1
    desk.sealed[sealed.submission, sealed.work, sealed.grader] = JudgedWork(
        grader=sealed.grader,
        name=sealed.sheet().grader.name,
        submission=sealed.submission,
        work=sealed.work,
        changes=changes,
        sealed=_day(sealed.entries[0].moment),
        changed=_day(sealed.entries[-1].moment) if changes else None,
    )


def _keep_sheet(path: Path, piece: Piece[MarkSheet], desk: _Desk) -> None:
    sheet, shown = piece.record, os.path.normpath(path)
    try:
        evaluation = evaluate(sheet, _program(path, piece, desk))
    except CasebookError as error:
        desk.left_out.append(LeftOut(shown, str(error).removeprefix(f"{path}: ")))
        return
    if evaluation is None:
        desk.left_out.append(LeftOut(shown, "its program has no rubric for it"))
        return
    grader = sheet.grader.id or " ".join(sheet.grader.name.split())
    # Why the file: nothing else tells whose work it is.
    submission = sheet.submission or shown
    desk.sheets[submission, sheet.work, grader] = JudgedWork(
        grader=grader,
        name=sheet.grader.name,
        submission=submission,
        work=sheet.work,
        **_levels(evaluation),
    )


def _program(path: Path, piece: Piece[MarkSheet], desk: _Desk) -> Program:
    if desk.named is not None:
        return desk.named
    reference = piece.record.program
    key = (reference, "" if is_shipped_id(reference) else os.path.realpath(path.parent))
    if key not in desk.programs:
        desk.programs[key] = sound_program(program_of(piece, path))
    return desk.programs[key]


def _of_results(results: Iterable[IssuedResult]) -> Iterator[tuple[_Key, JudgedWork]]:
    for result in results:
        seals = {(seal.work, seal.grader): seal for seal in result.seals}
        for work in result.works:
            for grader, evaluation in work.evaluations.items():
                seal = seals.get((work.work, grader))
                sealed = seal is not None and seal.seal is not None
                yield (
                    (result.submission, work.work, grader),
                    JudgedWork(
                        grader=grader,
                        name=evaluation.grader,
                        submission=result.submission,
                        work=work.work,
                        agreed_percent=work.percent,
                        graders=len(work.evaluations),
                        overruled=_overruled(work, evaluation),
                        changes=seal.entries - 1 if seal and sealed else None,
                        issued=result.issued.isoformat(),
                        **_levels(evaluation),
                    ),
                )


def _levels(evaluation: Evaluation) -> dict[str, Any]:
    """What one grader's marks alone come to; figures taken from the protocol are nobody's marks."""
    scored = [each for each in evaluation.criteria if isinstance(each, Scored)]
    return {
        "judges": evaluation.judges,
        "shares": tuple(each.level / each.top for each in scored if not each.from_protocol),
        "percent": evaluation.percent,
        "failures": sum(not each.reached for each in scored),
    }


def _overruled(work: ModeratedWork, evaluation: Evaluation) -> int:
    passed = {each.criterion for each in work.criteria if each.reached}
    return sum(
        isinstance(each, Scored) and not each.reached and each.criterion in passed
        for each in evaluation.criteria
    )


def _day(moment: str) -> str:
    return moment.partition("T")[0]
