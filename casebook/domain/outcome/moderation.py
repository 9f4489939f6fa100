"""What several graders' marks come to by a program's policy."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.outcome.percentages import cut_percent, shown_percent
from casebook.domain.outcome.results import Evaluation, ResultName
from casebook.domain.program.rubric import Weight, WorkKind
from casebook.domain.record import Digest, IdReference, Line, Percent, Record, Sentences

RuleName = Literal[
    "graders",
    "second-marking",
    "within-tolerance",
    "beyond-tolerance",
    "criterion-tolerance",
    "near-pass-mark",
    "must-pass-agreed",
    "must-pass-dispute",
    "further-grader",
    "discussion",
    "most-graders",
]
"""A rule of the marking policy that had something to say about a piece of work."""


class RuleFired(Record):
    """One rule of the policy that bore on the result."""

    rule: RuleName
    """Which rule it was."""
    says: Sentences
    """What was found and what followed, in a sentence, for the record and for the candidate."""
    criterion: IdReference | None = None
    """The criterion's id, where the rule is about one."""


class Need(Record):
    """What is still wanted before there is a result."""

    what: Literal["mark", "completion", "discussion"]
    """A mark, the completion of marks begun, or a discussion."""
    graders: Annotated[tuple[Line, ...], Field(max_length=100)]
    """The ids of those who are asked: who marks, completes, or discusses."""
    says: Sentences
    """Who is to do what, in a sentence."""


class AgreedCriterion(Record):
    """One criterion with every grader's level and what was agreed."""

    criterion: IdReference
    """The criterion's id."""
    title: Line
    """The criterion in a few words."""
    levels: Annotated[dict[Line, int], Field(max_length=100)]
    """Grader's id -> level; whoever has not marked it is not among them."""
    level: Annotated[float, Field(ge=0, le=20)] | None = None
    """The agreed level, which a mean may put between two steps; None while there is none."""
    top: int
    """The highest level."""
    weight: Weight
    """How much it counts beside the others."""
    must_pass: bool = False
    """Whether nothing makes up for failing it."""
    reached: bool | None = None
    """Of a must-pass criterion: whether it is passed; None while that is not agreed."""


class ModeratedWork(Record):
    """One piece of work: what its graders found, and what the policy makes of it."""

    work: IdReference
    """The id of the case study or observation."""
    judges: WorkKind
    """Which kind of work it is."""
    title: Line
    """The work's title as its pages show it."""
    rubric: IdReference
    """The rubric's id."""
    rubric_digest: Digest
    """Which wording of the rubric: SHA-256 over what it says."""
    result: ResultName
    """pass, fail, or incomplete."""
    percent: Percent | None = None
    """0 to 100; absent while the result is incomplete."""
    pass_percent: Percent
    """The percentage from which the work passes."""
    sem_percent: Percent | None = None
    """Standard error of measurement in percentage points, where it is known."""
    criteria: Annotated[tuple[AgreedCriterion, ...], Field(max_length=100)]
    """Each criterion, in the rubric's order."""
    evaluations: Annotated[dict[Line, Evaluation], Field(max_length=100)]
    """Grader's id -> what this grader's marks alone come to."""
    counted: Annotated[tuple[Line, ...], Field(max_length=100)]
    """The ids of the graders whose marks make the result."""
    rules: Annotated[tuple[RuleFired, ...], Field(max_length=1_000)]
    """Every rule of the policy that bore on the result, in order."""
    needs: Annotated[tuple[Need, ...], Field(max_length=100)] = ()
    """Nothing when the result is final."""
    reasons: Annotated[tuple[Sentences, ...], Field(max_length=400)]
    """Why the result is what it is."""

    @property
    def cut_percent(self) -> float | None:
        """The percentage with the decimals that are printed, never rounded over the pass mark."""
        return None if self.percent is None else cut_percent(self.percent, self.pass_percent)

    @property
    def shown_percent(self) -> str | None:
        """The same as the language spoken writes it."""
        return None if self.percent is None else shown_percent(self.percent, self.pass_percent)
