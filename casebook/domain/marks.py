"""What graders write down: marks, and the sheet that holds them."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.record import (
    ClockTime,
    FormatOne,
    Identifier,
    IdReference,
    Line,
    Record,
    Text,
)


class Mark(Record):
    """One grader's judgement of one criterion."""

    criterion: IdReference
    """The criterion's id in the rubric."""
    level: Annotated[int, Field(ge=0, le=20)] | None = None
    """The level reached; leave out while undecided. A missing mark is never a zero."""
    note: Text | None = None
    """What was seen that led to this level."""
    at: ClockTime | None = None
    """When it was seen, as minutes and seconds into the session."""
    place: Line | None = None
    """A quotation from the case study, or where in it."""


class Grader(Record):
    """Who judges."""

    name: Line
    """The grader's name."""
    credentials: Line | None = None
    """What makes them fit to judge."""


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
    work: Identifier
    """The id of the case study or observation that was marked."""
    grader: Grader
    """Who marked it."""
    rubric: IdReference
    """The rubric's id."""
    marks: Annotated[list[Mark], Field(max_length=200)] = []
    """One mark for each criterion."""
    global_rating: IdReference | None = None
    """The overall impression, beside the criteria: one of the rubric's global ratings."""
    comments: Text | None = None
    """Anything the candidate should hear."""
