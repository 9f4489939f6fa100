"""Sums up what graders marked, out of issued results, sealed marks and mark sheets.

A result knows most: it goes before the sealed marks it was made of, and those before the sheet
that was sealed. Sealed marks without a result stay closed: they tell when they were sealed and
how often they were changed, never a level.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from casebook.bundle.signing.signers import SignerPolicy
from casebook.diagnostics.finding import Report
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.outcome.results import Evaluation, Scored
from casebook.errors import CasebookError, UsageError
from casebook.evaluation.grader_record import GraderRecord, JudgedWork, grader_records
from casebook.evaluation.lineage import ResultLine, trace
from casebook.source.named_files import files_named
from casebook.workflow.examination import Checked, LeftOut
from casebook.workflow.marking.mark_files import MarkFile, MarkFiles
from casebook.workflow.programs import show_program
from casebook.workflow.results.files import APPEAL_SUFFIX, RESULT_SUFFIX, read_result_files
from casebook.workflow.score import evaluate

_Key: TypeAlias = tuple[str, str, str]
"""Submission, work, grader."""


@dataclass(frozen=True, slots=True)
class GraderSummary:
    """Graders in figures, and what could not be counted."""

    graders: tuple[GraderRecord, ...]
    left_out: tuple[LeftOut, ...]
    checked: Checked


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read that is no result."""

    sheets: dict[_Key, JudgedWork] = field(default_factory=dict)
    sealed: dict[_Key, JudgedWork] = field(default_factory=dict)


def sum_up_graders(
    paths: Sequence[Path],
    program_path: Path | None = None,
    grader: str | None = None,
    signers: SignerPolicy | None = None,
) -> GraderSummary:
    """Sum up each grader's works.

    Args:
        paths: Results, sealed marks, mark sheets, and folders that are searched for them.
        program_path: The program that sheets are scored by, instead of the one that each names.
        grader: The id or name of the only grader to sum up.
        signers: Whose signatures count; results, and sealed marks by their graders, have to be
            signed then.

    Raises:
        UsageError: There is nothing to sum up, or nothing by this grader.
    """
    named = show_program(str(program_path)) if program_path else None
    files, kept = MarkFiles(named, signers=signers), _Kept()
    results, others = _parted(paths)
    found = read_result_files(results, signers) if results else None
    for file in files.each(others):
        _keep(file, files, kept)
    lines = trace(found.results, (), found.unsigned).lines if found else ()
    judged = dict(_of_results(_counting(lines, files)))
    for key, work in (*kept.sealed.items(), *kept.sheets.items()):
        if key in judged:
            known = judged[key]
            judged[key] = replace(
                known, sealed=known.sealed or work.sealed, changed=known.changed or work.changed
            )
        else:
            judged[key] = work
    chosen = [each for each in judged.values() if grader in {None, each.grader, each.name}]
    checked = _both(files.checked, found.checked if found else None)
    if not chosen and checked.report.acceptable and not files.left_out:
        raise _nothing(grader, judged.values())
    return GraderSummary(grader_records(chosen), tuple(files.left_out), checked)


def _counting(lines: Iterable[ResultLine], files: MarkFiles) -> Iterator[IssuedResult]:
    """The newest result of each line, where it is not in doubt."""
    for line in lines:
        if line.doubts:
            files.leave_out(Path(line.newest.path), line.doubts[0])
        else:
            yield line.newest.record


def _both(marks: Checked, results: Checked | None) -> Checked:
    if results is None:
        return marks
    findings = (*marks.report.findings, *results.report.findings)
    report = Report.of(findings, marks.report.files + results.report.files)
    return Checked(report, {**marks.sources, **results.sources})


def _nothing(grader: str | None, judged: Iterable[JudgedWork]) -> UsageError:
    if grader is None:
        return UsageError(
            "there are no marks among these files",
            hint="name results, sealed marks or mark sheets, or a folder that holds them",
        )
    known = ", ".join(sorted({each.grader for each in judged}))
    return UsageError(f"nothing here was marked by {grader!r}", hint=f"there are: {known}")


def _parted(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The results, and what else may hold marks; appeals are passed over."""
    results: list[Path] = []
    others: list[Path] = []
    for path in paths:
        if path.is_dir():
            others.append(path)
            results += [each.path for each in files_named([path], (RESULT_SUFFIX,))]
        elif path.name.endswith(RESULT_SUFFIX):
            results.append(path)
        elif not path.name.endswith(APPEAL_SUFFIX):
            others.append(path)
    return results, others


def _keep(file: MarkFile, files: MarkFiles, kept: _Kept) -> None:
    if file.sealed is not None:
        work = _closed(file.sealed)
        kept.sealed[work.submission, work.work, work.grader] = work
        return
    try:
        evaluation = evaluate(file.piece.record, files.program(file))
    except CasebookError as error:
        files.leave_out(file.path, str(error).removeprefix(f"{file.path}: "))
        return
    if evaluation is None:
        files.leave_out(file.path, "its program has no rubric for it")
        return
    assert isinstance(file.piece.record, MarkSheet)  # noqa: S101 - no session was asked for
    work = _opened(file.piece.record, file.shown, evaluation)
    kept.sheets[work.submission, work.work, work.grader] = work


def _closed(sealed: SealedMarks) -> JudgedWork:
    """What sealed marks tell while no result is made of them."""
    changes = len(sealed.entries) - 1
    return JudgedWork(
        grader=sealed.grader,
        name=sealed.sheet().grader.name,
        submission=sealed.submission,
        work=sealed.work,
        changes=changes,
        sealed=_day(sealed.entries[0].moment),
        changed=_day(sealed.entries[-1].moment) if changes else None,
    )


def _opened(sheet: MarkSheet, shown: str, evaluation: Evaluation) -> JudgedWork:
    return JudgedWork(
        grader=sheet.grader.known_as,
        name=sheet.grader.name,
        # Why the file: nothing else tells whose work it is.
        submission=sheet.submission or shown,
        work=sheet.work,
        **_levels(evaluation),
    )


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
