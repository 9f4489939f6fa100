"""The graders of one piece of work: what they found, who else may be asked, by which rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from casebook.domain.outcome.moderation import RuleFired
from casebook.domain.outcome.results import Evaluation, Scored
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric

Follow = Literal["further-grader", "discussion"]
"""What a rule asks for before there can be a result."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of work with its graders.

    Attributes:
        work: The work's id.
        title: Its title as its pages show it.
        rubric: What it is judged by.
        policy: The program's rules.
        asked: How many graders are asked at first.
        marked: The ids of those who have handed in their marks.
        evaluations: Grader's id -> what these marks come to. May be empty while fewer have
            marked than are asked: nothing has been opened yet.
        spare: Who may be asked next, the first one first; None where there is no list of graders.
        drawn: Whether that order was drawn; else the office chooses among them.
        first: Those who marked before any further grader did; empty where that is not known.
        latest: The one who marked last; None where that is not known.
        names: Grader's id -> how the office calls them.
        drawn_twice: Whether the draw asks for one grader more than the policy by itself.
        remarks: What the record must say of how the marks came.
    """

    work: str
    title: str
    rubric: Rubric
    policy: MarkingPolicy
    asked: int
    marked: frozenset[str]
    evaluations: Mapping[str, Evaluation]
    spare: tuple[str, ...] | None = None
    drawn: bool = False
    first: tuple[str, ...] = ()
    latest: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    drawn_twice: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def graders(self) -> tuple[str, ...]:
        """The ids of those whose marks are there, in alphabetical order."""
        return tuple(sorted(self.evaluations))

    @property
    def further(self) -> int:
        """How many have marked beside those who were asked at first."""
        return max(0, len(self.evaluations) - self.asked)

    @property
    def limit(self) -> int:
        """The most graders who may be asked."""
        return max(self.policy.most_graders, self.asked)

    @property
    def is_full(self) -> bool:
        """Whether nobody else may be asked."""
        return len(self.evaluations) >= self.limit

    def before_further_graders(self) -> "Panel | None":
        """The panel as it was before a further grader marked; None where that is not known."""
        if not self.further or len(self.first) != self.asked:
            return None
        marks = {each: self.evaluations[each] for each in self.first}
        return replace(self, marked=frozenset(self.first), evaluations=marks)

    def percent(self, grader: str) -> float:
        """One grader's total, 0 to 100; of complete marks alone."""
        percent = self.evaluations[grader].percent
        assert percent is not None  # noqa: S101 - incomplete marks are completed first
        return percent

    def levels(self, criterion: str) -> dict[str, int]:
        """The level of each grader who has marked a criterion."""
        return {
            grader: levels[criterion]
            for grader in self.graders
            if criterion in (levels := self._scored(grader))
        }

    def complete_levels(self, criterion: str, graders: Iterable[str]) -> list[int]:
        """The levels that some graders gave, in their order; of complete marks alone."""
        return [self._scored(grader)[criterion] for grader in graders]

    def called(self, grader: str) -> str:
        """How the office calls a grader."""
        return self.names.get(grader, grader)

    def _scored(self, grader: str) -> dict[str, int]:
        outcomes = self.evaluations[grader].criteria
        return {each.criterion: each.level for each in outcomes if isinstance(each, Scored)}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule of the policy found, and what it asks for."""

    fired: tuple[RuleFired, ...] = ()
    follow: Follow | None = None
