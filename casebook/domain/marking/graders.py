"""The people a certifying body may ask to grade, and what stands between them and candidates."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.program.rubric import WorkKind
from casebook.domain.record import FormatOne, Identifier, Line, Record

Relation = Literal["candidate", "taught", "treated", "close"]
"""What keeps a grader from judging a candidate; see ``casebook.domain.marking.marks.Conflict``."""


class Declaration(Record):
    """What a grader says stands between them and one candidate."""

    candidate: Line
    """The candidate's name."""
    relation: Relation
    """candidate when they are one person, taught, treated, or close."""
    note: Line | None = None
    """When and how."""


class ListedGrader(Record):
    """One person who may grade."""

    id: Identifier
    """A short name, used in mark sheets and file names."""
    name: Line
    """The grader's name."""
    credentials: Line | None = None
    """What makes them fit to judge."""
    contact: Line | None = None
    """How the office reaches them."""
    grades: Annotated[tuple[WorkKind, ...], Field(min_length=1, max_length=2)] = (
        "case-study",
        "observation",
    )
    """The kinds of work they grade."""
    away: bool = False
    """Whether they are left out of draws for now."""
    declares: Annotated[tuple[Declaration, ...], Field(max_length=2_000)] = ()
    """Candidates they must not judge."""


class GradersFile(Record):
    """A certifying body's list of graders."""

    kind: Literal["graders"]
    """Always graders."""
    format: FormatOne
    """Always 1."""
    graders: Annotated[tuple[ListedGrader, ...], Field(min_length=1, max_length=2_000)]
    """The graders."""

    @model_validator(mode="after")
    def _ids_differ(self) -> "GradersFile":
        ids = [each.id for each in self.graders]
        if len(set(ids)) != len(ids):
            raise PydanticCustomError("grader_twice", "two graders have one id", {"key": "graders"})
        return self

    def grader(self, grader_id: str) -> ListedGrader | None:
        """The grader with this id, if there is one."""
        return next((each for each in self.graders if each.id == grader_id), None)
