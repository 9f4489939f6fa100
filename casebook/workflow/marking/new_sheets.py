"""Makes the mark sheets that a grader fills in for one submission."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from casebook.domain.marking.graders import ListedGrader
from casebook.domain.program.rubric import Rubric, WorkKind
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.errors import UnacceptableWork, UsageError
from casebook.evaluation.impartiality import conflicts_between, same_person
from casebook.files import sweep_orphans, write_files
from casebook.rules.spelling import did_you_mean
from casebook.source.json_schema import schema_name, schema_text
from casebook.source.pictures import drawing_once
from casebook.workflow.grading import file_names
from casebook.workflow.marking.program_copy import program_files_beside
from casebook.workflow.marking.reading_copy import names_the_candidate, reading_copies
from casebook.workflow.marking.sheet_file import sheet_file
from casebook.workflow.moderating.grader_list import grader_list
from casebook.workflow.new import SCHEMAS_FOLDER
from casebook.workflow.reader import ANYBODY, Reader
from casebook.workflow.received import Received, receive

_KIND: Final = "mark-sheet"


@dataclass(frozen=True, slots=True)
class SheetChoices:
    """What the person who makes sheets may choose.

    Attributes:
        works: The ids of the works to be marked; left out, all that graders mark.
        graders: The office's list of graders, where it does not lie near the submission.
        program: The rules that the submission has to be handed in under.
        force: Replace what is there already.
        reader: Whose signature the submission needs.
    """

    works: tuple[str, ...] = ()
    graders: Path | None = None
    program: Path | None = None
    force: bool = False
    reader: Reader = ANYBODY


@dataclass(frozen=True, slots=True)
class NewSheets:
    """What was written.

    Attributes:
        sheets: One for each work.
        copies: Case studies without their candidate's name, for graders who are not to know it.
        telling: Those of the copies whose own text still names the candidate.
        nameless: Whether the grader's name is not known, so that names told of no conflict.
        believed: What was believed of the submission, a sentence each.
    """

    sheets: tuple[Path, ...]
    copies: tuple[Path, ...] = ()
    telling: tuple[Path, ...] = ()
    nameless: bool = False
    believed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    files: dict[Path, bytes] = field(default_factory=dict)
    sheets: list[Path] = field(default_factory=list)
    copies: list[Path] = field(default_factory=list)
    telling: list[Path] = field(default_factory=list)


@drawing_once()
def new_sheets(
    submission: Path, grader_id: str, output: Path, on: date, choices: SheetChoices
) -> NewSheets:
    """Write one mark sheet for each work that a grader is to mark.

    Args:
        submission: A submission, a packet with its sources inside, or a portfolio's folder.
        grader_id: Who marks.
        output: The folder that the sheets are put into.
        on: The day a folder is judged for, and the date that reading copies carry.
        choices: Everything else.

    Raises:
        UnacceptableWork: The grader must not judge this candidate, or nothing can be graded: not
            at all, not by these rules, or not without a signature.
        UsageError: There is no such submission, grader or work, or a sheet is there already.
    """
    received = receive(submission, on, choices.program, choices.reader)
    grader = _grader(grader_id, submission, choices.graders)
    _refuse_conflict(grader, received)
    works = _works(received, grader, choices.works)
    reference, draft = received.portfolio.main.record.program, _Draft()
    for name, content in program_files_beside(received, output).items():
        draft.files[output / name] = content
    copies = _copies(received, [work for work, _ in works], on)
    for name, (work, rubric) in zip(file_names([work.id for work, _ in works]), works, strict=True):
        sheet = output / f"{name}.{grader.id}.yaml"
        path = output / f"{name}.pdf"
        copy = _draft_copy(draft, received, work, path, copies.get(work.id))
        draft.sheets.append(sheet)
        draft.files[sheet] = sheet_file(
            received,
            work,
            rubric,
            grader,
            program_reference=reference,
            file_name=sheet.name,
            reading_copy=copy,
        )
    schema = output / SCHEMAS_FOLDER / schema_name(_KIND)
    draft.files[schema] = schema_text(_KIND).encode()
    # Why the program's too: what is there already is not written again.
    near = (output / name for name in received.portfolio.program_files)
    for folder in {path.parent for path in (*draft.files, *near)}:
        sweep_orphans(folder)
    _refuse_what_is_there(draft.sheets, force=choices.force)
    write_files(draft.files, force=choices.force, anyway={schema})
    return NewSheets(
        tuple(draft.sheets),
        tuple(draft.copies),
        tuple(draft.telling),
        nameless=grader.name == grader.id,
        believed=received.believed,
    )


def _grader(grader_id: str, submission: Path, named: Path | None) -> ListedGrader:
    graders = grader_list(submission, named)
    if graders is None:
        return _unlisted(grader_id)
    listed = graders.grader(grader_id)
    if listed is None:
        names = {each.id: each.name for each in graders.graders}
        raise UsageError(
            f"the list of graders has no `{grader_id}`",
            hint=did_you_mean(grader_id, names, names),
        )
    return listed


def _unlisted(grader_id: str) -> ListedGrader:
    try:
        return ListedGrader(id=grader_id, name=grader_id)
    except ValidationError as error:
        raise UsageError(
            f"{grader_id!r} is no id of a grader",
            hint="small letters, digits and hyphens, such as ana-ruiz; it names the sheet's file",
        ) from error


def _refuse_conflict(grader: ListedGrader, received: Received) -> None:
    main = received.portfolio.main.record
    conflicts = conflicts_between(grader, main)
    if not conflicts:
        return
    hint = "ask another grader"
    # Why asked again without the name: what rests on it may be about somebody who shares it.
    unnamed = grader.model_copy(update={"name": "-"})
    if len(conflicts_between(unnamed, main)) < len(conflicts):
        hint += "; where these are two people of one name, write an initial for each"
    says = "; ".join(each.says for each in conflicts)
    raise UnacceptableWork(f"{grader.id} must not judge this candidate: {says}", hint=hint)


def _works(
    received: Received, grader: ListedGrader, wanted: Sequence[str]
) -> list[tuple[CaseStudy | Observation, Rubric]]:
    """The works to be marked, each with its rubric.

    Why not every session: its examiner has marked it in the observation; another mark is wanted
    where the policy says so, or where it is asked for by name.
    """
    by_id = {piece.record.id: piece.record for piece in received.works()}
    for name in wanted:
        if name not in by_id:
            raise UsageError(f"the submission has no work `{name}`", hint=did_you_mean(name, by_id))
    chosen: list[tuple[CaseStudy | Observation, Rubric]] = []
    for work in by_id.values():
        if wanted and work.id not in wanted:
            continue
        why = _why_not(work, received, grader, asked_for=bool(wanted))
        rubric = received.program.rubric_for(_kind(work))
        if why is None and rubric is not None:
            chosen.append((work, rubric))
        elif wanted:
            raise UsageError(
                f"there is no sheet to make for `{work.id}`: {why}",
                hint="leave out --work for all works that this grader can mark",
            )
    if not chosen:
        raise UsageError(
            f"the submission has nothing that {grader.id} is to mark",
            hint="name a work by its id: --work ID",
        )
    return chosen


def _why_not(
    work: CaseStudy | Observation, received: Received, grader: ListedGrader, *, asked_for: bool
) -> str | None:
    kind = _kind(work)
    if received.program.rubric_for(kind) is None:
        return f"the program has no rubric for a work of kind {kind}"
    if kind not in grader.grades:
        return f"the list of graders says that {grader.name} marks no work of kind {kind}"
    if isinstance(work, Observation):
        if same_person(work.examiner.name, grader.name) or work.examiner.id == grader.id:
            return f"{grader.name} is its examiner, whose marks stand in the observation"
        if not asked_for and received.program.rules.marking.session_graders == 1:
            return "its examiner marks it"
    return None


def _kind(work: CaseStudy | Observation) -> WorkKind:
    return "case-study" if isinstance(work, CaseStudy) else "observation"


def _copies(
    received: Received, works: Iterable[CaseStudy | Observation], on: date
) -> dict[str, bytes]:
    """The copies that a blind grader reads, by their works' ids; none where names may be known."""
    if not received.program.rules.marking.blind:
        return {}
    return reading_copies(received, (each for each in works if isinstance(each, CaseStudy)), on)


def _draft_copy(
    draft: _Draft,
    received: Received,
    work: CaseStudy | Observation,
    path: Path,
    content: bytes | None,
) -> str | None:
    """Draft a copy that was made; its name, or None where there is none."""
    if content is None or not isinstance(work, CaseStudy):
        return None
    draft.files[path] = content
    draft.copies.append(path)
    if names_the_candidate(received, work):
        draft.telling.append(path)
    return path.name


def _refuse_what_is_there(sheets: Sequence[Path], *, force: bool) -> None:
    there = [path for path in sheets if path.exists()]
    if there and not force:
        raise UsageError(
            f"{there[0]} is already there, perhaps with marks in it; nothing was written",
            hint="name the works that still want a sheet with --work, another folder with -o, or "
            "add --force to replace it",
        )
