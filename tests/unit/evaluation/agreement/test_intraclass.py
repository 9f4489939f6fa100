"""The six intraclass correlations of Shrout and Fleiss."""

import math
import warnings

import numpy as np
import pandas as pd
import pingouin
import pytest

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.intraclass import (
    FORMS,
    Form,
    icc,
    icc_figures,
    icc_interval,
    mean_squares,
    stepped_up,
)
from casebook.evaluation.agreement.matrix import FloatArray, mark_matrix
from casebook.evaluation.agreement.resampling import resample_weights
from tests.unit.evaluation.agreement.published import SHROUT_FLEISS_1979, some_marks

THEIRS: dict[Form, str] = {
    "1-1": "ICC(1,1)", "2-1": "ICC(A,1)", "3-1": "ICC(C,1)",
    "1-k": "ICC(1,k)", "2-k": "ICC(A,k)", "3-k": "ICC(C,k)",
}  # fmt: skip
"""Pingouin's names."""


def by_pingouin(marks: FloatArray) -> pd.DataFrame:
    long = pd.DataFrame(marks).reset_index().melt("index", var_name="grader", value_name="mark")
    with warnings.catch_warnings():
        # Why: it uses what its own dependency deprecates.
        warnings.simplefilter("ignore", DeprecationWarning)
        found = pingouin.intraclass_corr(long, targets="index", raters="grader", ratings="mark")
    return found.set_index("Type")


@pytest.mark.parametrize("seed", range(8))
def test_values_and_intervals_are_those_of_pingouin(seed: int) -> None:
    """Its limits are rounded to two decimals."""
    marks = some_marks(seed, works=10 + seed, graders=2 + seed % 4, levels=9)
    theirs = by_pingouin(marks)
    for form in FORMS:
        expected = theirs.loc[THEIRS[form]]
        assert icc(marks, form) == pytest.approx(expected["ICC"], abs=1e-9)
        assert icc_interval(marks, form) == pytest.approx(tuple(expected["CI95"]), abs=0.00501)


def test_a_resample_has_the_forms_of_the_works_drawn() -> None:
    """Sums by how often each work was drawn are those of the works set anew."""
    marks = some_marks(3, works=12, graders=3, levels=9)
    figures, weights = icc_figures(marks), resample_weights(12)[:, :4]
    drawn = figures.of_sums(np.asarray(figures.parts.T @ weights))
    for column in range(4):
        again = icc_figures(np.repeat(marks, weights[:, column].astype(int), axis=0))
        assert drawn[:, column] == pytest.approx(again.values())


def test_two_works_by_two_graders_are_enough_for_mean_squares() -> None:
    """1 2 / 3 6, mean 3, squares around it 4 + 1 + 0 + 9 = 14.

    Means of works 1.5 and 4.5: BMS = 2 (2.25 + 2.25) / 1 = 9, WMS = (14 - 9) / 2; of graders 2
    and 4: JMS = 2 (1 + 1) / 1 = 4; EMS = (14 - 9 - 4) / 1.
    """
    found = mean_squares(mark_matrix([[1, 2], [3, 6]]))
    assert (found.works, found.graders) == (2, 2)
    squares = found.between, found.within, found.of_graders, found.residual
    assert squares == pytest.approx((9, 2.5, 4, 1))


def test_works_that_lack_a_mark_are_left_out() -> None:
    more = np.vstack([SHROUT_FLEISS_1979, [3, math.nan, 4, 5]])
    for form in FORMS:
        assert icc(more, form) == pytest.approx(icc(SHROUT_FLEISS_1979, form))


@pytest.mark.parametrize("form", FORMS)
def test_adding_points_to_all_marks_changes_nothing(form: Form) -> None:
    """Not even a hundred million: sums of squares lose no digits."""
    far = SHROUT_FLEISS_1979 + 1e8
    assert icc(far, form) == pytest.approx(icc(SHROUT_FLEISS_1979, form), abs=1e-6)


def test_a_severe_grader_lowers_agreement_and_not_consistency() -> None:
    harsher = SHROUT_FLEISS_1979 - np.array([0, 0, 0, 5])
    assert icc(harsher, "3-1") == pytest.approx(icc(SHROUT_FLEISS_1979, "3-1"))
    assert icc(harsher, "1-1") != pytest.approx(icc(SHROUT_FLEISS_1979, "1-1"))


def test_graders_who_never_differ_have_a_value_and_no_interval() -> None:
    marks = mark_matrix([[1, 1], [2, 2], [4, 4]])
    for form in FORMS:
        assert icc(marks, form) == pytest.approx(1)
        why = r"^the graders never differ, so nothing says how far they might$"
        with pytest.raises(Undefined, match=why):
            icc_interval(marks, form)


@pytest.mark.parametrize(
    "marks",
    [
        mark_matrix([[mark] * 3 for mark in (1, 0.1, 0.9, 0.3)]),
        mark_matrix([[mark, mark + 0.1, mark + 0.3] for mark in (1, 0.5, 0.1, 0.6, 0.8)]),
    ],
    ids=["no difference", "severity alone"],
)
def test_what_rounding_leaves_is_no_mean_square(marks: FloatArray) -> None:
    """Tenths have no end in binary: the residual comes out at some 1e-17 and is nothing."""
    assert mean_squares(marks).residual == 0
    with pytest.raises(Undefined, match="never differ"):
        icc_interval(marks, "3-1")


@pytest.mark.parametrize(
    "marks",
    [
        mark_matrix([[3, 3], [3, 3], [3, 3]]),
        mark_matrix([[1, 2], [1, 2], [1, 2]]),
        mark_matrix([[1, 2]]),
        mark_matrix([[1], [2]]),
        mark_matrix([[1, math.nan], [math.nan, 2]]),
    ],
    ids=["all the same", "works that do not differ", "one work", "one grader", "no full work"],
)
@pytest.mark.parametrize("form", FORMS)
def test_without_works_that_differ_there_is_none(form: Form, marks: FloatArray) -> None:
    with pytest.raises(Undefined):
        icc(marks, form)
    with pytest.raises(Undefined):
        icc_interval(marks, form)


def test_mean_squares_take_two_works_and_two_graders() -> None:
    for marks in (mark_matrix([[1, 2]]), mark_matrix([[1], [2]])):
        with pytest.raises(Undefined, match=r"^the works do not differ, or no work has the marks"):
            mean_squares(marks)


def test_stepping_up_is_spearman_brown() -> None:
    """Twice as many marks of reliability 0.5: 2 * 0.5 / (1 + 0.5) = 2/3."""
    assert stepped_up(0.5, 2) == pytest.approx(2 / 3)
    assert stepped_up(icc(SHROUT_FLEISS_1979, "3-1"), 4) == pytest.approx(
        icc(SHROUT_FLEISS_1979, "3-k")
    )
