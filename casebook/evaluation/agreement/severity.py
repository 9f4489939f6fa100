"""Severity: how many points below the others a grader marks the same works."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from casebook.evaluation.agreement.figures import CONFIDENCE, Undefined
from casebook.evaluation.agreement.matrix import FloatArray, IntArray, marks_per_work, pairable


@dataclass(frozen=True, slots=True)
class Severities:
    """Each grader's severity, in the order of the columns.

    Attributes:
        points: How many points below the graders' common level; above it is negative. They sum
            to zero.
        reach: How far the 95 % interval reaches to each side, in points.
        works: How many works the grader marked that another marked too.
    """

    points: FloatArray
    reach: FloatArray
    works: IntArray


def severities(marks: FloatArray) -> Severities:
    """Least squares of marks = work + grader + rest, the graders summing to zero.

    Each work has its own level, whoever marked it, so a grader who got the weaker works is not
    taken for a severe one. With n_ij 1 where grader j marked work i and n_i marks of work i, the
    graders' levels solve L r = c, L = diag(n_.j) - sum_i n_ij n_ik / n_i, c_j = sum_i n_ij
    (x_ij - mean of work i); their covariance is s^2 times the pseudoinverse of L, which is
    (L + J)^-1 - J, J being 1 / graders throughout; s^2 is the residual sum of squares over
    N - works - graders + 1 degrees of freedom. The interval is Student's t.

    Args:
        marks: Works by graders, NaN where there is no mark; works with fewer than two are left
            out.

    Raises:
        Undefined: A grader shares no work with another, the graders fall into sets that share no
            work, or there are as many unknowns as marks.

    Source:
        Searle 1971, Linear Models, chapter 7 (two-way crossed classification).
    """
    both = pairable(marks)
    given = (~np.isnan(both)).astype(np.float64)
    together = given.T @ given
    sets = _sets(together)
    if sets != 1:
        raise Undefined(
            f"the graders fall into {sets} sets that share no work, so they cannot be compared"
        )
    works, graders = both.shape
    freedom = int(given.sum()) - works - graders + 1
    if freedom < 1:
        raise Undefined("there are too few marks on shared works to compare the graders")
    each = marks_per_work(both)
    from_mean = np.where(given > 0, both - (np.nansum(both, axis=1) / each)[:, None], 0.0)
    design = np.diag(np.diag(together)) - (given / each[:, None]).T @ given
    # Why not by its singular values: the one that is zero comes out a little above, and is kept.
    inverse = np.linalg.inv(design + 1 / graders) - 1 / graders
    levels = inverse @ from_mean.sum(axis=0)
    rest = float((from_mean**2).sum()) - float(levels @ from_mean.sum(axis=0))
    error = np.sqrt(max(rest, 0.0) / freedom * np.diag(inverse))
    reach = float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * error
    return Severities(-levels, reach, np.diag(together).astype(np.int64))


def _sets(together: FloatArray) -> int:
    """How many sets of graders there are that share no work with one another."""
    unseen, number = set(range(len(together))), 0
    while unseen:
        number += 1
        reached = [unseen.pop()]
        for grader in reached:
            near = unseen.intersection(np.flatnonzero(together[grader]).tolist())
            unseen -= near
            reached += near
    return number
