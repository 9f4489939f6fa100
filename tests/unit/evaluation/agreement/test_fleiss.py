"""Fleiss' kappa."""

import math

import numpy as np
import pytest
from statsmodels.stats.inter_rater import aggregate_raters
from statsmodels.stats.inter_rater import fleiss_kappa as other_fleiss_kappa

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.fleiss import fleiss_kappa
from casebook.evaluation.agreement.matrix import mark_matrix
from tests.unit.evaluation.agreement.published import some_marks

NONE = math.nan


def test_by_hand() -> None:
    """1 1 / 1 2 / 2 2: P = 2/3; shares 1/2 and 1/2, Pe = 1/2; (2/3 - 1/2) / (1/2) = 1/3."""
    assert fleiss_kappa(mark_matrix([[1, 1], [1, 2], [2, 2]])) == pytest.approx(1 / 3)


@pytest.mark.parametrize("seed", range(10))
def test_it_is_that_of_statsmodels(seed: int) -> None:
    marks = some_marks(seed, graders=2 + seed % 4)
    table, _ = aggregate_raters(marks.astype(int))
    assert fleiss_kappa(marks) == pytest.approx(other_fleiss_kappa(table), abs=1e-12)


def test_with_differing_numbers_of_marks_each_work_counts_once() -> None:
    """1 1 1 / 1 2 / 2 2, and a single mark that counts nothing: P = 2/3.

    Shares of level 1: (1 + 1/2 + 0) / 3 = 1/2, so Pe = 1/2 and kappa is 1/3, as without the third
    mark of the first work.
    """
    marks = mark_matrix([[1, 1, 1], [1, 2, NONE], [NONE, 2, 2], [9, NONE, NONE]])
    assert fleiss_kappa(marks) == pytest.approx(1 / 3)


@pytest.mark.parametrize("marks", [np.empty((0, 3)), mark_matrix([[3, 3], [3, 3]])])
def test_marks_that_never_differ_have_none(marks: np.ndarray) -> None:
    with pytest.raises(Undefined, match=r"^all marks are the same$"):
        fleiss_kappa(marks)
