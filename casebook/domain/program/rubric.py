"""What is judged, on which steps, with which weight, and where passing begins."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.canonical import digest_of
from casebook.domain.record import FormatOne, Identifier, Line, Percent, Record, ScaleValue, Text

WorkKind = Literal["case-study", "observation"]

ProtocolFigure = Literal[
    "closed_cycles", "restored_muscles", "inside_window_pct", "surely_inside_pct",
    "retested_pct", "faults",
]  # fmt: skip
"""A figure that the protocol's check of a session gives, for criteria that need no judgement.

closed_cycles: cycles brought to a retest; restored_muscles: muscles that fire at their last
retest; inside_window_pct and surely_inside_pct: share of cycles whose release was finished
within the window's limit, or within its sure part; retested_pct: share of failed tests with
work on them that were retested; faults: number of protocol faults.
"""


FEWER_IS_BETTER: Final[frozenset[str]] = frozenset({"faults"})
"""The figures whose levels are reached by falling to ``from_figure`` and not by rising to it."""


class Level(Record):
    """One described step of a criterion's scale."""

    level: Annotated[int, Field(ge=0, le=20)]
    """The points this step is worth."""
    label: Line
    """The step in a word or two."""
    describes: Text
    """What a grader sees at this step."""
    from_figure: ScaleValue | None = None
    """For a criterion taken from the protocol: the figure from which this step is reached; of
    faults, the most that it allows."""


Weight = Annotated[float, Field(gt=0, le=100)]
"""How much a criterion counts beside the others."""


class MustPass(Record):
    """A condition that no other mark makes up for."""

    level: Annotated[int, Field(ge=0, le=20)]
    """The lowest level that passes."""
    reason: Text
    """Why nothing makes up for it; shown to a candidate who fails it."""


class Criterion(Record):
    """One thing that is judged."""

    id: Identifier
    """The key used in marks."""
    title: Line
    """The criterion in a few words."""
    asks: Text
    """The question a grader answers."""
    weight: Weight = 1.0
    """How much it counts beside the others."""
    must_pass: MustPass | None = None
    """Set when failing this criterion fails the work."""
    from_protocol: ProtocolFigure | None = None
    """Set when the level follows from the protocol and is not marked by hand."""
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=21)]
    """The steps, lowest first."""

    @model_validator(mode="after")
    def _levels_make_a_scale(self) -> "Criterion":
        steps = [step.level for step in self.levels]
        if steps != sorted(set(steps)):
            raise PydanticCustomError(
                "level_order", "levels rise from step to step, none twice", {"key": "levels"}
            )
        if self.must_pass and self.must_pass.level not in steps[1:]:
            raise PydanticCustomError(
                "must_pass_level",
                "must_pass names a level above the lowest one",
                {"key": "must_pass"},
            )
        return self

    @model_validator(mode="after")
    def _figures_follow_the_levels(self) -> "Criterion":
        figures = [step.from_figure for step in self.levels if step.from_figure is not None]
        if self.from_protocol is None:
            if figures:
                raise PydanticCustomError(
                    "figure_unused",
                    "`from_figure` belongs to criteria with `from_protocol`",
                    {"key": "levels"},
                )
            return self
        if any(step.from_figure is None for step in self.levels[1:]):
            raise PydanticCustomError(
                "figure_missing",
                "each level above the lowest needs `from_figure`",
                {"key": "levels"},
            )
        if figures != sorted(set(figures), reverse=self.from_protocol in FEWER_IS_BETTER):
            raise PydanticCustomError(
                "figure_order",
                "`from_figure` rises from level to level, and falls for faults",
                {"key": "levels"},
            )
        return self

    @property
    def top(self) -> int:
        """The points of the highest level."""
        return self.levels[-1].level

    def step(self, level: int) -> Level | None:
        """The described step worth ``level`` points, if there is one."""
        return next((step for step in self.levels if step.level == level), None)


class GlobalRating(Record):
    """One value of the overall impression that is given beside the criteria."""

    id: Identifier
    """The key used in mark sheets."""
    label: Line
    """The rating in words."""
    position: ScaleValue
    """Where it lies on the scale; examiners do not space ratings evenly (s12909-022-03753-5)."""


class Rubric(Record):
    """What one kind of work is judged by."""

    kind: Literal["rubric"]
    """Always rubric."""
    format: FormatOne
    """Always 1."""
    id: Identifier
    """The key used by programs and mark sheets."""
    title: Line
    """The rubric's title."""
    judges: WorkKind
    """What it is for: case-study or observation."""
    pass_percent: Percent
    """The percentage from which the work passes."""
    sem_percent: Annotated[float, Field(gt=0, le=50)] | None = None
    """Standard error of measurement in percentage points, where it has been measured."""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=100)]
    """The criteria, in the order they are judged."""
    global_ratings: Annotated[tuple[GlobalRating, ...], Field(max_length=20)] = ()
    """The values of the overall impression, lowest first."""

    def criterion(self, criterion_id: str) -> Criterion | None:
        """The criterion with this id, if there is one."""
        return next((each for each in self.criteria if each.id == criterion_id), None)

    @property
    def digest(self) -> str:
        """SHA-256 over what the rubric says: which wording exactly was judged by."""
        return digest_of(self)
