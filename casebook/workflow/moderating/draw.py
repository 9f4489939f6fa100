"""Draws who grades submissions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.domain.outcome.issued import DrawRecord
from casebook.domain.program.rubric import WorkKind
from casebook.domain.work.observation import Observation
from casebook.errors import UnacceptableWork, UsageError
from casebook.evaluation.roster import Roster, roster_for
from casebook.workflow.moderating.grader_list import grader_list
from casebook.workflow.moderating.submissions import submissions_at
from casebook.workflow.reader import ANYBODY, Reader
from casebook.workflow.received import Received, receive


@dataclass(frozen=True, slots=True)
class DrawnWork:
    """Who grades one piece of work.

    Attributes:
        work: Its id.
        judges: Its kind.
        examiner: Who has judged it anyway: the examiner of a session.
        asked: The ids of those who are asked, in the order drawn.
        then: Who is asked next if a further grader is needed.
        short: How many more are wanted than there are to ask.
    """

    work: str
    judges: WorkKind
    examiner: str | None
    asked: tuple[str, ...]
    then: tuple[str, ...]
    short: int


@dataclass(frozen=True, slots=True)
class DrawnSubmission:
    """Who grades the works of one submission.

    Attributes:
        path: The submission.
        submission: Its digest.
        roster: Who may grade it.
        draw: How they were drawn.
        works: Each piece of work that is graded.
        believed: What was believed of it, a sentence each.
    """

    path: Path
    submission: str
    roster: Roster
    draw: DrawRecord
    works: tuple[DrawnWork, ...]
    believed: tuple[str, ...] = ()


def draw_submissions(
    paths: Iterable[Path],
    on: date,
    graders_path: Path | None = None,
    program_path: Path | None = None,
    reader: Reader = ANYBODY,
) -> tuple[DrawnSubmission, ...]:
    """Draw graders for submissions; each draw is the same whatever others there are.

    Args:
        paths: Submissions, and folders of them.
        on: The day that folders are judged for.
        graders_path: The list of graders; where left out, it is looked for beside each submission.
        program_path: The rules that submissions have to be handed in under.
        reader: Whose signatures submissions need.

    Raises:
        UnacceptableWork: A submission or the list cannot be read, nobody is listed, or a
            submission follows other rules or is not signed as it has to be.
        UsageError: The program draws no graders.
    """
    return tuple(
        _drawn(receive(path, on, program_path, reader), graders_path)
        for path in submissions_at(paths)
    )


def _drawn(received: Received, graders_path: Path | None) -> DrawnSubmission:
    rules = received.program.rules
    if rules.marking.draw is None:
        raise UsageError(
            f"the program {rules.name} draws no graders: its office chooses them",
            hint="to have them drawn, write `draw: {seed: any words}` under `marking` in its file",
        )
    listed = grader_list(received.path, graders_path)
    if listed is None:
        raise UnacceptableWork(
            f"there is no list of graders for {received.path}",
            hint="put graders.yaml beside the submissions or above, or name it: --graders FILE",
        )
    roster = roster_for(rules.marking, listed, received.digest, received.portfolio.main.record)
    assert roster.draw is not None  # noqa: S101 - the policy draws, and there is a list
    works = (
        _drawn_work(piece.record.id, _examiner(piece.record, roster), roster)
        for piece in received.works()
        if received.program.rubric_for(_kind(piece.record))
    )
    return DrawnSubmission(
        received.path, received.digest, roster, roster.draw, tuple(works), received.believed
    )


def _kind(record: object) -> WorkKind:
    return "observation" if isinstance(record, Observation) else "case-study"


def _examiner(record: object, roster: Roster) -> str | None:
    return roster.id_of(record.examiner) if isinstance(record, Observation) else None


def _drawn_work(work: str, examiner: str | None, roster: Roster) -> DrawnWork:
    kind: WorkKind = "case-study" if examiner is None else "observation"
    queue = roster.queue(kind, examiner) or ()
    wanted = roster.asked(kind) - (examiner is not None)
    return DrawnWork(
        work=work,
        judges=kind,
        examiner=examiner,
        asked=queue[:wanted],
        then=queue[wanted:],
        short=max(0, wanted - len(queue)),
    )
