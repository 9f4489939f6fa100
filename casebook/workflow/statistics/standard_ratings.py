"""Reads a cut off sheets with a global rating, by the method that was chosen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeAlias

from casebook.domain.program.rubric import Rubric
from casebook.evaluation.standard_setting.borderline_group import BorderlineGroup, borderline_group
from casebook.evaluation.standard_setting.borderline_regression import BorderlineRegression, regress
from casebook.evaluation.standard_setting.contrasting_groups import (
    ContrastingGroups,
    contrast_groups,
)
from casebook.evaluation.standard_setting.estimate import Refusal
from casebook.workflow.statistics.rating_scale import (
    RatingStep,
    borderline_rating,
    contrasted,
    rating_scale,
)
from casebook.workflow.statistics.scored_sheets import ScoredSheet
from casebook.workflow.statistics.standard_choices import Choices, Method

RatedOutcome: TypeAlias = BorderlineRegression | BorderlineGroup | ContrastingGroups | Refusal


@dataclass(frozen=True, slots=True)
class RatingCount:
    """How often a rating was given.

    Attributes:
        step: The rating.
        sheets: How many sheets have it.
        mean: Their mean total in percent; None where there is none.
        part: What the method takes it for: borderline, failing or passing; None for neither.
    """

    step: RatingStep
    sheets: int
    mean: float | None
    part: str | None


def cut_by_ratings(
    sheets: Sequence[ScoredSheet], rubric: Rubric, method: Method, choices: Choices
) -> tuple[RatedOutcome, tuple[RatingCount, ...]]:
    """Find the cut, and count the ratings it rests on, lowest first.

    Args:
        sheets: Each with a rating of the rubric.
        rubric: What they were scored by.
        method: One that goes by ratings.
        choices: What was settled beforehand.

    Raises:
        UsageError: A rating that was named is not known, or the scale does not rise.
        MachineError: SciPy is missing, and the method needs it.
    """
    steps = rating_scale(rubric, choices.positions)
    outcome: RatedOutcome
    if method == "contrasting-groups":
        low, high = contrasted(rubric, steps, choices.borderline, choices.failing, choices.passing)
        parts = dict.fromkeys(low, "failing") | dict.fromkeys(high, "passing")
        outcome = contrast_groups(_totals(sheets, low), _totals(sheets, high))
        return outcome, _counts(sheets, steps, parts)
    borderline = borderline_rating(rubric, choices.borderline)
    if method == "borderline-group":
        outcome = borderline_group(_totals(sheets, {borderline}))
    else:
        position = {step.id: step.position for step in steps}
        points = [(position[str(each.rating)], each.percent) for each in sheets]
        outcome = regress(points, position[borderline])
    return outcome, _counts(sheets, steps, {borderline: "borderline"})


def _totals(sheets: Iterable[ScoredSheet], ratings: Collection[str]) -> list[float]:
    return [each.percent for each in sheets if each.rating in ratings]


def _counts(
    sheets: Sequence[ScoredSheet], steps: Iterable[RatingStep], parts: Mapping[str, str]
) -> tuple[RatingCount, ...]:
    totals = {step: _totals(sheets, {step.id}) for step in steps}
    return tuple(
        RatingCount(step, len(given), fmean(given) if given else None, parts.get(step.id))
        for step, given in totals.items()
    )
