"""A certifying body's rules as data: levels, requirements, protocol, rubrics, marking policy."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.program.certification import Privilege, Validity
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.look import PLAIN, Look
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.protocol import Protocol
from casebook.domain.program.requirements import AdmissionRequirement, Requirement
from casebook.domain.program.rubric import Rubric, WorkKind
from casebook.domain.record import FormatOne, Identifier, Line, Record, RelativePath, Text
from casebook.domain.work.consent import Scope
from casebook.domain.work.measures import Measure
from casebook.language import Language


class CertificationLevel(Record):
    """One level a candidate can be certified at."""

    level: Annotated[int, Field(ge=1, le=20)]
    """Its number."""
    name: Line
    """Its name: Level One."""
    about: Text | None = None
    """What the level is about."""
    requirements: Annotated[tuple[Requirement, ...], Field(min_length=1, max_length=50)]
    """What a candidate must bring."""
    admission: Annotated[tuple[AdmissionRequirement, ...], Field(max_length=20)] = ()
    """What opens this level's class; left out, the certificates that the requirements name."""
    validity: Validity | None = None
    """How long the certificate holds; leave out where it never ends."""
    privileges: Annotated[tuple[Privilege, ...], Field(max_length=20)] = ()
    """What a current certificate at this level or above allows."""

    @property
    def opened_by(self) -> tuple[AdmissionRequirement, ...]:
        """What opens this level's class."""
        named = (each for each in self.requirements if each.needs == "certificate")
        return self.admission or tuple(named)


class ProgramSection(Record):
    """A part of a case study that only this program asks for."""

    id: Identifier
    """The key under ``program_sections``."""
    title: Line
    """Its heading."""
    asks: Text
    """What belongs there."""


class CaseStudyRules(Record):
    """Which parts of a case study the program asks for."""

    required: Annotated[tuple[Identifier, ...], Field(max_length=60)]
    """Parts that must be there: the names that ``docs/findings.md`` and the findings use."""
    recommended: Annotated[tuple[Identifier, ...], Field(max_length=60)] = ()
    """Parts that are missed with a warning."""
    title_says: Line | None = None
    """Words the title must contain, such as case report."""
    keywords_at_least: Annotated[int, Field(ge=0, le=10)] = 0
    """The fewest keywords."""
    keywords_at_most: Annotated[int, Field(ge=0, le=10)] = 10
    """The most keywords."""
    words_at_least: Annotated[int, Field(ge=0, le=50_000)] = 0
    """The fewest words of prose in one case study."""
    words_at_most: Annotated[int, Field(ge=1, le=50_000)] = 50_000
    """The most words of prose in one case study."""
    sections: Annotated[tuple[ProgramSection, ...], Field(max_length=40)] = ()
    """Parts of the program's own, beside those of CARE."""


class CertificateWords(Record):
    """What the certificate and the packet say."""

    title: Line
    """The certificate's title."""
    statement: Text
    """What it certifies, without any claim that a therapy works."""


class ProgramFile(Record):
    """A program as it stands in its file; its rubrics are files beside it."""

    kind: Literal["program"]
    """Always program."""
    format: FormatOne
    """Always 1."""
    id: Identifier
    """The key used in portfolios: nkt."""
    name: Line
    """The program's name."""
    version: Line
    """The version of these rules; results name it."""
    owner: Line
    """Whose program it is."""
    language: Language = "en"
    """The language of this file and of its rubrics: en, de, es or fr."""
    notice: Text
    """What readers of a packet must know about the program and this file."""
    sources: Annotated[tuple[Line, ...], Field(max_length=50)] = ()
    """Where the rules were published."""
    levels: Annotated[tuple[CertificationLevel, ...], Field(min_length=1, max_length=20)]
    """The levels, lowest first."""
    case_study: CaseStudyRules
    """Which parts of a case study are asked for."""
    consent_scopes: Annotated[tuple[Scope, ...], Field(max_length=3)] = ("record", "certifier")
    """What every client's consent must cover."""
    protocol: Protocol | None = None
    """The order and timing a session must keep; leave out where there is none."""
    rubrics: Annotated[tuple[RelativePath, ...], Field(max_length=20)] = ()
    """The rubric files, relative to this one."""
    comment_banks: Annotated[tuple[RelativePath, ...], Field(max_length=20)] = ()
    """Files of comments that graders reuse, one for a rubric, relative to this one."""
    marking: MarkingPolicy = MarkingPolicy()
    """How marks become a result."""
    measures: Annotated[tuple[Measure, ...], Field(max_length=40)] = ()
    """Outcome measures beside the ones casebook knows."""
    certificate: CertificateWords
    """What the certificate says."""
    look: Look = PLAIN
    """How the documents look: theme, accent colour, logo."""

    @model_validator(mode="after")
    def _levels_differ(self) -> "ProgramFile":
        numbers = [each.level for each in self.levels]
        if len(set(numbers)) != len(numbers):
            raise PydanticCustomError(
                "level_twice", "two levels have one number", {"key": "levels"}
            )
        return self


class Program(Record):
    """A program with its rubrics, ready for use."""

    rules: ProgramFile
    rubrics: tuple[Rubric, ...] = ()
    comment_banks: tuple[CommentBank, ...] = ()
    digest: str
    """SHA-512 over the program's files, in hexadecimal: which rules exactly were used.

    Comment banks are left out: a comment that a grader adds changes no rule.
    """
    logo: bytes | None = None
    """The logo's file, PNG or JPEG, where the program has one."""

    @property
    def protocol(self) -> Protocol | None:
        """The protocol, where the program has one."""
        return self.rules.protocol

    @property
    def digest_in_sheets(self) -> str:
        """The digest as mark sheets hold it: its first 64 signs, for which a line has room."""
        return self.digest[:64]

    def level(self, number: int) -> CertificationLevel | None:
        """The level with this number, if the program has it."""
        return next((each for each in self.rules.levels if each.level == number), None)

    def rubric_for(self, work: WorkKind) -> Rubric | None:
        """The rubric that judges this kind of work, if the program has one."""
        return next((each for each in self.rubrics if each.judges == work), None)

    def rubric(self, rubric_id: str) -> Rubric | None:
        """The rubric with this id, if the program has it."""
        return next((each for each in self.rubrics if each.id == rubric_id), None)

    def comment_bank(self, rubric_id: str) -> CommentBank | None:
        """The comments kept for the rubric with this id, if the program has some."""
        return next((each for each in self.comment_banks if each.rubric == rubric_id), None)
