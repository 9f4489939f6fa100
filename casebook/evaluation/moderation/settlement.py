"""Which marks count, and the level on each criterion that they come to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from casebook.domain.outcome.percentages import TOLERANCE
from casebook.evaluation.moderation.panel import Panel
from casebook.evaluation.scoring import weighted_percent


@dataclass(frozen=True, slots=True)
class Settlement:
    """The marks that make the result.

    Attributes:
        counted: The ids of those whose marks count, in alphabetical order.
        levels: Criterion's id -> the level they come to, which may lie between two steps.
    """

    counted: tuple[str, ...]
    levels: Mapping[str, float]

    def percent(self, panel: Panel) -> float:
        """The total of these levels, 0 to 100."""
        return weighted_percent(
            (each.weight, self.levels[each.id], each.top) for each in panel.rubric.criteria
        )


def mean_of(panel: Panel, graders: Iterable[str]) -> Settlement:
    """The mean of some graders' levels on each criterion, which has the mean of their totals."""
    return _settled(panel, graders, lambda levels: sum(levels) / len(levels))


def median_of(panel: Panel) -> Settlement:
    """The median of all levels on each criterion; of an even number the mean of the middle two."""
    return _settled(panel, panel.graders, lambda levels: float(median(levels)))


def highest_of(panel: Panel) -> Settlement:
    """The marks with the highest total as a whole; of equal totals the mean.

    Why not the higher level on each criterion: nobody found that sum of best marks.
    """
    highest = max(panel.percent(each) for each in panel.graders)
    return mean_of(
        panel, (each for each in panel.graders if panel.percent(each) >= highest - TOLERANCE)
    )


def _settled(
    panel: Panel, graders: Iterable[str], level_of: Callable[[list[int]], float]
) -> Settlement:
    counted = tuple(sorted(set(graders)))
    levels = {
        each.id: level_of(panel.complete_levels(each.id, counted)) for each in panel.rubric.criteria
    }
    return Settlement(counted, levels)
