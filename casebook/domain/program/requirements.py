"""What a program asks of a candidate at one level, as data."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.record import Identifier, Line, Record, Text

Strength = Literal["hard", "soft"]
"""hard: without it there is no certificate; soft: advised, and reported as a warning."""


class _Requirement(Record):
    id: Identifier
    """The requirement's short name."""
    strength: Strength = "hard"
    """hard, or soft when it is only advised."""
    says: Line
    """The requirement in words, as the candidate reads it."""
    source: Line | None = None
    """Where the program states it."""


class CourseRequirement(_Requirement):
    """A finished course of some length."""

    needs: Literal["course"]
    """Always course."""
    course_hours: Annotated[float, Field(gt=0, le=10_000)]
    """The hours the course must have."""


class PracticeRequirement(_Requirement):
    """A time of practice between the course and the submission."""

    needs: Literal["practice"]
    """Always practice."""
    months_of_practice: Annotated[int, Field(ge=0, le=120)]
    """Whole months after the course's last day."""


class CaseStudiesRequirement(_Requirement):
    """A number of written case studies."""

    needs: Literal["case-studies"]
    """Always case-studies."""
    count: Annotated[int, Field(ge=1, le=100)]
    """How many."""
    different_clients: bool = True
    """Whether each must be about another client."""
    sessions_each: Annotated[int, Field(ge=0, le=100)] = 1
    """The fewest sessions in one case study."""
    within_months: Annotated[int, Field(ge=1, le=120)] | None = None
    """The longest a case may take from its first session to its last, in months."""


class ObservedSessionsRequirement(_Requirement):
    """A number of observed and graded sessions."""

    needs: Literal["observed-sessions"]
    """Always observed-sessions."""
    count: Annotated[int, Field(ge=1, le=20)]
    """How many."""
    minutes_at_least: Annotated[float, Field(ge=0, le=480)] | None = None
    """The shortest a session may be."""
    minutes_at_most: Annotated[float, Field(gt=0, le=480)] | None = None
    """The longest a session may be."""


class PreviousLevelRequirement(_Requirement):
    """A certificate at another level of the same program."""

    needs: Literal["certificate"]
    """Always certificate."""
    level_held: Annotated[int, Field(ge=1, le=20)]
    """The level that must be held."""


class DeadlineRequirement(_Requirement):
    """A time limit after the course."""

    needs: Literal["deadline"]
    """Always deadline."""
    months_after_course: Annotated[int, Field(ge=1, le=120)]
    """The last day is this many months after the course's last day."""
    consequence: Text
    """What happens after that day."""


class TimeBeforeClassRequirement(_Requirement):
    """A time between a certificate and the class that it opens."""

    needs: Literal["time-before-class"]
    """Always time-before-class."""
    level_held: Annotated[int, Field(ge=1, le=20)]
    """The level certified before the class."""
    months_before_class: Annotated[int, Field(ge=1, le=120)]
    """The class is at least so many months after the certificate."""


Requirement = Annotated[
    CourseRequirement
    | PracticeRequirement
    | CaseStudiesRequirement
    | ObservedSessionsRequirement
    | PreviousLevelRequirement
    | DeadlineRequirement,
    Field(discriminator="needs"),
]

AdmissionRequirement = Annotated[
    PreviousLevelRequirement | TimeBeforeClassRequirement, Field(discriminator="needs")
]
"""What somebody must bring to be let into a level's class."""
