"""Variance components with and without missing marks."""

import math
from functools import reduce

import numpy as np
import pandas as pd
import pytest
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from casebook.evaluation.agreement.components import phi
from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.generalizability import (
    component_figures,
    reliability_figures,
    variance_components,
)
from casebook.evaluation.agreement.intraclass import Form, icc
from casebook.evaluation.agreement.matrix import FloatArray, mark_matrix
from tests.unit.evaluation.agreement.published import SHROUT_FLEISS_1979, some_marks


def test_by_hand() -> None:
    """1 2 / 3 4 / 5 9, mean 4, squares around it 40 in all.

    Means of works 1.5, 3.5, 7: BMS = 2 (6.25 + 0.25 + 9) / 2 = 15.5; of graders 3 and 5: JMS =
    3 (1 + 1) = 6; EMS = (40 - 31 - 6) / 2 = 1.5. Works (15.5 - 1.5) / 2, graders (6 - 1.5) / 3.
    """
    found = variance_components(mark_matrix([[1, 2], [3, 4], [5, 9]]))
    assert (found.of_works, found.of_graders, found.of_rest) == pytest.approx((7, 1.5, 1.5))
    assert found.set_to_zero == ()


@pytest.mark.parametrize("seed", range(6))
def test_with_a_full_table_they_are_those_of_the_analysis_of_variance(seed: int) -> None:
    """Mean squares from statsmodels, solved by the expected values of the p x r design."""
    marks = some_marks(seed, works=15, graders=3 + seed % 3, levels=9)
    works, graders = marks.shape
    long = pd.DataFrame(marks).reset_index().melt("index", var_name="grader", value_name="mark")
    table = anova_lm(ols("mark ~ C(index) + C(grader)", long).fit())
    between, of_graders, rest = table["mean_sq"]
    expected = (between - rest) / graders, (of_graders - rest) / works, rest
    assert component_figures(marks).values() == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(6))
def test_with_missing_marks_each_sum_of_squares_has_its_expected_value(seed: int) -> None:
    """A second derivation: E(y'Qy) = tr(Q V), with Q the projections onto works and graders."""
    marks = some_marks(seed, works=12, graders=4, levels=9, missing=0.3)
    marks = marks[np.count_nonzero(~np.isnan(marks), axis=1) > 1]
    rows, columns = np.nonzero(~np.isnan(marks))
    y = marks[rows, columns]
    works, graders = (
        np.eye(size)[at] for size, at in zip(marks.shape, (rows, columns), strict=True)
    )
    one = np.ones((len(y), 1))
    variances = [works @ works.T, graders @ graders.T, np.eye(len(y))]

    def onto(design: FloatArray) -> FloatArray:
        return np.asarray(design @ np.linalg.pinv(design.T @ design) @ design.T)

    forms = [onto(works) - onto(one), onto(graders) - onto(one), np.eye(len(y)) - onto(one)]
    expected = np.linalg.solve(
        [[np.trace(form @ variance) for variance in variances] for form in forms],
        [y @ form @ y for form in forms],
    )
    assert component_figures(marks).values() == pytest.approx(expected)


@pytest.mark.parametrize("graders", [1, 4])
def test_phi_of_a_full_table_is_the_correlation_of_absolute_agreement(graders: int) -> None:
    form: Form = "2-1" if graders == 1 else "2-k"
    found = phi(variance_components(SHROUT_FLEISS_1979), graders)
    assert found == pytest.approx(icc(SHROUT_FLEISS_1979, form))


def test_a_variance_below_zero_is_set_to_zero_and_named() -> None:
    """Works with one and the same mean, and graders who contradict each other."""
    found = variance_components(mark_matrix([[1, 3], [3, 1], [1, 3], [3, 1]]))
    assert (found.of_works, found.of_graders) == (0, 0)
    assert found.set_to_zero == ("works", "graders")
    assert phi(found) == 0


def test_phi_and_error_as_sums_are_those_of_the_components() -> None:
    marks = some_marks(4, missing=0.2)
    found = variance_components(marks)
    assert reliability_figures(marks).values() == pytest.approx(
        (phi(found), math.sqrt(found.of_error))
    )


@pytest.mark.parametrize(
    "marks",
    [
        np.empty((0, 3)),
        mark_matrix([[1, 2]]),
        mark_matrix([[1], [2]]),
        mark_matrix([[1, 2, math.nan, math.nan], [math.nan, math.nan, 3, 4]]),
    ],
    ids=["nothing", "one work", "one grader", "graders who share no work"],
)
def test_what_cannot_be_told_apart_is_refused(marks: FloatArray) -> None:
    with pytest.raises(Undefined):
        variance_components(marks)


def test_a_grader_without_a_shared_work_changes_nothing() -> None:
    marks = some_marks(2)
    alone = np.full((1, 5), math.nan)
    alone[0, 4] = 3
    more = np.vstack([np.hstack([marks, np.full((len(marks), 1), math.nan)]), alone])
    assert variance_components(more) == variance_components(marks)


def test_estimates_are_unbiased_with_missing_marks() -> None:
    """Variances 1, 0.25 and 0.5, marks missing at random: means of 400 draws come near them.

    Their standard errors are about 0.014, 0.011 and 0.004.
    """
    random = np.random.default_rng(7)
    draws = []
    for _ in range(400):
        marks = (
            random.normal(0, 1, (40, 1))
            + random.normal(0, 0.5, (1, 8))
            + random.normal(0, 0.5**0.5, (40, 8))
        )
        marks[random.random(marks.shape) < 0.5] = math.nan
        draws.append(component_figures(marks).values())
    mean = reduce(np.add, draws) / len(draws)
    assert mean == pytest.approx([1, 0.25, 0.5], abs=0.045)
