"""A result that was issued, and an appeal against it: records that refer to each other.

A result holds all it was made of: the rubrics as they were worded, each grader's levels and
notes, the seals of the marks, the rules that fired. Nothing that changes later, a rubric or a
program, changes it. A new result never replaces an old one; it refers to it.
"""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.canonical import digest_of
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.outcome.results import Eligibility, ResultName
from casebook.domain.program.look import PLAIN, Look
from casebook.domain.program.rubric import Rubric
from casebook.domain.record import (
    Digest,
    FormatOne,
    Identifier,
    IsoDate,
    Line,
    Record,
    Sentences,
    Text,
)
from casebook.language import Language

Outcome = Literal["upheld", "dismissed"]


class SealUsed(Record):
    """The seal of one grader's marks as they were when the result was made."""

    work: Identifier
    """The id of the work."""
    grader: Line
    """The grader's id, or the name of an examiner who is in no list."""
    seal: Digest | None = None
    """None for sheets that were not sealed, and for the marks that stand in an observation:
    those the submission's digest covers."""
    entries: Annotated[int, Field(ge=1)] = 1
    """How many entries the chain had."""


class DrawRecord(Record):
    """How the graders of a submission were drawn, so that anyone can repeat it."""

    seed: Line
    """The words it was drawn with."""
    pool: Annotated[tuple[Identifier, ...], Field(max_length=2_000)]
    """The ids that could be drawn, in alphabetical order."""
    left_out: Annotated[dict[Identifier, Sentences], Field(max_length=2_000)] = {}
    """Id -> why this grader could not be drawn."""
    order: Annotated[tuple[Identifier, ...], Field(max_length=2_000)]
    """The pool in the order drawn; whoever is asked next is the next of these."""
    marked_twice: bool
    """Whether the draw asks for one more grader than usual."""


class Follows(Record):
    """The result that this one comes after, and why."""

    result: Digest
    """The earlier result's digest."""
    appeal: Digest
    """The appeal's digest."""
    outcome: Outcome
    """upheld or dismissed."""
    reason: Text
    """Why the appeal ended so."""


class IssuedResult(Record):
    """What a certifying body tells a candidate, and what it was made of."""

    kind: Literal["result"]
    """Always result."""
    format: FormatOne
    """Always 1."""
    program: Identifier
    """The program's id."""
    program_name: Line
    """The program's name."""
    program_version: Line
    """The version of the program's rules."""
    program_digest: Line
    """SHA-512 over the program's files."""
    notice: Text
    """What readers must know about the program."""
    program_language: Language = "en"
    """The language of the program's words and of its rubrics."""
    look: Look = PLAIN
    """How the program's documents look."""
    language: Language
    """The language that its sentences are in."""
    level: Annotated[int, Field(ge=1, le=20)]
    """The level applied for."""
    level_name: Line
    """The level's name."""
    submission: Digest
    """The digest of what was handed in."""
    candidate: Line
    """The candidate's name."""
    issued: IsoDate
    """The day of the result, as year-month-day."""
    appeal_until: IsoDate | None = None
    """The last day for an appeal; None where the program has none."""
    result: ResultName
    """pass, fail, or incomplete."""
    reasons: Annotated[tuple[Sentences, ...], Field(max_length=1_000)]
    """Why the result is what it is."""
    works: Annotated[tuple[ModeratedWork, ...], Field(max_length=200)]
    """Each piece of work."""
    rubrics: Annotated[tuple[Rubric, ...], Field(max_length=20)]
    """The rubrics as they were worded."""
    eligibility: Eligibility
    """How the candidate stands with the level's requirements."""
    seals: Annotated[tuple[SealUsed, ...], Field(max_length=2_000)]
    """The seals of all marks that were used."""
    blind: bool = False
    """Whether graders of case studies were not told whose they are; nor are they named then."""
    draw: DrawRecord | None = None
    """How the graders were drawn; none where the office chose them."""
    follows: Follows | None = None
    """The result it comes after, where there was an appeal."""
    own_digest: Digest | None = None
    """SHA-256 over all the rest, which every file says: whoever edits a word would have to count it
    anew."""

    @property
    def digest(self) -> str:
        """SHA-256 over all but its own digest: what an appeal and a later result refer to."""
        return digest_of(self.without_own_digest)

    @property
    def without_own_digest(self) -> "IssuedResult":
        """The result as it is in memory."""
        return self.model_copy(update={"own_digest": None})

    def rubric(self, rubric_id: str) -> Rubric | None:
        """The rubric with this id as it was worded, if there is one."""
        return next((each for each in self.rubrics if each.id == rubric_id), None)


class Decision(Record):
    """How an appeal ended."""

    decided: IsoDate
    """The day of the decision, as year-month-day."""
    outcome: Outcome
    """upheld or dismissed."""
    reason: Text
    """Why."""
    by: Line
    """Who decided; nobody who graded the work."""


class Appeal(Record):
    """A candidate's appeal against a result."""

    kind: Literal["appeal"]
    """Always appeal."""
    format: FormatOne
    """Always 1."""
    result: Digest
    """The digest of the result it is against."""
    candidate: Line
    """The candidate's name."""
    opened: IsoDate
    """The day it was made, as year-month-day."""
    grounds: Text
    """What the candidate says is wrong."""
    works: Annotated[tuple[Identifier, ...], Field(max_length=200)] = ()
    """The works it is about; all of them when none is named."""
    decision: Decision | None = None
    """How it ended; none while it is open."""
    own_digest: Digest | None = None
    """SHA-256 over all the rest, which every file says."""

    @property
    def digest(self) -> str:
        """SHA-256 over all but its own digest."""
        return digest_of(self.without_own_digest)

    @property
    def without_own_digest(self) -> "Appeal":
        """The appeal as it is in memory."""
        return self.model_copy(update={"own_digest": None})

    @property
    def as_opened(self) -> "Appeal":
        """The appeal as it was before it was decided."""
        return self.model_copy(update={"decision": None})
