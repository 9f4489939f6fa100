"""Cohen's kappa, unweighted and weighted, for two graders and for every pair of several."""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final, Literal, TypeAlias

import numpy as np
from scipy.sparse import csr_array
from scipy.special import ndtri

from casebook.evaluation.agreement.figures import CONFIDENCE, Undefined
from casebook.evaluation.agreement.matrix import FloatArray, marked_by_all, value_counts, values_of
from casebook.evaluation.agreement.summed import SummedFigures

Weighting: TypeAlias = Literal["none", "linear", "quadratic"]
"""How much a disagreement counts: all the same, by distance of levels, by distance squared."""

WEIGHTINGS: Final[tuple[Weighting, ...]] = ("none", "linear", "quadratic")

_ROUNDING: Final = 1e-9
_UNDEFINED: Final = "both graders gave one and the same level to every work"


def disagreement(values: FloatArray, weighting: Weighting) -> FloatArray:
    """How much a pair of levels disagrees, shape (values, values), 0 for none to 1 for most.

    Distances are those of the levels themselves: from 0 to 3 is three times as far as from 0 to
    1, whichever levels were given.
    """
    distance = np.abs(values[:, None] - values[None, :])
    if weighting == "none":
        return (distance > 0).astype(np.float64)
    distance /= distance.max(initial=1.0)
    return distance if weighting == "linear" else distance**2


def cohen_kappa(marks: FloatArray, weighting: Weighting = "none") -> float:
    """Kappa of two graders: 1 - sum(w o) / sum(w e).

    o is the share of works for each pair of levels, e the same if the graders marked
    independently with their own shares of levels, w the disagreement; without weights this is
    (po - pe) / (1 - pe). Works that one of them did not mark are left out.

    Args:
        marks: Works by two graders, NaN where there is no mark.
        weighting: How disagreements count.

    Raises:
        Undefined: No work has both marks, or all of them are the same level.

    Source:
        Cohen 1960, Educational and Psychological Measurement 20:37; with weights Cohen 1968,
        Psychological Bulletin 70:213.
    """
    return pair_kappas(marks, [(0, 1)]).only(WEIGHTINGS.index(weighting))


def kappa_error(marks: FloatArray, weighting: Weighting) -> float:
    """The large-sample standard error of ``cohen_kappa``.

    With v = 1 - w, p the shares of pairs of levels, v_i. = sum_j p_.j v_ij, v_.j = sum_i p_i. v_ij
    and pe = sum(v e): the square root of
    (sum p_ij (v_ij - (v_i. + v_.j)(1 - kappa))^2 - (kappa - pe (1 - kappa))^2) / (n (1 - pe)^2).

    Raises:
        Undefined: As ``cohen_kappa``.

    Source:
        Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72:323, formula 13.
    """
    kappa = cohen_kappa(marks, weighting)
    both = marked_by_all(marks)
    values = values_of(both)
    likeness = 1 - disagreement(values, weighting)
    p = _joint_counts(both, values) / len(both)
    first, second = p.sum(axis=1), p.sum(axis=0)
    expected = float(first @ likeness @ second)
    means = (likeness @ second)[:, None] + (first @ likeness)[None, :]
    spread = float((p * (likeness - means * (1 - kappa)) ** 2).sum())
    variance = spread - (kappa - expected * (1 - kappa)) ** 2
    return math.sqrt(max(variance, 0.0) / len(both)) / (1 - expected)


def kappa_interval(marks: FloatArray, weighting: Weighting = "none") -> tuple[float, float]:
    """The 95 % interval kappa -+ z times ``kappa_error``, kept within -1 and 1.

    It holds from about 2 k^2 works on, k being the number of levels (``normal_error_works``).

    Raises:
        Undefined: As ``cohen_kappa``; or the graders never differ, which leaves no error.
    """
    value, error = cohen_kappa(marks, weighting), kappa_error(marks, weighting)
    if error < _ROUNDING:
        raise Undefined("the two graders never differ, so nothing says how far they might")
    reach = float(ndtri((1 + CONFIDENCE) / 2)) * error
    return max(value - reach, -1.0), min(value + reach, 1.0)


def joint_works(marks: FloatArray) -> dict[tuple[int, int], int]:
    """How many works each pair of graders both marked, by their columns; pairs without are left."""
    given = (~np.isnan(marks)).astype(np.int64)
    together = given.T @ given
    pairs = combinations(range(marks.shape[1]), 2)
    return {pair: int(together[pair]) for pair in pairs if together[pair]}


def pair_kappas(marks: FloatArray, pairs: Sequence[tuple[int, int]]) -> SummedFigures:
    """The mean of the pairs' kappas: unweighted, linear and quadratic, in this order.

    A pair that gave one level to every work it shares has no kappa and is left out of the mean.

    Args:
        marks: Works by graders, NaN where there is no mark.
        pairs: The columns of each pair, one pair at least.

    Source:
        Light 1971, Psychological Bulletin 76:365, for more than two graders.
    """
    values = values_of(marks)
    size = len(values)
    rows, cells = [], []
    for number, (first, second) in enumerate(pairs):
        joint = np.flatnonzero(~np.isnan(marks[:, first]) & ~np.isnan(marks[:, second]))
        levels = (np.searchsorted(values, marks[joint, grader]) for grader in (first, second))
        row, column = levels
        rows.append(joint)
        cells.append(number * size * size + row * size + column)
    at = (np.concatenate(rows), np.concatenate(cells))
    shape = (len(marks), len(pairs) * size * size)
    weights = [disagreement(values, weighting) for weighting in WEIGHTINGS]

    def from_sums(sums: FloatArray) -> FloatArray:
        cells = sums.reshape(len(pairs), size * size, -1)
        joint = cells.reshape(len(pairs), size, size, -1)
        firsts, seconds = joint.sum(axis=2), joint.sum(axis=1)
        n = firsts.sum(axis=1)
        means = []
        for weight in weights:
            seen = weight.reshape(1, -1) @ cells
            by_chance = (firsts * (weight @ seconds)).sum(axis=1)
            each = 1 - n * seen[:, 0] / by_chance
            known = np.isfinite(each)
            means.append(np.where(known, each, 0).sum(axis=0) / known.sum(axis=0))
        return np.stack(means).reshape(len(WEIGHTINGS), *sums.shape[1:])

    return SummedFigures(
        parts=csr_array((np.ones(len(at[0])), at), shape=shape),
        from_sums=from_sums,
        undefined=_UNDEFINED if len(pairs) == 1 else "each pair gave one level to every work",
    )


def _joint_counts(both: FloatArray, values: FloatArray) -> FloatArray:
    """How many works have each pair of levels, shape (values, values)."""
    first, second = (value_counts(both[:, [grader]], values) for grader in (0, 1))
    return first.T @ second
