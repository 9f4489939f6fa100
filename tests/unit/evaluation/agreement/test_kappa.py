"""Cohen's kappa, weighted and not, of one pair and of many."""

import math
from itertools import combinations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.kappa import (
    WEIGHTINGS,
    Weighting,
    cohen_kappa,
    disagreement,
    joint_works,
    kappa_error,
    kappa_interval,
    pair_kappas,
)
from casebook.evaluation.agreement.matrix import FloatArray, mark_matrix
from tests.unit.evaluation.agreement.published import some_marks

NONE = math.nan


def from_table(table: list[list[int]]) -> FloatArray:
    """Marks of two graders from how many works have each pair of levels."""
    return mark_matrix(
        [[i, j] for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    )


def test_kappa_by_hand() -> None:
    """20 5 / 10 15: po = 35/50 = 0.7, pe = 0.5 * 0.6 + 0.5 * 0.4 = 0.5, kappa = 0.2 / 0.5."""
    assert cohen_kappa(from_table([[20, 5], [10, 15]])) == pytest.approx(0.4)


def test_weighted_kappa_by_hand() -> None:
    """Levels 0, 1, 2 with 1 1 0 / 0 1 1 / 0 0 1 of 5 works.

    Linear weights 0, 1/2, 1: seen (1 + 1) / 5 * 1/2 = 0.2. First grader 2/5 2/5 1/5, second
    1/5 2/5 2/5: by chance 1/2 (0.16 + 0.08 + 0.16 + 0.08) + 1 (0.16 + 0.04) = 0.44; squared
    weights 0, 1/4, 1: seen 0.1, by chance 0.12 + 0.20 = 0.32.
    """
    marks = from_table([[1, 1, 0], [0, 1, 1], [0, 0, 1]])
    assert cohen_kappa(marks, "linear") == pytest.approx(1 - 0.2 / 0.44)
    assert cohen_kappa(marks, "quadratic") == pytest.approx(1 - 0.1 / 0.32)


def test_distances_are_those_of_the_levels() -> None:
    """From 0 to 1 is a third of the way from 0 to 3, also where nobody gave a 2."""
    values = np.array([0.0, 1.0, 3.0])
    assert disagreement(values, "linear")[0].tolist() == [0, pytest.approx(1 / 3), 1]
    assert disagreement(values, "quadratic")[0].tolist() == [0, pytest.approx(1 / 9), 1]
    assert disagreement(values, "none")[0].tolist() == [0, 1, 1]


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_two_neighbouring_levels_disagree_as_much_as_can_be(weighting: Weighting) -> None:
    assert disagreement(np.array([2.0, 3.0]), weighting).tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("seed", range(10))
def test_it_is_that_of_scikit_learn(weighting: Weighting, seed: int) -> None:
    """With missing marks: on the works that both marked."""
    marks = some_marks(seed, works=40, graders=2, levels=5, missing=0.2 * (seed % 2))
    both = marks[~np.isnan(marks).any(axis=1)]
    expected = cohen_kappa_score(
        both[:, 0], both[:, 1], labels=range(5), weights=None if weighting == "none" else weighting
    )
    assert cohen_kappa(marks, weighting) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("seed", range(10))
def test_error_and_interval_are_those_of_statsmodels(weighting: Weighting, seed: int) -> None:
    marks = some_marks(seed, works=120, graders=2, levels=4)
    table = np.zeros((4, 4))
    for first, second in marks.astype(int):
        table[first, second] += 1
    other = cohens_kappa(table, wt=None if weighting == "none" else weighting)
    assert cohen_kappa(marks, weighting) == pytest.approx(other.kappa)
    assert kappa_error(marks, weighting) == pytest.approx(other.std_kappa)
    expected = other.kappa_low, min(other.kappa_upp, 1.0)
    assert kappa_interval(marks, weighting) == pytest.approx(expected)


def test_of_several_graders_it_is_the_mean_over_pairs() -> None:
    marks = some_marks(3, works=60, graders=4, missing=0.2)
    pairs = list(combinations(range(4), 2))
    figures = pair_kappas(marks, pairs)
    for number, weighting in enumerate(WEIGHTINGS):
        each = [cohen_kappa(marks[:, list(pair)], weighting) for pair in pairs]
        assert figures.only(number) == pytest.approx(sum(each) / 6)


def test_a_pair_without_a_kappa_is_left_out_of_the_mean() -> None:
    """The first two graders gave everything a 1; the others agree in everything."""
    marks = mark_matrix([[1, 1, 0, 0], [1, 1, 2, 2], [1, 1, 0, 0]])
    assert pair_kappas(marks, [(0, 1), (2, 3)]).only() == pytest.approx(1)
    with pytest.raises(
        Undefined, match=r"^both graders gave one and the same level to every work$"
    ):
        pair_kappas(marks, [(0, 1)]).only()


def test_pairs_of_which_none_has_a_kappa_have_no_mean() -> None:
    marks = mark_matrix([[1, 1, 2], [1, 1, 2], [1, 1, 2]])
    assert pair_kappas(marks, [(0, 2), (1, 2)]).only() == 0
    with pytest.raises(Undefined, match=r"^each pair gave one level to every work$"):
        pair_kappas(np.ones((3, 3)), [(0, 1), (0, 2)]).only()


def test_joint_works_are_counted_for_each_pair_that_has_any() -> None:
    marks = mark_matrix([[1, 2, NONE], [1, NONE, NONE], [2, 2, NONE], [NONE, NONE, 1]])
    assert joint_works(marks) == {(0, 1): 2}


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_without_joint_marks_or_differences_there_is_none(weighting: Weighting) -> None:
    for marks in (
        mark_matrix([[2, 2], [2, 2]]), mark_matrix([[1, NONE], [NONE, 2]]), np.empty((0, 2))
    ):  # fmt: skip
        with pytest.raises(Undefined, match="one and the same level"):
            cohen_kappa(marks, weighting)
        with pytest.raises(Undefined):
            kappa_error(marks, weighting)


def test_full_agreement_has_no_interval_from_a_formula() -> None:
    """Its error would be zero, and the interval from 1 to 1 says more than is known."""
    marks = mark_matrix([[level, level] for level in (0, 1, 2, 0, 1, 2)])
    assert cohen_kappa(marks) == 1
    why = r"^the two graders never differ, so nothing says how far they might$"
    with pytest.raises(Undefined, match=why):
        kappa_interval(marks)


def test_an_interval_stays_within_the_scale() -> None:
    """11 works in agreement and one not: kappa is 0.75 or so, its error large."""
    low, high = kappa_interval(from_table([[9, 0], [1, 2]]))
    assert -1 <= low < 0.75 < high == 1
    # Of seven works none in agreement: kappa is -0.96, its error 0.2.
    low, high = kappa_interval(from_table([[0, 3], [4, 0]]))
    assert low == -1
    assert -0.96 < high < 0
