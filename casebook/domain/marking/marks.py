"""What graders write down: marks, and the sheet that holds them."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.record import (
    ClockTime,
    Digest,
    FormatOne,
    Identifier,
    IdReference,
    Line,
    Record,
    Text,
)

Conflict = Literal["none", "candidate", "taught", "treated", "close"]
"""What stands between a grader and a candidate.

none: nothing; candidate: they are one person; taught, treated: the grader taught or treated the
candidate; close: they are related, or work or live together.
"""


class Mark(Record):
    """One grader's judgement of one criterion."""

    criterion: IdReference
    """The criterion's id in the rubric."""
    level: Annotated[int, Field(ge=0, le=20)] | None = None
    """The level reached; leave out while undecided. A missing mark is never a zero."""
    note: Text | None = None
    """What was seen that led to this level."""
    reuse: Annotated[list[IdReference], Field(max_length=20)] = []
    """Ids from the rubric's comment bank; their words come before the note."""
    at: ClockTime | None = None
    """When it was seen, as minutes and seconds into the session."""
    place: Line | None = None
    """A quotation from the case study, or where in it."""


class Grader(Record):
    """Who judges."""

    name: Line
    """The grader's name."""
    id: Identifier | None = None
    """The grader's short name in the list of graders."""
    credentials: Line | None = None
    """What makes them fit to judge."""

    @property
    def known_as(self) -> str:
        """The id, else the name without blanks that say nothing."""
        return self.id or " ".join(self.name.split())


class MarkSheet(Record):
    """All of one grader's marks on one piece of work."""

    kind: Literal["mark-sheet"]
    """Always mark-sheet."""
    format: FormatOne
    """Always 1."""
    program: Annotated[str, Field(min_length=1, max_length=240)]
    """The program: nkt, or the path of a program file."""
    level: Annotated[int, Field(ge=1, le=20)]
    """The certification level the work was handed in for."""
    submission: Digest | None = None
    """The submission's digest, which `casebook mark new` fills in."""
    candidate: Line | None = None
    """Whose work it is; left out where graders are not to know."""
    work: Identifier
    """The id of the case study or observation that was marked."""
    grader: Grader
    """Who marked it."""
    conflict: Conflict | None = None
    """What stands between grader and candidate: none, candidate, taught, treated or close."""
    rubric: IdReference
    """The rubric's id."""
    rubric_digest: Digest | None = None
    """The rubric's digest, which `casebook mark new` fills in: which wording was judged by."""
    program_digest: Digest | None = None
    """The first 64 signs of the digest of the program's rules, which `casebook mark new` fills in:
    by what the marks are to be weighed. Comments to reuse make no difference to it."""
    marks: Annotated[list[Mark], Field(max_length=200)] = []
    """One mark for each criterion."""
    global_rating: IdReference | None = None
    """The overall impression, beside the criteria: one of the rubric's global ratings."""
    comments: Text | None = None
    """Anything the candidate should hear."""
