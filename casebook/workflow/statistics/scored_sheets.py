"""Reads many mark sheets and sessions at once, each scored by its own program's rubric.

What cannot be scored is left out and named: one bad file never hides the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.signing.signers import SignerPolicy
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.outcome.results import Evaluation, Scored, Unscored
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.domain.work.observation import Observation
from casebook.errors import CasebookError, UsageError
from casebook.rules.marks import check_marks, check_rubric_name
from casebook.workflow.examination import Checked, LeftOut
from casebook.workflow.marking.mark_files import MarkFile, MarkFiles
from casebook.workflow.programs import program_reading
from casebook.workflow.score import evaluate, sound_program

SEALED_INSTEAD: Final = "its sealed marks count instead"
"""Why a mark sheet is left out that was sealed; nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """One grader's total of one piece of work.

    Attributes:
        path: The file.
        work: The work's id. Works of two candidates may have the same one.
        submission: The submission's digest, where the sheet says it.
        grader: The grader's name.
        percent: 0 to 100.
        safe: Whether every must-pass criterion is passed.
        rating: The id of the global rating, one of the rubric's; None where none was given.
        sealed: Whether its marks can no longer be changed in silence.
    """

    path: str
    work: str
    submission: str | None
    grader: str
    percent: float
    safe: bool
    rating: str | None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class SheetReading:
    """Sheets that were scored by one rubric.

    Attributes:
        program: The program of the first sheet; None where there is no sheet.
        rubric: What all of them were scored by; None where there is no sheet.
        sheets: In the order of their files.
        left_out: The others.
        checked: What is wrong with those that were left out.
    """

    program: Program | None
    rubric: Rubric | None
    sheets: tuple[ScoredSheet, ...]
    left_out: tuple[LeftOut, ...]
    checked: Checked


@dataclass(frozen=True, slots=True)
class _Judged:
    sheet: ScoredSheet
    program: Program
    rubric: Rubric


def read_scored_sheets(
    paths: Sequence[Path],
    program_path: Path | None = None,
    rubric_id: str | None = None,
    signers: SignerPolicy | None = None,
) -> SheetReading:
    """Read and score mark sheets and observed sessions.

    Args:
        paths: Files, and folders that are searched for them.
        program_path: The program to score by, instead of the one that each file names.
        rubric_id: Take only what this rubric judges; needed where files of several are mixed.
        signers: Whose signatures count; only marks that their graders signed are taken then.

    Raises:
        UsageError: A path is not there or has no marks, or the files were not all marked by the
            same rubric.
    """
    named = sound_program(program_reading(str(program_path))) if program_path else None
    files = MarkFiles(named, with_sessions=True, signers=signers)
    judged: list[_Judged] = []
    seen: dict[bytes, str] = {}
    for file in files.each(paths):
        if file.content in seen:
            files.leave_out(file.path, f"it is a copy of {seen[file.content]}")
            continue
        seen[file.content] = file.shown
        found = _judged(file, files)
        if found is not None and rubric_id in {None, found.rubric.id}:
            judged.append(found)
    _refuse_a_mixture(judged)
    sheets, repeated = _one_each([each.sheet for each in judged])
    first = judged[0] if judged else None
    return SheetReading(
        program=first.program if first else None,
        rubric=first.rubric if first else None,
        sheets=tuple(sheets),
        left_out=(*files.left_out, *repeated),
        checked=files.checked,
    )


def _judged(file: MarkFile, files: MarkFiles) -> _Judged | None:
    """One file scored; None where it cannot be, which is told."""
    try:
        program = files.program(file)
    except CasebookError as error:
        files.leave_out(file.path, error.advised.removeprefix(f"{file.path}: "))
        return None
    evaluation = evaluate(file.piece.record, program)
    rubric = program.rubric(evaluation.rubric) if evaluation else None
    why = _why_not(file, evaluation, rubric)
    if evaluation is None or rubric is None or evaluation.percent is None or why is not None:
        files.leave_out(file.path, str(why))
        # Why not those without a mark: that is why the sheet is left out, and is said there.
        faults = _faults_of_marks(file.piece, program)
        told = (each for each in faults if each.code != codes.UNMARKED.id)
        files.tell(file.shown, file.content, told)
        return None
    record = file.piece.record
    sheet = ScoredSheet(
        path=file.shown,
        work=evaluation.work,
        submission=record.submission if isinstance(record, MarkSheet) else None,
        grader=evaluation.grader,
        percent=evaluation.percent,
        safe=all(isinstance(each, Scored) and each.reached for each in evaluation.criteria),
        rating=record.global_rating,
        sealed=file.sealed is not None,
    )
    return _Judged(sheet, program, rubric)


def _why_not(file: MarkFile, evaluation: Evaluation | None, rubric: Rubric | None) -> str | None:
    """Why a file has no total that counts; None where it has one."""
    if evaluation is None or rubric is None:
        return "its program has no rubric for it"
    record = file.piece.record
    wording = record.rubric_digest if isinstance(record, MarkSheet) else None
    if wording not in {None, evaluation.rubric_digest}:
        return "it was marked by another wording of the rubric"
    if evaluation.percent is None:
        return _why_incomplete(evaluation)
    rating = record.global_rating
    if rating is not None and rating not in {each.id for each in rubric.global_ratings}:
        return f"the rubric has no global rating `{rating}`"
    return None


def _one_each(sheets: Sequence[ScoredSheet]) -> tuple[list[ScoredSheet], list[LeftOut]]:
    """Of one grader's sheets on one work of one submission: the sealed one, or none of several.

    Sheets that do not say their submission may be of two candidates, and all of them count.
    """
    kept: list[ScoredSheet] = []
    left_out: list[LeftOut] = []
    same: dict[tuple[str, ...], list[ScoredSheet]] = {}
    for at, sheet in enumerate(sheets):
        same.setdefault((sheet.submission or str(at), sheet.work, sheet.grader), []).append(sheet)
    for several in same.values():
        final = [sheet for sheet in several if sheet.sealed] or several
        alike = len({(each.percent, each.safe, each.rating) for each in final}) == 1
        if alike:
            kept.append(final[0])
        for sheet in several:
            if alike and sheet is not final[0]:
                same_one = f"{final[0].path} is the same work's sheet"
                why = SEALED_INSTEAD if final[0].sealed else same_one
                left_out.append(LeftOut(sheet.path, why))
            elif not alike:
                others = ", ".join(each.path for each in several if each is not sheet)
                why = f"{sheet.grader} marked this work otherwise in {others}"
                left_out.append(LeftOut(sheet.path, why))
    return kept, left_out


def _why_incomplete(evaluation: Evaluation) -> str:
    missing = [each.title for each in evaluation.criteria if isinstance(each, Unscored)]
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    return f"it is incomplete: no mark for '{missing[0]}'{more}"


def _faults_of_marks(
    piece: Piece[Observation] | Piece[MarkSheet], program: Program
) -> Iterator[Finding]:
    if isinstance(piece.record, MarkSheet):
        sheet = Piece(piece.path, piece.record, piece.places)
        yield from check_rubric_name(sheet, program)
        rubric = program.rubric(piece.record.rubric)
    else:
        rubric = program.rubric_for("observation")
    if rubric is not None:
        yield from check_marks(piece, rubric, program.comment_bank(rubric.id))


def _refuse_a_mixture(judged: Sequence[_Judged]) -> None:
    """Refuse totals that were not made alike: by another rubric, or out of another protocol."""
    kinds: list[tuple[_Judged, int]] = []
    for each in judged:
        for at, (first, count) in enumerate(kinds):
            if _made_alike(first, each):
                kinds[at] = (first, count + 1)
                break
        else:
            kinds.append((each, 1))
    if len(kinds) > 1:
        named = "; ".join(
            f"'{each.rubric.id}' of {each.program.rules.id} "
            f"({count} {'file' if count == 1 else 'files'}, such as {each.sheet.path})"
            for each, count in kinds
        )
        raise UsageError(
            f"these files were not all marked by the same rubric: {named}",
            hint="give the files of one rubric, or take one with --rubric ID",
        )


def _made_alike(one: _Judged, other: _Judged) -> bool:
    if one.rubric is other.rubric and one.program is other.program:
        return True
    return one.rubric == other.rubric and (
        one.program.protocol == other.program.protocol
        or not any(each.from_protocol for each in one.rubric.criteria)
    )
