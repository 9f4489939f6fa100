"""Percent agreement: how often two graders of one work give the same mark."""

import math
from typing import Final

import numpy as np
from scipy.special import ndtri

from casebook.evaluation.agreement.figures import CONFIDENCE
from casebook.evaluation.agreement.matrix import (
    FloatArray,
    marks_per_work,
    pairable,
    value_counts,
    values_of,
)
from casebook.evaluation.agreement.summed import SummedFigures

_ROUNDING: Final = 1e-12


def agreement_shares(marks: FloatArray) -> SummedFigures:
    """The share of agreeing pairs, averaged over works: (1/n) sum of a_i / (m_i (m_i - 1) / 2).

    a_i is the number of pairs of graders who gave work i the same mark, m_i its number of marks;
    each work counts once, however many marked it. Works with fewer than two marks are left out.

    Args:
        marks: Works by graders, NaN where there is no mark.

    Source:
        Fleiss 1971, Psychological Bulletin 76:378, the observed agreement.
    """
    both = pairable(marks)
    counts, each = value_counts(both, values_of(both)), marks_per_work(both)
    shares = (counts * (counts - 1)).sum(axis=1) / (each * (each - 1))
    return SummedFigures(
        parts=np.column_stack([shares, np.ones(len(both))]),
        from_sums=lambda sums: np.stack([sums[0] / sums[1]]),
        undefined="no work has two marks",
    )


def percent_agreement(marks: FloatArray) -> float:
    """The share of agreeing pairs, 0 to 1.

    Raises:
        Undefined: No work has two marks.
    """
    return agreement_shares(marks).only()


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share of ``n`` independent yes-or-no observations.

    (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n); never outside 0 to 1, and never
    without width, even where all agree.

    Source:
        Wilson 1927, Journal of the American Statistical Association 22:209.
    """
    z = float(ndtri((1 + CONFIDENCE) / 2))
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = ((middle + way * reach) / (1 + z * z / n) for way in (-1, 1))
    return (low if low > _ROUNDING else 0.0), (high if high < 1 - _ROUNDING else 1.0)
