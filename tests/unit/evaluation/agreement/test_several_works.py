"""How far the mean of a candidate's works can be trusted."""

import math

import numpy as np
import pytest

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.matrix import FloatArray, IntArray, mark_matrix
from casebook.evaluation.agreement.several_works import (
    candidate_components,
    study_works,
    works_needed,
)

NONE = math.nan


def draw(
    seed: int, candidates: int = 20, works: int = 3, graders: int = 4, missing: float = 0.0
) -> tuple[FloatArray, IntArray]:
    """Marks with variances 1, 0.36, 0.16 and 0.25 of candidates, works, graders and rest."""
    random = np.random.default_rng(seed)
    shape = (candidates, works, graders)
    marks = (
        random.normal(0, 1, (candidates, 1, 1))
        + random.normal(0, 0.6, (candidates, works, 1))
        + random.normal(0, 0.4, (1, 1, graders))
        + random.normal(0, 0.5, shape)
    ).reshape(-1, graders)
    marks[random.random(marks.shape) < missing] = NONE
    some = ~np.isnan(marks).all(axis=1)
    _, numbers = np.unique(np.repeat(np.arange(candidates), works)[some], return_inverse=True)
    return marks[some], numbers.astype(np.int64)


@pytest.mark.parametrize("seed", range(6))
def test_each_sum_of_squares_has_its_expected_value(seed: int) -> None:
    """A second derivation: E(y'Qy) = tr(Q V), with and without missing marks."""
    marks, submissions = draw(seed, candidates=10, missing=0.35 * (seed % 2))
    rows, columns = np.nonzero(~np.isnan(marks))
    y = marks[rows, columns]
    candidates = np.eye(submissions.max() + 1)[submissions[rows]]
    works, graders = np.eye(len(marks))[rows], np.eye(marks.shape[1])[columns]
    one = np.ones((len(y), 1))
    variances = [each @ each.T for each in (candidates, works, graders, np.eye(len(y)))]

    def onto(design: FloatArray) -> FloatArray:
        return np.asarray(design @ np.linalg.pinv(design.T @ design) @ design.T)

    designs = (candidates, works, graders, np.eye(len(y)))
    forms = [onto(design) - onto(one) for design in designs]
    expected = np.linalg.solve(
        [[np.trace(form @ variance) for variance in variances] for form in forms],
        [y @ form @ y for form in forms],
    )
    assert candidate_components(marks, submissions).values() == pytest.approx(expected)


def test_estimates_are_unbiased_with_missing_marks() -> None:
    """Means of 300 draws; their standard errors are about 0.02, 0.006, 0.008 and 0.001."""
    drawn = [candidate_components(*draw(seed, missing=0.3)).values() for seed in range(300)]
    assert np.mean(drawn, axis=0) == pytest.approx([1, 0.36, 0.16, 0.25], abs=0.07)


def test_phi_counts_works_and_graders_by_how_many_there_are() -> None:
    """S / (s + w/k + g/n + e/(k n)), here for 3 works by 2 graders."""
    found = study_works(*draw(1))
    (step,) = (each for each in found.steps if (each.works, each.graders) == (3, 2))
    error = found.of_works / 3 + found.of_graders / 2 + found.of_rest / 6
    assert step.phi == pytest.approx(found.of_candidates / (found.of_candidates + error))
    assert step.low is not None
    assert step.high is not None
    assert step.low < step.phi < step.high
    assert found.submissions == 20
    assert found.set_to_zero == ()


def test_works_needed_by_hand() -> None:
    """S 4, w 1, g 0.5, e 1: for 0.8 it is 2 / (4 * 0.25 - 0.5) = 4; 0.9 leaves 0.444 - 0.5."""
    assert works_needed(4, 1, 0.5, 1, 0.8) == 4
    assert works_needed(4, 1, 0.5, 1, 0.9) is None
    assert works_needed(4, 0, 0, 0, 0.9) == 1
    assert works_needed(0, 1, 0, 1, 0.7) is None


def test_candidates_who_do_not_differ_have_a_phi_of_zero() -> None:
    """Each has a good work and a bad one."""
    marks = mark_matrix([[0, 1], [4, 4]] * 12)
    found = study_works(marks, np.repeat(np.arange(12), 2))
    assert found.of_candidates == 0
    assert "candidates" in found.set_to_zero
    assert {step.phi for step in found.steps} == {0.0}
    assert {needed for _, needed in found.needed} == {None}


@pytest.mark.parametrize(
    "marks, submissions",
    [
        (np.empty((0, 2)), []),
        (mark_matrix([[1, 2], [2, 3], [4, 4]]), [0, 1, 2]),
        (mark_matrix([[1, 2], [2, 3], [4, 4]]), [0, 0, 0]),
        (mark_matrix([[1], [2], [4], [3]]), [0, 0, 1, 1]),
        (np.ones((20, 2)), list(np.repeat(np.arange(10), 2))),
    ],
    ids=["nothing", "one work each", "one candidate", "one grader", "all the same"],
)
def test_what_cannot_be_told_apart_is_refused(marks: FloatArray, submissions: list[int]) -> None:
    with pytest.raises(Undefined):
        study_works(marks, np.array(submissions, dtype=np.int64))


def test_fewer_than_ten_candidates_have_no_limits() -> None:
    found = study_works(*draw(1, candidates=9))
    assert {(step.low, step.high) for step in found.steps} == {(None, None)}
