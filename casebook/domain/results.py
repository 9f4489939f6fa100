"""What an evaluation comes to: cycles and faults, outcomes per criterion, and the result.

Results live here, apart from the evaluator, so that a result can be rendered, bundled and
stored without it.
"""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.cycles import FaultKind, Timing
from casebook.domain.percentages import cut_percent, shown_percent
from casebook.domain.record import Record
from casebook.domain.rubric import WorkKind

ResultName = Literal["pass", "fail", "incomplete"]


class CycleResult(Record):
    """One cycle of an observed session; times in seconds, None where they were not recorded."""

    number: int
    muscle: str
    side: str | None
    tested_at_s: int | None
    releases: tuple[str, ...]
    work_s: int | None
    """From the failed test to the end of the work."""
    timing: Timing
    retest_at_s: int | None
    to_retest_s: int | None
    """From the failed test to the retest."""
    restored: bool | None
    """Whether the muscle fired at the retest; None without a retest."""
    test_event: int
    """The failed test's position in the list of events, from 0."""


class FaultResult(Record):
    """A departure from the protocol."""

    kind: FaultKind
    event: int
    """The event's position in the list of events, from 0."""
    at_s: int | None
    fact: str


class ProtocolResult(Record):
    """What the protocol's check of a session found."""

    name: str
    sure_s: int
    limit_s: int
    cycles: tuple[CycleResult, ...]
    faults: tuple[FaultResult, ...]
    figures: dict[str, float]
    """The figures that criteria may be taken from, by name; absent when they have no meaning."""


class Scored(Record):
    """A criterion with a level."""

    outcome: Literal["scored"] = "scored"
    criterion: str
    title: str
    level: int
    top: int
    label: str
    weight: float
    from_protocol: bool = False
    must_pass: bool = False
    reached: bool = True
    """False when this is a must-pass criterion below its level."""
    note: str | None = None
    at_s: int | None = None
    place: str | None = None


class Unscored(Record):
    """A criterion without a level: never a zero."""

    outcome: Literal["unscored"] = "unscored"
    criterion: str
    title: str
    top: int
    weight: float
    must_pass: bool = False
    why: str


Outcome = Annotated[Scored | Unscored, Field(discriminator="outcome")]


class Evaluation(Record):
    """What the evaluator made of one piece of work."""

    work: str
    judges: WorkKind
    program: str
    program_version: str
    program_digest: str
    rubric: str
    grader: str
    result: ResultName
    percent: float | None = None
    """0 to 100; absent while the result is incomplete."""
    pass_percent: float
    sem_percent: float | None = None
    """Standard error of measurement in percentage points; absent where it is not known."""
    global_rating: str | None = None
    criteria: tuple[Outcome, ...]
    protocol: ProtocolResult | None = None
    reasons: tuple[str, ...]
    comments: str | None = None

    @property
    def cut_percent(self) -> float | None:
        """The percentage with the decimals that are printed, never rounded over the pass mark."""
        return None if self.percent is None else cut_percent(self.percent, self.pass_percent)

    @property
    def shown_percent(self) -> str | None:
        """The same as the language spoken writes it."""
        return None if self.percent is None else shown_percent(self.percent, self.pass_percent)


class RequirementResult(Record):
    """How a candidate stands with one requirement."""

    id: str
    says: str
    strength: Literal["hard", "soft"]
    met: bool
    why: str
    next_step: str | None = None
    earliest: str | None = None
    """The first day on which it can be met, as year-month-day, where that is known."""


class Eligibility(Record):
    """Whether a candidate may be certified, with every requirement explained."""

    program: str
    level: int
    level_name: str
    on: str
    eligible: bool
    requirements: tuple[RequirementResult, ...]
    earliest: str | None = None
    """The first day on which all hard requirements can be met by waiting alone."""
