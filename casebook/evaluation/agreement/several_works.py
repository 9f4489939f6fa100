"""How far the mean of a candidate's works can be trusted, and how many works would be enough.

Three case studies say more of a candidate than one, and several sessions more than one session.
"""

import math
from typing import Final

import numpy as np

from casebook.evaluation.agreement.decision_study import TARGETS
from casebook.evaluation.agreement.figures import Interval, Undefined
from casebook.evaluation.agreement.matrix import FloatArray, IntArray, marks_per_work
from casebook.evaluation.agreement.report import CandidateStep, CandidateStudy
from casebook.evaluation.agreement.resampling import bootstrap_intervals
from casebook.evaluation.agreement.summed import SummedFigures

MOST_WORKS: Final = 6
GRADERS: Final = (1, 2)
"""How many graders are looked at; each of them marks all of a candidate's works."""

_SINGULAR: Final = 1e-9
_ROUNDING: Final = 1e-12
"""The share of the marks' own variance that may be left of a variance of zero."""
_UNDEFINED: Final = "the marks do not tell apart candidates, their works, graders and chance"
_DESIGNS: Final = tuple((k, n) for n in GRADERS for k in range(1, MOST_WORKS + 1))


def candidate_components(marks: FloatArray, submissions: IntArray) -> SummedFigures:
    """Variances of candidates, works within candidates, graders and rest, as sums.

    Henderson's method 1, as in ``generalizability.component_figures``, with works nested in
    submissions: the sums of squares of submissions, works, graders and all marks, less that of the
    mean, are set to their expected values.

    Args:
        marks: Works by graders, NaN where there is no mark; each work has at least one.
        submissions: The number of each work's submission, from 0, none left out.

    Source:
        Henderson 1953, Biometrics 9:226; Brennan 2001, Generalizability Theory, chapter 7.
    """
    number = int(submissions.max(initial=-1)) + 1
    given = (~np.isnan(marks)).astype(np.float64)
    near = np.where(given > 0, marks - (marks[given > 0].mean() if marks.size else 0), 0.0)
    belongs = np.zeros((number, len(marks)))
    belongs[submissions, np.arange(len(marks))] = 1
    of_work, each = near.sum(axis=1), marks_per_work(marks)
    numbers, sums = belongs @ given, belongs @ near
    in_all, total = numbers.sum(axis=1), sums.sum(axis=1)
    parts = np.column_stack(
        [
            np.ones(number),
            in_all,
            belongs.sum(axis=1),
            total,
            total**2 / in_all,
            belongs @ (of_work**2 / each),
            belongs @ (near**2).sum(axis=1),
            in_all**2,
            belongs @ each**2,
            belongs @ each**2 / in_all,
            (numbers**2).sum(axis=1) / in_all,
            numbers,
            sums,
            numbers**2,
        ]
    )
    return SummedFigures(parts, _components, _UNDEFINED)


def study_works(marks: FloatArray, submissions: IntArray) -> CandidateStudy:
    """Phi for several numbers of works and graders.

    With variances s, w, g, e of candidates, works, graders and rest, phi of the mean of k works,
    each marked by the same n graders, is s / (s + w/k + g/n + e/(k n)).

    Args:
        marks: As in ``candidate_components``.
        submissions: As in ``candidate_components``.

    Raises:
        Undefined: The marks do not tell the four variances apart.
    """
    components = candidate_components(marks, submissions)
    values = components.values()
    if np.isnan(values).any():
        raise Undefined(components.undefined)
    grid = SummedFigures(
        components.parts,
        lambda sums: _phis(components.of_sums(sums)),
        "the marks do not differ at all",
    )
    intervals = bootstrap_intervals(grid, np.arange(components.works))
    steps = tuple(
        CandidateStep(
            *design,
            phi,
            limits.low if isinstance(limits, Interval) else None,
            limits.high if isinstance(limits, Interval) else None,
        )
        for design, phi, limits in zip(_DESIGNS, grid.values().tolist(), intervals, strict=True)
        if not math.isnan(phi)
    )
    if not steps:
        raise Undefined(grid.undefined)
    names = ("candidates", "works", "graders", "rest")
    zeroed = tuple(name for name, value in zip(names, values, strict=True) if value < 0)
    s, w, g, e = (max(float(value), 0.0) for value in values)
    return CandidateStudy(
        submissions=components.works,
        of_candidates=s,
        of_works=w,
        of_graders=g,
        of_rest=e,
        set_to_zero=zeroed,
        steps=steps,
        needed=tuple((target, works_needed(s, w, g, e, target)) for target in TARGETS),
    )


def works_needed(
    of_candidates: float, of_works: float, of_graders: float, of_rest: float, target: float
) -> int | None:
    """How many works one grader has to mark for phi to reach ``target``; None: no number is enough.

    k = (w + e) / (s (1 - target) / target - g), rounded up: the grader's own severity stays,
    however many works there are.
    """
    room = of_candidates * (1 - target) / target - of_graders
    if room <= 0:
        return None
    return max(1, math.ceil((of_works + of_rest) / room - 1e-9))


def _phis(values: FloatArray) -> FloatArray:
    of_candidates, of_works, of_graders, of_rest = np.maximum(values, 0)
    return np.stack(
        [
            of_candidates / (of_candidates + of_works / k + of_graders / n + of_rest / (k * n))
            for k, n in _DESIGNS
        ]
    )


def _components(sums: FloatArray) -> FloatArray:
    (s, n, w, total, t_s, t_w, t_0, n_s2, n_w2, w_in_s, g_in_s), of_graders = sums[:11], sums[11:]
    graders = len(of_graders) // 3
    numbers, totals, squares = (of_graders[at * graders : (at + 1) * graders] for at in range(3))
    b = (numbers > 0).sum(axis=0)
    t_g = (totals**2 / np.maximum(numbers, 1)).sum(axis=0)
    s_in_g = (squares / np.maximum(numbers, 1)).sum(axis=0)
    t_m = total**2 / n
    of_mean = np.stack([n_s2 / n, n_w2 / n, (numbers**2).sum(axis=0) / n, np.ones_like(n)])
    expected = np.stack(
        [
            np.stack([n, w_in_s, g_in_s, s]) - of_mean,
            np.stack([n, n, w, w]) - of_mean,
            np.stack([s_in_g, b, n, b]) - of_mean,
            np.stack([n, n, n, n]) - of_mean,
        ]
    )
    seen = np.stack([t_s - t_m, t_w - t_m, t_g - t_m, t_0 - t_m])
    found = _solved(np.moveaxis(expected, (0, 1), (-2, -1)), np.moveaxis(seen, 0, -1))
    # Why: what is left of a difference of equal sums is rounding, and no variance.
    return np.where(np.abs(found) <= _ROUNDING * t_0 / n, 0, found)


def _solved(expected: FloatArray, seen: FloatArray) -> FloatArray:
    """The variances, NaN where the equations do not determine them, shape (4, ...)."""
    scale = np.abs(expected).max(axis=(-2, -1), keepdims=True)
    sound = np.asarray(np.abs(np.linalg.det(expected / scale)) > _SINGULAR)
    safe = np.where(sound[..., None, None], expected, np.eye(4))
    found = np.linalg.solve(safe, seen[..., None])[..., 0]
    return np.moveaxis(np.where(sound[..., None], found, np.nan), -1, 0)
