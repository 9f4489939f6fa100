"""The severity of graders."""

import math

import numpy as np
import pandas as pd
import pytest
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


def test_who_marked_the_weaker_works_is_not_taken_for_severe() -> None:
    """All agree on every work; the third saw only the weak ones."""
    marks = mark_matrix([[9, 9, NONE], [8, 8, NONE], [NONE, 2, 2], [1, NONE, 1]])
    assert severities(marks).points == pytest.approx([0, 0, 0])


@pytest.mark.parametrize(
    "marks, why",
    [
        (mark_matrix([[1, 2, NONE, NONE], [NONE, NONE, 1, 2]] * 2), "2 sets that share no work"),
        (mark_matrix([[1, 2, NONE], [NONE, NONE, 3], [2, 2, NONE]]), "2 sets"),
        (mark_matrix([[1, 2]]), "too few marks"),
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
