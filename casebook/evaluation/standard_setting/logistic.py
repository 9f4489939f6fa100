"""A logistic curve through two groups of totals: how likely a total belongs to the upper one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log1p, sqrt
from statistics import fmean, pstdev
from typing import Final, TypeAlias

from casebook.evaluation.standard_setting.estimate import Estimate, normal_estimate

_MOST_STEPS: Final = 200
_SMALL: Final = 1e-12
_MOST_HALVINGS: Final = 40

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
    places = [(total - centre) / unit for total in totals]
    answers = [0.0] * len(lower) + [1.0] * len(upper)
    a, b = _climbed(places, answers)
    v_aa, v_ab, v_bb = _inverse(*_information(places, a, b))
    middle = -a / b
    error = sqrt(v_aa + 2 * middle * v_ab + middle**2 * v_bb) / b
    return LogisticCurve(
        intercept=a - b * centre / unit,
        slope=b / unit,
        middle=normal_estimate(centre + unit * middle, unit * error),
    )


def _climbed(places: Sequence[float], answers: Sequence[float]) -> _Curve:
    """Intercept and slope of the highest likelihood."""
    a = b = 0.0
    height = _log_likelihood(places, answers, a, b)
    moved, steps = 1.0, 0
    while moved > _SMALL * (1 + abs(a) + abs(b)) and steps < _MOST_STEPS:
        step_a, step_b = _newton_step(places, answers, a, b)
        reached, halvings = _log_likelihood(places, answers, a + step_a, b + step_b), 0
        # Why halved: far from the top, a whole step of Newton's may lead down again.
        while reached < height and halvings < _MOST_HALVINGS:
            step_a, step_b, halvings = step_a / 2, step_b / 2, halvings + 1
            reached = _log_likelihood(places, answers, a + step_a, b + step_b)
        a, b, height = a + step_a, b + step_b, reached
        moved, steps = abs(step_a) + abs(step_b), steps + 1
    return a, b


def _newton_step(places: Sequence[float], answers: Sequence[float], a: float, b: float) -> _Curve:
    gaps = [y - _share(a + b * z) for z, y in zip(places, answers, strict=True)]
    pull_a, pull_b = fsum(gaps), fsum(g * z for g, z in zip(gaps, places, strict=True))
    v_aa, v_ab, v_bb = _inverse(*_information(places, a, b))
    return v_aa * pull_a + v_ab * pull_b, v_ab * pull_a + v_bb * pull_b


def _information(places: Sequence[float], a: float, b: float) -> tuple[float, float, float]:
    shares = [_share(a + b * z) for z in places]
    weights = [share * (1 - share) for share in shares]
    pairs = list(zip(weights, places, strict=True))
    return fsum(weights), fsum(w * z for w, z in pairs), fsum(w * z * z for w, z in pairs)


def _inverse(aa: float, ab: float, bb: float) -> tuple[float, float, float]:
    determinant = aa * bb - ab * ab
    return bb / determinant, -ab / determinant, aa / determinant


def _log_likelihood(places: Sequence[float], answers: Sequence[float], a: float, b: float) -> float:
    return fsum(y * (a + b * z) - _softplus(a + b * z)
                for z, y in zip(places, answers, strict=True))  # fmt: skip


def _share(odds: float) -> float:
    """1 / (1 + exp(-odds)) without an overflow."""
    if odds >= 0:
        return 1 / (1 + exp(-odds))
    return exp(odds) / (1 + exp(odds))


def _softplus(odds: float) -> float:
    """log(1 + exp(odds)) without an overflow."""
    return max(odds, 0.0) + log1p(exp(-abs(odds)))
