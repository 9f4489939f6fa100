"""A candidate's folder for one level of one program, and what it holds."""

from dataclasses import dataclass
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from casebook.diagnostics.place import Places
from casebook.domain.program.program import Program
from casebook.domain.record import FormatOne, Identifier, IsoDate, Line, Record, Text
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.domain.work.practitioner import Practitioner
from casebook.language import Language


class Candidate(Record):
    """The person who wants the certificate."""

    name: Line
    """The name as it is to stand on the certificate."""
    place: Line | None = None
    """Town and country, for the directory of certified practitioners."""
    contact: Line | None = None
    """How the certifying body reaches the candidate."""


class Course(Record):
    """The course the level asks for."""

    finished: IsoDate
    """The last day of the course, as year-month-day."""
    hours: Annotated[float, Field(gt=0, le=10_000)]
    """Its length in hours."""
    place: Line | None = None
    """Where it was held."""
    instructor: Line | None = None
    """Who taught it."""


class Practice(Record):
    """The time of practice after the course."""

    until: IsoDate | None = None
    """The last day counted, as year-month-day; leave out for today."""
    summary: Text | None = None
    """What was practised, how often and with whom."""


class HeldCertificate(Record):
    """A certificate the candidate already holds."""

    program: Identifier
    """The program's id: nkt."""
    level: Annotated[int, Field(ge=1, le=20)]
    """The level certified."""
    issued: IsoDate
    """The day it was issued, as year-month-day."""
    expires: IsoDate | None = None
    """The last day it holds, if it ends."""


class Ties(Record):
    """Graders who must not judge this candidate, as the candidate tells them."""

    taught_by: Annotated[list[Line], Field(max_length=40)] = []
    """Names of those who taught the candidate; the course's instructor counts by itself."""
    treated_by: Annotated[list[Line], Field(max_length=40)] = []
    """Names of those who treated the candidate."""
    close_to: Annotated[list[Line], Field(max_length=40)] = []
    """Names of relatives, partners, colleagues and friends who grade."""


class PortfolioFile(Record):
    """A portfolio's own file: who, which program and level, course, practice."""

    kind: Literal["portfolio"]
    """Always portfolio."""
    format: FormatOne
    """Always 1."""
    program: Annotated[str, Field(min_length=1, max_length=240)]
    """The program: nkt, or the path of a program file in this folder."""
    level: Annotated[int, Field(ge=1, le=20)]
    """The level applied for."""
    language: Language = "en"
    """The language of the pages: en, de, es or fr. What you write stays as you write it."""
    candidate: Candidate
    """Who applies."""
    course: Course | None = None
    """The course that opened this level."""
    practice: Practice | None = None
    """The time of practice since the course."""
    certificates: Annotated[list[HeldCertificate], Field(max_length=40)] = []
    """Certificates already held."""
    ties: Ties | None = None
    """Graders who taught or treated you, or are close to you: they do not grade your work."""
    practitioner: Practitioner | None = None
    """The practitioner description that all case studies share."""


RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Piece(Generic[RecordT]):
    """One file that was read: its record, and where each of its values stands."""

    path: str
    """Relative to the portfolio, with forward slashes."""
    record: RecordT
    places: Places


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything in a portfolio folder that could be read.

    A file that could not be read is missing here, counted in ``unread``, and has findings.
    """

    main: Piece[PortfolioFile]
    program: Program
    cases: tuple[Piece[CaseStudy], ...]
    observations: tuple[Piece[Observation], ...]
    unread: tuple[str, ...] = ()
    program_files: tuple[str, ...] = ()
    """Paths of the program's files when they are inside the portfolio."""
