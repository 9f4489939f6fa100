"""Generalizability: where the variance of marks comes from, and what one mark is worth."""

from typing import Final

import numpy as np

from casebook.evaluation.agreement.components import Components
from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.matrix import FloatArray, marks_per_work, pairable
from casebook.evaluation.agreement.summed import SummedFigures

_UNDEFINED: Final = "the marks do not tell apart works, graders and chance"
_ROUNDING: Final = 1e-12
"""The share of the marks' own variance that may be left of a variance of zero."""


def component_figures(marks: FloatArray) -> SummedFigures:
    """The variances of works, graders and rest as sums, not yet kept from being negative.

    Henderson's method 1 (analysis of variance of unbalanced data), for marks x = mean + work +
    grader + rest with all three random. With N marks of a works and b graders, T the sum of
    squares of all marks (0), of work totals over their numbers (p), of grader totals over their
    numbers (r) and of the total over N (m), kp = sum(n_p^2)/N and kr = sum(n_r^2)/N, the expected
    values give: graders + rest = (T0 - Tp) / (N - a); works + rest = (T0 - Tr) / (N - b); rest =
    ((N - kp)(works + rest) + (N - kr)(graders + rest) - (T0 - Tm)) / (N - kp - kr + 1). Unbiased
    with any pattern of missing marks that has nothing to do with the marks; with a full table it
    is the usual analysis of variance.

    Args:
        marks: Works by graders, NaN where there is no mark; works with fewer than two are left
            out.

    Source:
        Henderson 1953, Biometrics 9:226; Brennan 2001, Generalizability Theory, chapter 7.
    """
    both = pairable(marks)
    both = both[:, ~np.isnan(both).all(axis=0)]
    graders = both.shape[1]
    given = ~np.isnan(both)
    near = np.where(given, both - both[given].mean(), 0.0) if both.size else np.zeros_like(both)
    each, totals = marks_per_work(both), near.sum(axis=1)
    parts = np.column_stack(
        [
            np.ones(len(both)),
            each,
            each**2,
            totals,
            totals**2 / each,
            (near**2).sum(axis=1),
            given,
            near,
        ]
    )

    def from_sums(sums: FloatArray) -> FloatArray:
        a, n, squares, total, t_works, t_all = sums[:6]
        numbers, of_each = sums[6 : 6 + graders], sums[6 + graders :]
        b = (numbers > 0).sum(axis=0)
        t_graders = (of_each**2 / np.maximum(numbers, 1)).sum(axis=0)
        k_works, k_graders = squares / n, (numbers**2).sum(axis=0) / n
        error = (t_all - t_works) / (n - a)
        beside = (t_all - t_graders) / (n - b)
        rest = ((n - k_works) * beside + (n - k_graders) * error - (t_all - total**2 / n)) / (
            n - k_works - k_graders + 1
        )
        found = np.stack([beside - rest, error - rest, rest])
        # Why: what is left of a difference of equal sums is rounding, and no variance.
        return np.where(np.abs(found) <= _ROUNDING * t_all / n, 0, found)

    return SummedFigures(parts, from_sums, _UNDEFINED)


def variance_components(marks: FloatArray) -> Components:
    """The variances of works, graders and rest; those below zero are set to zero and named.

    Raises:
        Undefined: There are fewer than two works or graders, or the marks cannot tell them apart.
    """
    figures = component_figures(marks)
    values = figures.values()
    if np.isnan(values).any():
        raise Undefined(figures.undefined)
    works, graders, rest = map(float, values)
    named = zip(("works", "graders", "rest"), (works, graders, rest), strict=True)
    below = tuple(name for name, value in named if value < 0)
    return Components(max(works, 0.0), max(graders, 0.0), max(rest, 0.0), below)


def reliability_figures(marks: FloatArray) -> SummedFigures:
    """Phi of one grader's mark, and its standard error of measurement, as sums."""
    components = component_figures(marks)

    def from_sums(sums: FloatArray) -> FloatArray:
        works, graders, rest = np.maximum(components.of_sums(sums), 0)
        error = graders + rest
        return np.stack([works / (works + error), np.sqrt(error)])

    return SummedFigures(components.parts, from_sums, "the marks do not differ at all")
