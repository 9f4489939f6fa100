"""What agreement comes to: figures per criterion, for the total and for the result."""

from collections.abc import Mapping
from dataclasses import dataclass

from casebook.evaluation.agreement.catalogue import Unit
from casebook.evaluation.agreement.components import Components
from casebook.evaluation.agreement.figures import Figure, Refused


@dataclass(frozen=True, slots=True)
class GraderSeverity:
    """How strict one grader is: points below the graders' common level, or why not known."""

    grader: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Step:
    """Phi and the standard error if each work were marked by so many graders.

    ``low`` and ``high`` are None where phi of one grader has no interval.
    """

    graders: int
    phi: float
    low: float | None
    high: float | None
    sem: float


@dataclass(frozen=True, slots=True)
class Need:
    """How many graders a work needs for phi to reach a target.

    None where no number is enough. ``at_best`` and ``at_worst`` are those of the interval's upper
    and lower limit; ``known`` is False where phi has no interval, and both are None.
    """

    target: float
    graders: int | None
    at_best: int | None
    at_worst: int | None
    known: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision study: what more or fewer graders would do."""

    components: Components
    steps: tuple[Step, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class CandidateStep:
    """Phi of a candidate's mean over so many works by so many graders, with its 95 % interval.

    ``low`` and ``high`` are None where it has none.
    """

    works: int
    graders: int
    phi: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class CandidateStudy:
    """What more works of each candidate would do.

    Attributes:
        submissions: How many submissions with two works or more it is made of.
        of_candidates: Variance between candidates: what is to be measured.
        of_works: Variance between works of one candidate.
        of_graders: Variance of the graders' severity.
        of_rest: Everything else.
        set_to_zero: Those that came out below zero.
        steps: Every number of works with every number of graders.
        needed: Each target for phi, with the works that one grader has to mark for it; None where
            no number is enough.
    """

    submissions: int
    of_candidates: float
    of_works: float
    of_graders: float
    of_rest: float
    set_to_zero: tuple[str, ...]
    steps: tuple[CandidateStep, ...]
    needed: tuple[tuple[float, int | None], ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """The agreement on one thing: a criterion, the total, or the result.

    Attributes:
        id: The criterion's id, ``total`` or ``result``.
        works: Works with two marks or more.
        marks: All marks of those works.
        pairs: Pairs of graders that the mean kappas are made of; 1 where there are two graders.
        figures: By the ids of ``catalogue``.
        decision: None where the measure has no variances, as a pass or fail.
        severity: One for each grader; None as with ``decision``.
    """

    id: str
    title: str
    unit: Unit
    works: int
    marks: int
    pairs: int
    figures: Mapping[str, Figure]
    decision: Decision | Refused | None
    severity: tuple[GraderSeverity, ...] | Refused | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of all graders on the works marked by one rubric."""

    works: int
    submissions: int
    sheets: int
    graders: tuple[str, ...]
    result: Measure | None
    """None where no rubric says what passes."""
    total: Measure
    criteria: tuple[Measure, ...]
    candidates: CandidateStudy | Refused | None
    """How far the mean of a candidate's works can be trusted; None where each has but one."""
    seed: int
    resamples: int

    @property
    def has_pairs(self) -> bool:
        """Whether two graders marked one and the same thing anywhere."""
        return any(measure.works for measure in self.measures)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All of them: result, total, criteria."""
        return (*((self.result,) if self.result else ()), self.total, *self.criteria)
