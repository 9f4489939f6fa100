"""How far the mean of a candidate's works can be trusted."""

import math

import numpy as np
import pytest

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.matrix import FloatArray, IntArray, mark_matrix
from casebook.evaluation.agreement.resampling import resample_weights
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


def by_projection(marks: FloatArray, submissions: IntArray) -> FloatArray:
    """A second derivation: E(y'Qy) = tr(Q V)."""
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
    return np.linalg.solve(
        [[np.trace(form @ variance) for variance in variances] for form in forms],
        [y @ form @ y for form in forms],
    )


@pytest.mark.parametrize("seed", range(6))
def test_each_sum_of_squares_has_its_expected_value(seed: int) -> None:
    """With and without missing marks."""
    marks, submissions = draw(seed, candidates=10, missing=0.35 * (seed % 2))
    expected = by_projection(marks, submissions)
    assert candidate_components(marks, submissions).values() == pytest.approx(expected)


def test_a_grader_with_a_single_mark_counts() -> None:
    marks, submissions = draw(3, candidates=10)
    marks[1:, 3] = NONE
    expected = by_projection(marks, submissions)
    assert candidate_components(marks, submissions).values() == pytest.approx(expected)


def test_a_grader_without_a_mark_changes_nothing() -> None:
    marks, submissions = draw(3, candidates=10)
    more = np.column_stack([marks, np.full(len(marks), NONE)])
    expected = candidate_components(marks, submissions).values()
    assert candidate_components(more, submissions).values() == pytest.approx(expected)


def test_adding_points_to_all_marks_changes_nothing() -> None:
    """Not even a hundred million: sums of squares lose no digits."""
    marks, submissions = draw(3)
    far = candidate_components(marks + 1e8, submissions).values()
    assert far == pytest.approx(candidate_components(marks, submissions).values(), abs=1e-6)


def test_a_resample_has_the_variances_of_the_candidates_drawn() -> None:
    """One drawn twice is two candidates; a grader may have no mark in what was drawn."""
    marks, submissions = draw(5, candidates=10, missing=0.2)
    marks[submissions > 0, 3] = NONE
    some = ~np.isnan(marks).all(axis=1)
    marks, submissions = marks[some], submissions[some]
    figures, weights = candidate_components(marks, submissions), resample_weights(10)[:, :8]
    assert 0 < np.count_nonzero(weights[0]) < 8
    drawn = figures.of_sums(np.asarray(figures.parts.T @ weights))
    for column in range(8):
        chosen = np.repeat(np.arange(10), weights[:, column].astype(int))
        again = np.vstack([marks[submissions == each] for each in chosen])
        numbers = np.repeat(range(10), [np.count_nonzero(submissions == each) for each in chosen])
        assert drawn[:, column] == pytest.approx(candidate_components(again, numbers).values())


def test_what_some_resamples_cannot_tell_apart_spoils_no_other() -> None:
    """Sums of one candidate alone, and of no marks at all, beside those of all candidates."""
    marks, submissions = draw(3, candidates=10)
    figures = candidate_components(marks, submissions)
    alone = np.asarray(figures.parts)[0]
    beside = np.column_stack([alone, figures.sums, 0 * alone])
    found = figures.of_sums(beside)
    assert found[:, 1] == pytest.approx(figures.values())
    assert np.isnan(found[:, [0, 2]]).all()


@pytest.mark.parametrize(
    "rows",
    [
        [[0, 2], [3, 0], [3, 0], [2, 2], [0, 3], [2, 1]],
        [[2, 0], [1, 3], [0, 3], [3, 0], [2, 1], [1, 2]],
        [[3, 3, NONE], [2, 1, NONE], [3, 3, NONE], [0, 1, NONE], [NONE, 0, 0], [NONE, 0, 0]],
    ],
    ids=["works and graders", "all but the rest", "the rest"],
)
def test_variances_below_zero_are_set_to_zero_and_named(rows: list[list[float]]) -> None:
    """Three candidates with two works each."""
    marks, submissions = mark_matrix(rows), np.repeat(np.arange(3), 2)
    expected = by_projection(marks, submissions)
    names = ("candidates", "works", "graders", "rest")
    below = tuple(name for name, value in zip(names, expected, strict=True) if value < 0)
    assert below
    found = study_works(marks, submissions)
    assert found.set_to_zero == below
    variances = found.of_candidates, found.of_works, found.of_graders, found.of_rest
    assert variances == pytest.approx(tuple(np.maximum(expected, 0)))


@pytest.mark.parametrize("unit", [1e-9, 1, 1e9])
def test_a_variance_of_zero_is_not_called_below_zero(unit: float) -> None:
    """Graders who agree in tenths, which have no end in binary: severity and rest are zero."""
    tenths = (0.1, 0.7, 0.3, 0.4, 0.9, 0.2, 0.1, 0.2)
    marks = mark_matrix([[unit * each] * 3 for each in tenths])
    found = study_works(marks, np.repeat(range(4), 2))
    assert (found.of_graders, found.of_rest) == (0, 0)
    assert not {"graders", "rest"} & set(found.set_to_zero)
    assert found.of_works > 0


def test_a_small_variance_is_no_rounding() -> None:
    """200 works from 1 to 200, and a hundredth up or down by turns: rest 200 * 2 * 1e-4 / 199."""
    turns = 0.01 * (-1.0) ** np.arange(200)
    levels = np.arange(1.0, 201)
    marks = np.column_stack([levels + turns, levels - turns])
    found = candidate_components(marks, np.repeat(np.arange(100), 2)).values()
    assert found[3] == pytest.approx(0.04 / 199, rel=1e-4)


@pytest.mark.parametrize("candidates", [7, 40])
def test_works_with_a_single_mark_each_do_not_tell_works_from_the_rest(candidates: int) -> None:
    marks, submissions = draw(2, candidates=candidates)
    only = np.arange(len(marks)) % 4
    marks[np.arange(4)[None, :] != only[:, None]] = NONE
    assert np.isnan(candidate_components(marks, submissions).values()).all()


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
    why = r"^the marks do not tell apart candidates, their works, graders and chance$"
    if marks.size and (marks == marks[0, 0]).all():
        why = r"^the marks do not differ at all$"
    with pytest.raises(Undefined, match=why):
        study_works(marks, np.array(submissions, dtype=np.int64))


def test_fewer_than_ten_candidates_have_no_limits() -> None:
    found = study_works(*draw(1, candidates=9))
    assert {(step.low, step.high) for step in found.steps} == {(None, None)}
