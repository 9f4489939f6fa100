"""What an evaluation comes to: cycles and faults, outcomes per criterion, and the result.

Results live here, apart from the evaluator, so that a result can be rendered, bundled and
stored without it.
"""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.outcome.percentages import cut_percent, shown_percent
from casebook.domain.program.rubric import Weight, WorkKind
from casebook.domain.record import (
    Digest,
    IdReference,
    Line,
    Percent,
    Record,
    ScaleValue,
    Sentences,
)
from casebook.domain.work.cycles import FaultKind, Timing

ResultName = Literal["pass", "fail", "incomplete"]


class CycleResult(Record):
    """One cycle of an observed session; times in seconds, None where they were not recorded."""

    number: int
    """Its place in the session, from 1."""
    muscle: Line
    """The muscle tested."""
    side: Line | None = None
    """left or right, where it was said."""
    tested_at_s: int | None = None
    """When the test failed, in seconds since the session began."""
    releases: Annotated[tuple[Line, ...], Field(max_length=1_000)]
    """The structures released, in order."""
    work_s: int | None = None
    """From the failed test to the end of the work."""
    timing: Timing
    """Where the end of the work lies in the window."""
    retest_at_s: int | None = None
    """When the muscle was tested again, in seconds since the session began."""
    to_retest_s: int | None = None
    """From the failed test to the retest."""
    restored: bool | None = None
    """Whether the muscle fired at the retest; None without a retest."""
    test_event: int
    """The failed test's position in the list of events, from 0."""


class FaultResult(Record):
    """A departure from the protocol."""

    kind: FaultKind
    """Which rule of the protocol it departs from."""
    event: int
    """The event's position in the list of events, from 0."""
    at_s: int | None = None
    """When, in seconds since the session began."""
    fact: Sentences
    """What happened, in a sentence."""


class ProtocolResult(Record):
    """What the protocol's check of a session found."""

    name: Line
    """The protocol's name."""
    sure_s: int
    """Work finished by then is surely inside the window, in seconds."""
    limit_s: int
    """Work finished by then is inside the window, in seconds."""
    cycles: Annotated[tuple[CycleResult, ...], Field(max_length=1_000)]
    """The cycles, in order."""
    faults: Annotated[tuple[FaultResult, ...], Field(max_length=5_000)]
    """The departures, in order."""
    figures: Annotated[dict[IdReference, ScaleValue], Field(max_length=40)]
    """The figures that criteria may be taken from, by name; absent when they have no meaning."""


class Scored(Record):
    """A criterion with a level."""

    outcome: Literal["scored"] = "scored"
    """Always scored."""
    criterion: IdReference
    """The criterion's id."""
    title: Line
    """The criterion in a few words."""
    level: int
    """The level reached."""
    top: int
    """The highest level."""
    label: Line
    """The level in a word or two."""
    weight: Weight
    """How much it counts beside the others."""
    from_protocol: bool = False
    """Whether the level follows from the protocol."""
    must_pass: bool = False
    """Whether nothing makes up for failing it."""
    reached: bool = True
    """False when this is a must-pass criterion below its level."""
    note: Sentences | None = None
    """What the grader saw."""
    at_s: int | None = None
    """When it was seen, in seconds since the session began."""
    place: Line | None = None
    """Where it was seen: a quotation from the case study."""


class Unscored(Record):
    """A criterion without a level: never a zero."""

    outcome: Literal["unscored"] = "unscored"
    """Always unscored."""
    criterion: IdReference
    """The criterion's id."""
    title: Line
    """The criterion in a few words."""
    top: int
    """The highest level."""
    weight: Weight
    """How much it counts beside the others."""
    must_pass: bool = False
    """Whether nothing makes up for failing it."""
    why: Sentences
    """Why there is no level."""


Outcome = Annotated[Scored | Unscored, Field(discriminator="outcome")]


class Evaluation(Record):
    """What the evaluator made of one piece of work."""

    work: IdReference
    """The id of the case study or observation."""
    judges: WorkKind
    """Which kind of work it is."""
    program: IdReference
    """The program's id."""
    program_version: Line
    """The version of the program's rules."""
    program_digest: Line
    """SHA-512 over the program's files."""
    rubric: IdReference
    """The rubric's id."""
    rubric_digest: Digest
    """Which wording of the rubric: SHA-256 over what it says."""
    grader: Line
    """The grader's name."""
    result: ResultName
    """pass, fail, or incomplete."""
    percent: Percent | None = None
    """0 to 100; absent while the result is incomplete."""
    pass_percent: Percent
    """The percentage from which the work passes."""
    sem_percent: Percent | None = None
    """Standard error of measurement in percentage points; absent where it is not known."""
    global_rating: Line | None = None
    """The overall impression in words."""
    criteria: Annotated[tuple[Outcome, ...], Field(max_length=100)]
    """Each criterion with its outcome, in the rubric's order."""
    protocol: ProtocolResult | None = None
    """What the protocol's check of a session found."""
    reasons: Annotated[tuple[Sentences, ...], Field(max_length=400)]
    """Why the result is what it is."""
    comments: Sentences | None = None
    """What the grader says to the candidate."""

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

    id: IdReference
    """The requirement's short name."""
    says: Line
    """The requirement in words."""
    strength: Literal["hard", "soft"]
    """hard, or soft when it is only advised."""
    met: bool
    """Whether it is met."""
    why: Sentences
    """What was found."""
    next_step: Sentences | None = None
    """What to do about it."""
    earliest: Line | None = None
    """The first day on which it can be met, as year-month-day, where that is known."""
    until: Line | None = None
    """Of a time limit: its last day."""


class Eligibility(Record):
    """Whether a candidate may be certified, with every requirement explained."""

    program: Line
    """The program's name."""
    level: int
    """The level applied for."""
    level_name: Line
    """The level's name."""
    on: Line
    """The day it was judged for, as year-month-day."""
    eligible: bool
    """Whether every hard requirement is met."""
    requirements: Annotated[tuple[RequirementResult, ...], Field(max_length=50)]
    """Every requirement with its verdict."""
    earliest: Line | None = None
    """The first day on which all hard requirements can be met by waiting alone."""
