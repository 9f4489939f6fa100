"""Fleiss' kappa: agreement beyond chance of any number of graders, all levels equally apart."""

import numpy as np

from casebook.evaluation.agreement.matrix import (
    FloatArray,
    marks_per_work,
    pairable,
    value_counts,
    values_of,
)
from casebook.evaluation.agreement.summed import SummedFigures


def fleiss_figure(marks: FloatArray) -> SummedFigures:
    """(P - Pe) / (1 - Pe), as sums.

    P is the mean over works of the share of agreeing pairs, Pe = sum of p_j^2 with p_j the mean
    over works of the share of marks at level j. Where every work has the same number of marks
    this is Fleiss' own formula; where they differ, each work still counts once.

    Args:
        marks: Works by graders, NaN where there is no mark; works with fewer than two are left
            out.

    Source:
        Fleiss 1971, Psychological Bulletin 76:378; for differing numbers Gwet 2014, Handbook of
        Inter-Rater Reliability, chapter 2.
    """
    both = pairable(marks)
    counts, each = value_counts(both, values_of(both)), marks_per_work(both)
    shares = (counts * (counts - 1)).sum(axis=1) / (each * (each - 1))

    def from_sums(sums: FloatArray) -> FloatArray:
        works, agreed = sums[0], sums[1] / sums[0]
        by_chance = ((sums[2:] / works) ** 2).sum(axis=0)
        return np.stack([(agreed - by_chance) / (1 - by_chance)])

    return SummedFigures(
        parts=np.column_stack([np.ones(len(both)), shares, counts / each[:, None]]),
        from_sums=from_sums,
        undefined="all marks are the same",
    )


def fleiss_kappa(marks: FloatArray) -> float:
    """Fleiss' kappa, at most 1.

    Raises:
        Undefined: No work has two marks, or all marks are the same.
    """
    return fleiss_figure(marks).only()
