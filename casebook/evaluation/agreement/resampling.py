"""The bootstrap: how figures vary when the submissions are drawn again and again."""

from functools import lru_cache
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.special import ndtr, ndtri

from casebook.evaluation.agreement.figures import CONFIDENCE, Interval, Refused
from casebook.evaluation.agreement.matrix import FloatArray, IntArray
from casebook.evaluation.agreement.minimums import SUBMISSIONS_RESAMPLED
from casebook.evaluation.agreement.summed import SummedFigures

SEED: Final = 20_261_001
"""The same marks give the same interval, today and elsewhere."""

RESAMPLES: Final = 2_000
_CHUNK: Final = 250
_ROUNDING: Final = 1e-9
"""Values this near to each other, as a share of the figure from 1 on, are one and the same."""

_LOST_SHARE: Final = 0.05
"""More resamples without a figure than this, and those that have one no longer speak for all."""


def bootstrap_intervals(
    figures: SummedFigures, submissions: IntArray
) -> tuple[Interval | Refused, ...]:
    """95 % intervals by the bias-corrected and accelerated bootstrap over submissions.

    Whole submissions are drawn with replacement, with all their works: two case studies of one
    candidate are no two witnesses. The limits are the resamples' quantiles, shifted by how many
    resamples lie below the figure itself and by its skewness when one submission is left out.

    Args:
        figures: What is to have intervals.
        submissions: The number of each work's submission, from 0, shape (works,).

    Returns:
        An interval for each figure, or why it has none.

    Source:
        Efron 1987, Journal of the American Statistical Association 82:171.
    """
    number = int(submissions.max(initial=-1)) + 1
    if number < SUBMISSIONS_RESAMPLED.works:
        short = SUBMISSIONS_RESAMPLED.shortfall(number)
        return tuple(Refused(short) for _ in figures.values())
    ones = np.ones(len(submissions))
    members = csr_array((ones, (submissions, np.arange(len(ones)))))
    parts: Any = members @ figures.parts
    drawn = figures.of_sums(np.asarray(parts.T @ resample_weights(number)))
    left_out = figures.of_sums(figures.sums[:, None] - parts.T)
    return tuple(
        _interval(float(value), sample, without)
        for value, sample, without in zip(figures.values(), drawn, left_out, strict=True)
    )


@lru_cache(maxsize=1)
def resample_weights(number: int) -> FloatArray:
    """How often each submission is drawn in each resample, shape (submissions, resamples)."""
    random = np.random.default_rng(SEED)
    weights = np.empty((number, RESAMPLES))
    for start in range(0, RESAMPLES, _CHUNK):
        drawn = random.integers(0, number, (number, _CHUNK), dtype=np.int32)
        cells = drawn * np.int64(_CHUNK) + np.arange(_CHUNK)
        counts = np.bincount(cells.ravel(), minlength=number * _CHUNK)
        weights[:, start : start + _CHUNK] = counts.reshape(number, _CHUNK)
    weights.setflags(write=False)
    return weights


def _interval(value: float, drawn: FloatArray, left_out: FloatArray) -> Interval | Refused:
    sample = np.sort(drawn[~np.isnan(drawn)])
    if len(sample) < (1 - _LOST_SHARE) * len(drawn):
        return Refused("too many resamples have no such figure, because their marks do not differ")
    tiny = _ROUNDING * max(1.0, abs(value))
    if sample[-1] - sample[0] <= tiny:
        return Refused("the figure is the same in every resample, which says nothing of its range")
    # Why: a resample with the figure's own value counts half, and rounding must not part the two.
    ends = np.searchsorted(sample, [value - tiny, value + tiny])
    below = float(ends.mean()) / len(sample)
    half = 1 / (2 * len(sample))
    shift = float(ndtri(min(max(below, half), 1 - half)))
    skew = _acceleration(left_out)
    limits = []
    for tail in (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2:
        reach = shift + float(ndtri(tail))
        share = float(ndtr(shift + reach / (1 - skew * reach)))
        limits.append(float(np.quantile(sample, share)))
    return Interval(limits[0], limits[1], "bootstrap")


def _acceleration(left_out: FloatArray) -> float:
    """How skewed the figure is, from its values with one submission left out."""
    values = left_out[~np.isnan(left_out)]
    apart = values.mean() - values if len(values) else values
    spread = float((apart**2).sum())
    return float((apart**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
