"""Krippendorff's alpha: agreement beyond chance of any number of graders, with marks missing."""

from typing import Final, Literal, TypeAlias

import numpy as np

from casebook.evaluation.agreement.matrix import (
    FloatArray,
    marks_per_work,
    pairable,
    value_counts,
    values_of,
)
from casebook.evaluation.agreement.summed import SummedFigures

Metric: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
"""What the marks are: names, ranks, distances, or distances from a true zero."""

METRICS: Final[tuple[Metric, ...]] = ("nominal", "ordinal", "interval", "ratio")

_UNDEFINED: Final = "all marks are the same"


def krippendorff_alpha(marks: FloatArray, metric: Metric) -> float:
    """Alpha = 1 - Do / De, at most 1; 0 is agreement as by chance.

    Do is the mean squared difference of marks of one work, De that of any two marks. A work with
    m marks counts m; works with fewer than two are left out. The squared difference of c and k:
    nominal 0 or 1; ordinal (sum of the numbers of marks from c to k, less half of those at c and
    at k)^2; interval (c - k)^2; ratio ((c - k) / (c + k))^2.

    Args:
        marks: Works by graders, NaN where there is no mark; for ratio none below zero.
        metric: What the marks are.

    Raises:
        Undefined: No work has two marks, or all marks are the same.

    Source:
        Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; also Hayes and
        Krippendorff 2007, Communication Methods and Measures 1:77.
    """
    return alpha_figure(marks, metric).only()


def alpha_figure(marks: FloatArray, metric: Metric) -> SummedFigures:
    """Alpha as sums: ``krippendorff_alpha`` says what it is."""
    both = pairable(marks)
    values = values_of(both)
    counts, each = value_counts(both, values), marks_per_work(both)
    if metric == "ordinal":
        return _ordinal(counts, each)
    apart = _squared_differences(values, metric)
    seen = (counts @ apart * counts).sum(axis=1) / (each - 1)

    def from_sums(sums: FloatArray) -> FloatArray:
        totals = sums[1:]
        by_chance = (totals * (apart @ totals)).sum(axis=0)
        return np.stack([1 - (totals.sum(axis=0) - 1) * sums[0] / by_chance])

    return SummedFigures(np.column_stack([seen, counts]), from_sums, _UNDEFINED)


def _squared_differences(values: FloatArray, metric: Metric) -> FloatArray:
    """The squared difference of each pair of values, shape (values, values)."""
    distance: FloatArray = values[:, None] - values[None, :]
    if metric == "nominal":
        return np.asarray(distance != 0, dtype=np.float64)
    if metric == "interval":
        return distance * distance
    total = values[:, None] + values[None, :]
    shares: FloatArray = np.divide(distance, total, out=np.zeros_like(distance), where=total != 0)
    return shares * shares


def _ordinal(counts: FloatArray, each: FloatArray) -> SummedFigures:
    """Why apart from the others: the distance of two ranks depends on all marks together."""
    size = counts.shape[1]
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs[:, range(size), range(size)] -= counts
    pairs /= (each - 1)[:, None, None]

    def from_sums(sums: FloatArray) -> FloatArray:
        joint = sums.reshape(size, size, *sums.shape[1:])
        totals = joint.sum(axis=1)
        middles = np.cumsum(totals, axis=0) - totals / 2
        apart = (middles[:, None] - middles[None, :]) ** 2
        seen = (joint * apart).sum(axis=(0, 1))
        by_chance = (totals[:, None] * totals[None, :] * apart).sum(axis=(0, 1))
        return np.stack([1 - (totals.sum(axis=0) - 1) * seen / by_chance])

    return SummedFigures(pairs.reshape(len(counts), size * size), from_sums, _UNDEFINED)
