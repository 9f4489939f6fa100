"""Percent agreement and Wilson's interval."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.matrix import mark_matrix
from casebook.evaluation.agreement.percent import percent_agreement, wilson_interval
from tests.unit.evaluation.agreement.published import some_marks

NONE = math.nan


def test_each_work_counts_once_however_many_marked_it() -> None:
    """2 2: 1 of 1 pair. 1 1 3: 1 of 3. 0 1: 0 of 1. A single mark has no pair. (1 + 1/3) / 3."""
    marks = mark_matrix([[2, 2, NONE], [1, 1, 3], [NONE, 0, 1], [3, NONE, NONE]])
    assert percent_agreement(marks) == pytest.approx(4 / 9)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_share_of_agreeing_pairs(seed: int) -> None:
    """Counted pair by pair, for tables without and with missing marks."""
    marks = some_marks(seed, missing=0.3 * (seed % 2))
    shares = []
    for row in marks:
        given = [mark for mark in row if not math.isnan(mark)]
        pairs = [(a, b) for at, a in enumerate(given) for b in given[:at]]
        if pairs:
            shares.append(sum(a == b for a, b in pairs) / len(pairs))
    assert percent_agreement(marks) == pytest.approx(sum(shares) / len(shares))


@pytest.mark.parametrize("marks", [np.empty((0, 2)), mark_matrix([[1, NONE], [NONE, 2]])])
def test_without_a_pair_there_is_none(marks: np.ndarray) -> None:
    with pytest.raises(Undefined, match=r"^no work has two marks$"):
        percent_agreement(marks)


@given(n=st.integers(1, 3000), hits=st.integers(0, 3000))
def test_wilsons_interval_is_that_of_statsmodels(n: int, hits: int) -> None:
    hits = min(hits, n)
    expected = proportion_confint(hits, n, method="wilson")
    assert wilson_interval(hits / n, n) == pytest.approx(expected, abs=1e-9)


@given(n=st.integers(1, 500))
def test_even_full_agreement_has_an_interval_with_width(n: int) -> None:
    low, high = wilson_interval(1.0, n)
    assert 0 < low < high == 1


@given(n=st.integers(1, 500))
def test_where_nobody_agrees_the_interval_begins_at_nothing(n: int) -> None:
    """At 0 itself and not at what rounding leaves: it is the mirror image of full agreement."""
    low, high = wilson_interval(0.0, n)
    assert low == 0
    assert high == pytest.approx(1 - wilson_interval(1.0, n)[0])


def test_a_matrix_has_rows_of_one_length() -> None:
    with pytest.raises(ValueError, match=r"inhomogeneous|table"):
        mark_matrix([[1, 2], [1]])
    with pytest.raises(ValueError, match=r"^marks are a table of works by graders$"):
        mark_matrix([1, 2])
