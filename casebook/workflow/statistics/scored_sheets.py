"""Reads many mark sheets and sessions at once, each scored by its own program's rubric.

What cannot be scored is left out and named: one bad file never hides the others.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from casebook.diagnostics.finding import Finding, Report
from casebook.domain.marks import MarkSheet
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Piece
from casebook.domain.program import Program
from casebook.domain.results import Evaluation, Scored, Unscored
from casebook.domain.rubric import Rubric
from casebook.domain.sealed_marks import SealedMarks, chain_faults
from casebook.errors import CasebookError, UsageError
from casebook.files import read_bytes
from casebook.rules.marks import check_marks, check_rubric_name
from casebook.source.encoding import LARGEST_READ_BYTES
from casebook.source.folder import DiskFolder
from casebook.source.load import KINDS, load
from casebook.source.portfolio import portfolio_around
from casebook.source.program import is_shipped_id
from casebook.workflow.examination import Checked, has_faults_of_form
from casebook.workflow.programs import program_reading
from casebook.workflow.score import evaluate, program_of, sound_program

_SUFFIXES: Final = (".yaml", ".yml", ".sealed.json")
_MARKED_KINDS: Final = frozenset({"mark-sheet", "observation", "sealed-marks"})


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
class LeftOut:
    """A file that does not count, and why."""

    path: str
    why: str


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


@dataclass(slots=True)
class _Desk:
    """What is kept while sheets are read: programs by their place, and what was found."""

    named: Program | None
    programs: dict[tuple[str, str], Program] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)


def read_scored_sheets(
    paths: Sequence[Path], program_path: Path | None = None, rubric_id: str | None = None
) -> SheetReading:
    """Read and score mark sheets and observed sessions.

    Args:
        paths: Files, and folders that are searched for them.
        program_path: The program to score by, instead of the one that each file names.
        rubric_id: Take only what this rubric judges; needed where files of several are mixed.

    Raises:
        UsageError: A path is not there or has no marks, or the files were not all marked by the
            same rubric.
    """
    named = sound_program(program_reading(str(program_path))) if program_path else None
    desk = _Desk(named)
    judged: list[_Judged] = []
    left_out: list[LeftOut] = []
    seen: dict[bytes, str] = {}
    for path, given in _files(paths):
        shown = os.path.normpath(path)
        try:
            content = read_bytes(path, LARGEST_READ_BYTES)
        except CasebookError as error:
            if given:
                raise
            left_out.append(LeftOut(shown, str(error).removeprefix(f"{path} ")))
            continue
        if content in seen:
            left_out.append(LeftOut(shown, f"it is a copy of {seen[content]}"))
            continue
        seen[content] = shown
        read = _read(path, content, desk, given=given)
        if isinstance(read, LeftOut):
            left_out.append(read)
        elif read is not None and rubric_id in {None, read.rubric.id}:
            judged.append(read)
    _refuse_a_mixture(judged)
    sheets, repeated = _one_each([each.sheet for each in judged])
    first = judged[0] if judged else None
    return SheetReading(
        program=first.program if first else None,
        rubric=first.rubric if first else None,
        sheets=tuple(sheets),
        left_out=(*left_out, *repeated),
        checked=Checked(Report.of(desk.findings, len(seen)), desk.sources),
    )


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file once, and whether it was given by its own name, in order of their paths."""
    found: dict[str, tuple[Path, bool]] = {}
    for path in paths:
        if path.is_dir():
            for name in DiskFolder(path).names():
                if name.endswith(_SUFFIXES):
                    found.setdefault(os.path.realpath(path / name), (path / name, False))
        else:
            found[os.path.realpath(path)] = (path, True)
    return iter(sorted(found.values(), key=lambda each: os.path.normpath(each[0])))


def _read(path: Path, content: bytes, desk: _Desk, *, given: bool) -> _Judged | LeftOut | None:
    """One file scored, or why it is not; None for a file of another kind found in a folder."""
    shown = os.path.normpath(path)
    loaded = load(shown, content)
    if loaded.kind in KINDS and loaded.kind not in _MARKED_KINDS:
        if given:
            raise UsageError(
                f"{path}: a {loaded.kind} has no marks",
                hint="name mark sheets and observed sessions, or a folder that holds them",
            )
        return None
    if loaded.piece is None or has_faults_of_form(loaded.findings):
        desk.findings.extend(loaded.findings)
        desk.sources[shown] = content
        return LeftOut(shown, "it has faults of form, which come first")
    piece, record = loaded.piece, loaded.piece.record
    if isinstance(record, SealedMarks):
        if faults := chain_faults(record):
            return LeftOut(shown, f"its seal does not hold: {faults[0]}")
        piece = Piece(shown, record.sheet(), piece.places)
    try:
        program = _program(piece, path, desk)
    except CasebookError as error:
        advice = f"; {error.hint}" if error.hint else ""
        return LeftOut(shown, f"{str(error).removeprefix(f'{path}: ')}{advice}")
    judged = _judged(piece, shown, program)
    if isinstance(judged, LeftOut):
        desk.findings.extend(_faults_of_marks(piece, program))
        desk.sources[shown] = content
    elif isinstance(record, SealedMarks):
        return replace(judged, sheet=replace(judged.sheet, sealed=True))
    return judged


def _program(piece: Piece[Observation] | Piece[MarkSheet], path: Path, desk: _Desk) -> Program:
    if desk.named is not None:
        return desk.named
    if isinstance(piece.record, MarkSheet):
        reference = piece.record.program
        place = "" if is_shipped_id(reference) else os.path.realpath(path.parent)
    else:
        reference, place = "", os.path.realpath(portfolio_around(path) or path.parent)
    key = (reference, place)
    # Why kept: a thousand sheets name the same program, and reading it takes longer than theirs.
    if key not in desk.programs:
        desk.programs[key] = sound_program(program_of(piece, path))
    return desk.programs[key]


def _judged(
    piece: Piece[Observation] | Piece[MarkSheet], shown: str, program: Program
) -> _Judged | LeftOut:
    evaluation = evaluate(piece.record, program)
    rubric = program.rubric(evaluation.rubric) if evaluation else None
    if evaluation is None or rubric is None:
        return LeftOut(shown, "its program has no rubric for it")
    wording = piece.record.rubric_digest if isinstance(piece.record, MarkSheet) else None
    if wording not in {None, evaluation.rubric_digest}:
        return LeftOut(shown, "it was marked by another wording of the rubric")
    if evaluation.percent is None:
        return LeftOut(shown, _why_incomplete(evaluation))
    rating = piece.record.global_rating
    if rating is not None and rating not in {each.id for each in rubric.global_ratings}:
        return LeftOut(shown, f"the rubric has no global rating `{rating}`")
    sheet = ScoredSheet(
        path=shown,
        work=evaluation.work,
        submission=piece.record.submission if isinstance(piece.record, MarkSheet) else None,
        grader=evaluation.grader,
        percent=evaluation.percent,
        safe=all(isinstance(each, Scored) and each.reached for each in evaluation.criteria),
        rating=rating,
    )
    return _Judged(sheet, program, rubric)


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
                left_out.append(LeftOut(sheet.path, f"{final[0].path} is the same work's sheet"))
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
