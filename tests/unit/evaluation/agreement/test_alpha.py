"""Krippendorff's alpha."""

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from casebook.evaluation.agreement.alpha import METRICS, Metric, krippendorff_alpha
from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.matrix import FloatArray, mark_matrix
from tests.unit.evaluation.agreement.published import KRIPPENDORFF_2011, some_marks

NONE = math.nan


def test_by_hand() -> None:
    """1 1 / 1 2 / 2 2: four marks on the diagonal of six; of 1 and of 2 there are three each.

    Do = 2/6, De = 2 * 3 * 3 / (6 * 5) = 0.6, alpha = 1 - (1/3) / 0.6 = 4/9, and the same for
    distances, since there is but one.
    """
    marks = mark_matrix([[1, 1], [1, 2], [2, 2]])
    for metric in METRICS:
        assert krippendorff_alpha(marks, metric) == pytest.approx(4 / 9)


tables = arrays(
    np.float64, st.tuples(st.integers(2, 8), st.integers(2, 4)),
    elements=st.sampled_from([0.0, 1.0, 2.0, 3.0, 7.0, NONE]),
)  # fmt: skip


@pytest.mark.parametrize("metric", METRICS)
@given(marks=tables)
def test_it_is_that_of_the_package_krippendorff(metric: Metric, marks: FloatArray) -> None:
    """With any pattern of missing marks."""
    pairable = marks[np.count_nonzero(~np.isnan(marks), axis=1) > 1]
    assume(len(set(pairable[~np.isnan(pairable)])) > 1)
    expected = krippendorff.alpha(reliability_data=marks.T, level_of_measurement=metric)
    assert krippendorff_alpha(marks, metric) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("metric", METRICS)
def test_many_different_totals_are_no_trouble(metric: Metric) -> None:
    marks = some_marks(1, works=120, levels=4, missing=0.2) + np.arange(120)[:, None] / 7
    expected = krippendorff.alpha(reliability_data=marks.T, level_of_measurement=metric)
    assert krippendorff_alpha(marks, metric) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("metric", METRICS)
def test_a_unit_with_one_mark_changes_nothing(metric: Metric) -> None:
    more = np.vstack([KRIPPENDORFF_2011, [NONE, NONE, 5, NONE]])
    before = krippendorff_alpha(KRIPPENDORFF_2011, metric)
    assert krippendorff_alpha(more, metric) == pytest.approx(before)


@pytest.mark.parametrize("metric", METRICS)
def test_marks_that_never_differ_have_none(metric: Metric) -> None:
    for marks in (np.empty((0, 2)), mark_matrix([[0, 0], [0, 0]]), mark_matrix([[1, NONE]])):
        with pytest.raises(Undefined, match=r"^all marks are the same$"):
            krippendorff_alpha(marks, metric)
