"""The severity of graders."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.formula.api import ols

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.matrix import FloatArray, mark_matrix
from casebook.evaluation.agreement.severity import severities
from tests.unit.evaluation.agreement.published import some_marks

NONE = math.nan


def test_by_hand() -> None:
    """1 3 / 2 4 / 6 7: the second is 2, 2 and 1 above, 5/3 on average: 5/6 to each side.

    What is left of each difference is 1/3, 1/3, -2/3; squares (1/9 + 1/9 + 4/9) / 2 = 1/3 over 2
    degrees of freedom gives s^2 = 1/6. A severity is half a mean difference: its variance is
    s^2 * 2/3 / 4 = 1/36, and t(2) is 4.3027.
    """
    found = severities(mark_matrix([[1, 3], [2, 4], [6, 7]]))
    assert found.points == pytest.approx([5 / 6, -5 / 6])
    assert found.reach == pytest.approx([4.30265 / 6] * 2, abs=1e-4)
    assert found.works.tolist() == [3, 3]


def test_two_works_by_two_graders_are_enough() -> None:
    """1 3 / 2 6: differences 2 and 4, so 3/2 to each side.

    What is left is 1 to each side of their mean 3; halves of it in each of four marks: squares
    4 * 1/4 = 1 over 1 degree of freedom. The variance is 1 * (1/2) / 2 = 1/4, and t(1) is 12.7062.
    """
    found = severities(mark_matrix([[1, 3], [2, 6]]))
    assert found.points == pytest.approx([1.5, -1.5])
    assert found.reach == pytest.approx([12.7062 / 2] * 2, abs=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_points_and_intervals_are_those_of_statsmodels(seed: int) -> None:
    """Least squares with sums to zero, for full tables and with missing marks."""
    marks = some_marks(seed, works=14, graders=4, levels=9, missing=0.25 * (seed % 2))
    marks = marks[np.count_nonzero(~np.isnan(marks), axis=1) > 1]
    long = pd.DataFrame(marks).reset_index().melt("index", var_name="grader", value_name="mark")
    long = long[long["mark"].notna()].astype({"grader": int})
    fit = ols("mark ~ C(index) + C(grader, Sum)", long).fit()
    names = [f"C(grader, Sum)[S.{grader}]" for grader in range(3)]
    found = severities(marks)
    assert found.points[:3] == pytest.approx(-fit.params[names].to_numpy())
    limits = fit.conf_int().loc[names].to_numpy()
    assert found.points[:3] - found.reach[:3] == pytest.approx(-limits[:, 1])
    assert found.points[:3] + found.reach[:3] == pytest.approx(-limits[:, 0])
    assert found.points.sum() == pytest.approx(0)


@pytest.mark.parametrize("graders", [2, 3, 5, 6, 7])
def test_in_a_full_table_a_severity_is_the_mean_of_all_less_the_graders_own(graders: int) -> None:
    """Its variance is s^2 (k - 1) / (k n), s^2 the residual mean square; for any number of works.

    With 58 works by 5 graders rounding once made the reach fifty million points.
    """
    for works in range(2, 70):
        marks = some_marks(works, works=works, graders=graders, levels=9)
        found = severities(marks)
        assert found.points == pytest.approx(marks.mean() - marks.mean(axis=0), abs=1e-9)
        freedom = (works - 1) * (graders - 1)
        residual = marks - marks.mean(axis=0) - marks.mean(axis=1)[:, None] + marks.mean()
        variance = (residual**2).sum() / freedom * (graders - 1) / (graders * works)
        reach = stats.t.ppf(0.975, freedom) * math.sqrt(variance)
        assert found.reach == pytest.approx([reach] * graders, abs=1e-6)


def test_who_marked_the_weaker_works_is_not_taken_for_severe() -> None:
    """All agree on every work; the third saw only the weak ones."""
    marks = mark_matrix([[9, 9, NONE], [8, 8, NONE], [NONE, 2, 2], [1, NONE, 1]])
    assert severities(marks).points == pytest.approx([0, 0, 0])


@pytest.mark.parametrize(
    "marks, why",
    [
        (mark_matrix([[1, 2, NONE, NONE], [NONE, NONE, 1, 2]] * 2), "2 sets that share no work"),
        (mark_matrix([[1, 2, NONE], [NONE, NONE, 3], [2, 2, NONE]]), "2 sets"),
        (
            mark_matrix([[1, 2]]),
            r"^there are too few marks on shared works to compare the graders$",
        ),
        (np.empty((0, 2)), "2 sets"),
    ],
)
def test_graders_that_cannot_be_compared_are_refused(marks: FloatArray, why: str) -> None:
    with pytest.raises(Undefined, match=why):
        severities(marks)


def test_works_link_graders_through_others() -> None:
    """The first and the third share no work, and both share works with the second."""
    marks = mark_matrix([[1, 2, NONE], [2, 3, NONE], [NONE, 5, 7], [NONE, 1, 3]])
    assert severities(marks).points == pytest.approx([4 / 3, 1 / 3, -5 / 3])


def test_perfect_agreement_leaves_no_reach() -> None:
    found = severities(mark_matrix([[1, 2], [3, 4], [5, 6]]))
    assert found.reach == pytest.approx([0, 0], abs=1e-6)
