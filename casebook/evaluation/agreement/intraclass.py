"""The intraclass correlation, in the six forms of Shrout and Fleiss."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from scipy.special import fdtri

from casebook.evaluation.agreement.figures import CONFIDENCE, Undefined
from casebook.evaluation.agreement.matrix import FloatArray, marked_by_all
from casebook.evaluation.agreement.summed import SummedFigures

Form: TypeAlias = Literal["1-1", "2-1", "3-1", "1-k", "2-k", "3-k"]
"""Which graders, and how many marks.

1: each work has other graders; 2: the same graders, drawn from many; 3: these graders and no
others, so that their severity does not count. 1: the mark of one grader; k: the mean of all.
"""

FORMS: Final[tuple[Form, ...]] = ("1-1", "2-1", "3-1", "1-k", "2-k", "3-k")

_UNDEFINED: Final = "the works do not differ, or no work has the marks of all graders"
_TAIL: Final = (1 + CONFIDENCE) / 2


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """The analysis of variance of a full table of n works by k graders.

    Attributes:
        works: n.
        graders: k.
        between: Mean square between works, BMS.
        within: Mean square within works, WMS.
        of_graders: Mean square between graders, JMS.
        residual: Mean square of the residual, EMS.
    """

    works: int
    graders: int
    between: float
    within: float
    of_graders: float
    residual: float


def icc_figures(marks: FloatArray) -> SummedFigures:
    """The six forms as sums, in the order of ``FORMS``.

    With BMS, WMS, JMS, EMS the mean squares between works, within works, between graders and of
    the residual, n works and k graders:
    (1,1) (BMS - WMS) / (BMS + (k-1) WMS); (2,1) (BMS - EMS) / (BMS + (k-1) EMS + k (JMS - EMS)/n);
    (3,1) (BMS - EMS) / (BMS + (k-1) EMS); (1,k) (BMS - WMS) / BMS;
    (2,k) (BMS - EMS) / (BMS + (JMS - EMS)/n); (3,k) (BMS - EMS) / BMS.

    Args:
        marks: Works by graders, NaN where there is no mark; works that are not marked by all are
            left out.

    Source:
        Shrout and Fleiss 1979, Psychological Bulletin 86:420.
    """
    full = marked_by_all(marks)
    k = full.shape[1]
    # Why: a sum of squares of numbers near zero loses no digits.
    near = full - full.mean() if full.size else full
    parts = np.column_stack(
        [np.ones(len(near)), near.sum(axis=1) ** 2, (near**2).sum(axis=1), near]
    )

    def from_sums(sums: FloatArray) -> FloatArray:
        squares = _mean_squares(sums, k)
        n, between, within, of_graders, residual = squares
        apart = (of_graders - residual) / n
        # Why: where works do not differ, what is left of a difference is rounding.
        none = between <= _least(sums)
        forms = np.stack(
            [
                (between - within) / (between + (k - 1) * within),
                (between - residual) / (between + (k - 1) * residual + k * apart),
                (between - residual) / (between + (k - 1) * residual),
                (between - within) / between,
                (between - residual) / (between + apart),
                (between - residual) / between,
            ]
        )
        return np.where(none, np.nan, forms)

    return SummedFigures(parts, from_sums, _UNDEFINED)


def icc(marks: FloatArray, form: Form) -> float:
    """One form of the intraclass correlation, at most 1; it may be below zero.

    Raises:
        Undefined: Fewer than two works have all marks, or the works do not differ.
    """
    return icc_figures(marks).only(FORMS.index(form))


def mean_squares(marks: FloatArray) -> MeanSquares:
    """The analysis of variance of the works that all graders marked.

    Raises:
        Undefined: Fewer than two works have the marks of two graders or more.
    """
    figures = icc_figures(marks)
    k = marks.shape[1]
    if figures.works < 2 or k < 2:  # noqa: PLR2004 - a variance takes two
        raise Undefined(_UNDEFINED)
    n, between, within, of_graders, residual = map(float, _mean_squares(figures.sums, k))
    tiny = float(_least(figures.sums))
    between, within, of_graders, residual = (
        each if each > tiny else 0.0 for each in (between, within, of_graders, residual)
    )
    return MeanSquares(int(n), k, between, within, of_graders, residual)


def icc_interval(marks: FloatArray, form: Form) -> tuple[float, float]:
    """The 95 % interval of one form.

    Forms 1 and 3 from the distribution of F = BMS/WMS or BMS/EMS; form 2 with the degrees of
    freedom of Satterthwaite's approximation; those for k marks follow from those for one.

    Raises:
        Undefined: As ``icc``; or all graders agree without a difference, and F has no end.

    Source:
        Shrout and Fleiss 1979, Psychological Bulletin 86:420; McGraw and Wong 1996,
        Psychological Methods 1:30, table 7.
    """
    squares = mean_squares(marks)
    icc(marks, form)
    error = squares.within if form[0] == "1" else squares.residual
    if error <= 0:
        raise Undefined("the graders never differ, so nothing says how far they might")
    low, high = _drawn_graders(squares) if form[0] == "2" else _by_ratio(squares, error, form[0])
    if form.endswith("k"):
        k = squares.graders
        return stepped_up(low, k), stepped_up(high, k)
    return low, high


def stepped_up(reliability: float, times: float) -> float:
    """The reliability of a mean of ``times`` as many marks: times r / (1 + (times - 1) r).

    Source:
        Spearman 1910 and Brown 1910, British Journal of Psychology 3:271 and 3:296.
    """
    return times * reliability / (1 + (times - 1) * reliability)


def _by_ratio(squares: MeanSquares, error: float, model: str) -> tuple[float, float]:
    n, k = squares.works, squares.graders
    above, below = n - 1, (n * (k - 1) if model == "1" else (n - 1) * (k - 1))
    ratio = squares.between / error
    low = ratio / float(fdtri(above, below, _TAIL))
    high = ratio * float(fdtri(below, above, _TAIL))
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _drawn_graders(squares: MeanSquares) -> tuple[float, float]:
    n, k = squares.works, squares.graders
    between, of_graders, residual = squares.between, squares.of_graders, squares.residual
    r = (between - residual) / (between + (k - 1) * residual + k * (of_graders - residual) / n)
    ratio = of_graders / residual
    share = n * (1 + (k - 1) * r) - k * r
    freedom = ((k - 1) * (n - 1) * (k * r * ratio + share) ** 2) / (
        (n - 1) * k**2 * r**2 * ratio**2 + share**2
    )
    upper = float(fdtri(n - 1, freedom, _TAIL))
    lower = float(fdtri(freedom, n - 1, _TAIL))
    spread = k * of_graders + (k * n - k - n) * residual
    return (
        n * (between - upper * residual) / (upper * spread + n * between),
        n * (lower * between - residual) / (spread + n * lower * between),
    )


def _mean_squares(sums: FloatArray, k: int) -> tuple[FloatArray, ...]:
    """n, BMS, WMS, JMS and EMS from sums of shape (3 + graders, ...)."""
    n, of_works, squares, columns = sums[0], sums[1] / k, sums[2], sums[3:]
    middle = columns.sum(axis=0) ** 2 / (n * k)
    of_graders = (columns**2).sum(axis=0) / n - middle
    within = squares - of_works
    return (
        n,
        (of_works - middle) / (n - 1),
        within / (n * (k - 1)),
        of_graders / (k - 1),
        (within - of_graders) / ((n - 1) * (k - 1)),
    )


def _least(sums: FloatArray) -> FloatArray:
    """The least mean square that is more than rounding."""
    return np.asarray(1e-12 * sums[2])
