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
from casebook.evaluation.agreement.resampling import resample_weights
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


def test_the_rest_may_come_out_below_zero_too() -> None:
    """3 4 - / 2 2 - / 2 - 0: N 6, a 3, b 3, T0 37, Tp (49 + 16 + 4) / 2, Tr 49/3 + 36/2, Tm 169/6.

    kp = 12/6 and kr = (9 + 4 + 1) / 6. Graders + rest = 2.5 / 3 = 5/6, works + rest = 8/9, and
    rest = (4 * 8/9 + 11/3 * 5/6 - 53/6) / (8/3) = -5/6. The third grader gave a single mark.
    """
    nan = math.nan
    found = variance_components(mark_matrix([[3, 4, nan], [2, 2, nan], [2, nan, 0]]))
    assert (found.of_works, found.of_graders) == pytest.approx((8 / 9 + 5 / 6, 5 / 6 + 5 / 6))
    assert (found.of_rest, found.set_to_zero) == (0, ("rest",))


def test_a_variance_of_zero_is_not_called_below_zero() -> None:
    """Tenths have no end in binary: what comes out at -1e-17 is zero, and was not set to it."""
    found = variance_components(mark_matrix([[mark] * 3 for mark in (0.1, 0.7, 0.3)]))
    assert (found.of_graders, found.of_rest) == (0, 0)
    assert found.of_works == pytest.approx(0.28 / 3)  # Around 11/30: squares 0.28 * 2/3, over 2.
    assert found.set_to_zero == ()


@pytest.mark.parametrize("unit", [1e-9, 1e-3, 1e3, 1e9])
def test_the_unit_of_the_marks_does_not_matter(unit: float) -> None:
    """What rounding is depends on how far the marks themselves differ."""
    tenths = mark_matrix([[mark] * 3 for mark in (0.1, 0.7, 0.3)])
    for marks, expected in ((tenths, (0.28 / 3, 0, 0)), ([[1, 2], [3, 6]], (4, 1.5, 1))):
        found = component_figures(unit * np.array(marks)).values() / unit**2
        assert found == pytest.approx(expected, abs=1e-12)
        assert [each == 0 for each in found] == [each == 0 for each in expected]


def test_a_small_variance_is_no_rounding() -> None:
    """500 works from 1 to 500, and a hundredth up or down by turns: rest 500 * 2 * 1e-4 / 499."""
    turns = 0.01 * (-1.0) ** np.arange(500)
    levels = np.arange(1.0, 501)
    found = variance_components(np.column_stack([levels + turns, levels - turns]))
    assert found.of_rest == pytest.approx(0.1 / 499, rel=1e-4)


def test_two_works_by_two_graders_are_enough() -> None:
    """1 2 / 3 6: mean squares 9, 4 and 1; works (9 - 1) / 2, graders (4 - 1) / 2."""
    found = variance_components(mark_matrix([[1, 2], [3, 6]]))
    assert (found.of_works, found.of_graders, found.of_rest) == pytest.approx((4, 1.5, 1))


def test_adding_points_to_all_marks_changes_nothing() -> None:
    """Not even a hundred million: sums of squares lose no digits."""
    far = component_figures(SHROUT_FLEISS_1979 + 1e8).values()
    assert far == pytest.approx(component_figures(SHROUT_FLEISS_1979).values(), abs=1e-6)


def test_a_resample_has_the_variances_of_the_works_drawn() -> None:
    """Also where a grader has no mark in what was drawn."""
    marks = some_marks(4, works=10, graders=4, levels=9, missing=0.2)
    marks[1:, 3] = math.nan
    marks = marks[np.count_nonzero(~np.isnan(marks), axis=1) > 1]
    assert not math.isnan(marks[0, 3])
    figures, weights = component_figures(marks), resample_weights(len(marks))[:, :8]
    assert 0 < np.count_nonzero(weights[0]) < 8
    drawn = figures.of_sums(np.asarray(figures.parts.T @ weights))
    for column in range(8):
        again = np.repeat(marks, weights[:, column].astype(int), axis=0)
        assert drawn[:, column] == pytest.approx(component_figures(again).values())


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
    with pytest.raises(Undefined, match=r"^the marks do not tell apart works, graders and chance$"):
        variance_components(marks)


def test_marks_that_never_differ_have_no_phi() -> None:
    with pytest.raises(Undefined, match=r"^the marks do not differ at all$"):
        reliability_figures(np.ones((12, 3))).only()


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
