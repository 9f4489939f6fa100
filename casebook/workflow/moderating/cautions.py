"""What an office should know of a submission before it relies on the result."""

from collections.abc import Iterator, Sequence

from casebook.diagnostics.finding import Severity
from casebook.domain.work.observation import Observation
from casebook.evaluation.roster import Roster
from casebook.workflow.moderating.seating import Seated
from casebook.workflow.received import Received

_ELIGIBILITY = "CB7"
"""Findings about requirements: the result tells them itself."""


def cautions_about(received: Received, roster: Roster, seated: Sequence[Seated]) -> tuple[str, ...]:
    """What was believed because nobody said otherwise, in a sentence each.

    Args:
        received: The submission.
        roster: Who may grade it.
        seated: Its works with the marks that are heard.
    """
    return (
        *received.believed,
        *_faults(received),
        *(each for work in seated for each in _examiner(work, roster)),
        *(each for work in seated for each in _too_many(work, roster)),
    )


def _faults(received: Received) -> Iterator[str]:
    errors = sum(
        each.severity is Severity.ERROR and not each.code.startswith(_ELIGIBILITY)
        for each in received.graded.examined.report.findings
    )
    if errors:
        count = "1 fault" if errors == 1 else f"{errors} faults"
        yield f"the submission has {count}, which `casebook check` tells"


def _examiner(seated: Seated, roster: Roster) -> Iterator[str]:
    """Somebody nobody knows, whose marks stand in a file that the candidate handed in."""
    work = seated.work
    if not isinstance(work, Observation) or roster.listed is None:
        return
    if roster.grader(seated.examiner or "") is None:
        yield f"{work.examiner.name}, the examiner of {work.id}, is not in the list of graders"


def _too_many(seated: Seated, roster: Roster) -> Iterator[str]:
    most = max(roster.policy.most_graders, roster.asked(seated.rubric.judges))
    if len(seated.marked) > most:
        yield (
            f"{len(seated.marked)} graders have marked {seated.work.id}, and the policy asks "
            f"{most} at most"
        )
