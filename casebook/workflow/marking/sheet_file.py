"""What a new mark sheet says: the rubric as guidance, and room for every mark."""

from typing import Any

from casebook.domain.canonical import brief
from casebook.domain.marking.graders import ListedGrader
from casebook.domain.program.comment_bank import BankComment
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.language.forms import decimal
from casebook.workflow.file_template import file_from_template
from casebook.workflow.received import Received


def sheet_file(  # noqa: PLR0913 - what a sheet says, each by its name
    received: Received,
    work: CaseStudy | Observation,
    rubric: Rubric,
    grader: ListedGrader,
    *,
    program_reference: str,
    file_name: str,
    reading_copy: str | None,
) -> bytes:
    """A mark sheet to fill in.

    Args:
        received: The submission.
        work: What is to be marked.
        rubric: What it is marked by.
        grader: Who marks.
        program_reference: What the sheet calls its program.
        file_name: The sheet's own name, for the commands it explains.
        reading_copy: The name of the copy without the candidate's name, where the grader gets
            one; the sheet then does not tell the name either.
    """
    widest = max((len(each.id) for each in rubric.global_ratings), default=0)
    values: dict[str, Any] = {
        "title": work.title if isinstance(work, CaseStudy) else "Observed session",
        "read": _what_to_read(received, work, reading_copy),
        "observed": isinstance(work, Observation),
        "file": file_name,
        "program": program_reference,
        "level": received.portfolio.main.record.level,
        "submission": received.digest,
        "candidate": None if reading_copy else received.candidate,
        "work": work.id,
        "rubric": rubric,
        "program_digest": received.program.digest_in_sheets,
        "grader": grader,
        "passes": _what_passes(rubric),
        "comments": _comments(received.program, rubric),
        "widest": widest,
    }
    return file_from_template("mark-sheet.yaml", values)


def _what_to_read(
    received: Received, work: CaseStudy | Observation, reading_copy: str | None
) -> str:
    if reading_copy:
        return (
            f"Read the case study first: it is {reading_copy}, beside this sheet. It belongs to "
            f"the submission {brief(received.digest)}, whose candidate you are not told."
        )
    if isinstance(work, Observation):
        return (
            f"Look at the recording and at the session's record first: {work.id} in the "
            "submission. Do not read the marks that the examiner gave in it."
        )
    return f"Read the case study first: it is {work.id} in the submission."


def _what_passes(rubric: Rubric) -> str:
    weights = {each.weight for each in rubric.criteria}
    words = f"By the rubric '{rubric.title}', which is passed from {decimal(rubric.pass_percent)} %"
    if len(weights) == 1:
        return f"{words}. All criteria count alike."
    counted = [each for each in rubric.criteria if each.weight == max(weights)]
    named = ", ".join(f"'{each.title}'" for each in counted)
    return f"{words}. What counts most: {named}."


def _comments(program: Program, rubric: Rubric) -> dict[str, tuple[BankComment, ...]]:
    bank = program.comment_bank(rubric.id)
    return {each.id: bank.about(each.id) if bank else () for each in rubric.criteria}
