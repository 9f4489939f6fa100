"""A logistic curve through two groups of totals: how likely a total belongs to the upper one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, inf, log1p, sqrt
from statistics import fmean, pstdev
from typing import TypeAlias

from casebook.evaluation.standard_setting.estimate import Estimate, normal_estimate

_Point: TypeAlias = tuple[float, float]
"""A standardized total, and 1 for the upper group or 0 for the lower."""

_Curve: TypeAlias = tuple[float, float]
"""Intercept and slope over standardized totals."""


@dataclass(frozen=True, slots=True)
class LogisticCurve:
    """P(upper group) = 1 / (1 + exp(-(intercept + slope * total))).

    Attributes:
        intercept: In log odds, at a total of 0.
        slope: In log odds for each unit of the totals; above 0 when the upper mean is higher.
        middle: The total at which both groups are equally likely: -intercept / slope.
    """

    intercept: float
    slope: float
    middle: Estimate


def fit_logistic(lower: Sequence[float], upper: Sequence[float]) -> LogisticCurve:
    """Fit the curve of maximum likelihood by Newton's method.

    Args:
        lower: The totals of the lower group.
        upper: Those of the upper group, whose mean is higher. The groups overlap: otherwise the
            likelihood has no maximum.

    Returns:
        The curve. The error of its middle follows from the inverse of the information matrix by
        the delta method: var(c) = (V_aa + 2 c V_ab + c^2 V_bb) / b^2.
    """
    totals = (*lower, *upper)
    centre, unit = fmean(totals), pstdev(totals)
    # Why standardized: Newton's steps neither overflow nor depend on the unit.
    points = [
        ((total - centre) / unit, answer)
        for answer, group in ((0.0, lower), (1.0, upper))
        for total in group
    ]
    a, b = _climbed(points)
    v_aa, v_ab, v_bb = _inverse(*_information(points, a, b))
    middle = -a / b
    error = sqrt(v_aa + 2 * middle * v_ab + middle**2 * v_bb) / b
    return LogisticCurve(
        intercept=a - b * centre / unit,
        slope=b / unit,
        middle=normal_estimate(centre + unit * middle, unit * error),
    )


def _climbed(points: Sequence[_Point]) -> _Curve:
    """Intercept and slope of the highest likelihood: climbs until it rises no more."""
    a = b = 0.0
    height, reached = -inf, _log_likelihood(points, a, b)
    while reached > height:
        height = reached
        step_a, step_b = _newton_step(points, a, b)
        # Why halved: far from the top, a whole step of Newton's may lead down again.
        while (reached := _log_likelihood(points, a + step_a, b + step_b)) < height:
            step_a, step_b = step_a / 2, step_b / 2
        a, b = a + step_a, b + step_b
    return a, b


def _newton_step(points: Sequence[_Point], a: float, b: float) -> _Curve:
    gaps = [(y - _share(a + b * z), z) for z, y in points]
    pull_a, pull_b = fsum(gap for gap, _ in gaps), fsum(gap * z for gap, z in gaps)
    v_aa, v_ab, v_bb = _inverse(*_information(points, a, b))
    return v_aa * pull_a + v_ab * pull_b, v_ab * pull_a + v_bb * pull_b


def _information(points: Sequence[_Point], a: float, b: float) -> tuple[float, float, float]:
    shares = [(_share(a + b * z), z) for z, _ in points]
    weights = [(share * (1 - share), z) for share, z in shares]
    return (
        fsum(w for w, _ in weights),
        fsum(w * z for w, z in weights),
        fsum(w * z * z for w, z in weights),
    )


def _inverse(aa: float, ab: float, bb: float) -> tuple[float, float, float]:
    determinant = aa * bb - ab * ab
    return bb / determinant, -ab / determinant, aa / determinant


def _log_likelihood(points: Sequence[_Point], a: float, b: float) -> float:
    return fsum(y * (a + b * z) - _softplus(a + b * z) for z, y in points)


def _share(odds: float) -> float:
    """1 / (1 + exp(-odds)) without an overflow."""
    if odds >= 0:
        return 1 / (1 + exp(-odds))
    return exp(odds) / (1 + exp(odds))


def _softplus(odds: float) -> float:
    """log(1 + exp(odds)) without an overflow."""
    return max(odds, 0.0) + log1p(exp(-abs(odds)))
