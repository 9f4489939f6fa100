"""Bootstrap intervals over submissions."""

import numpy as np
import pytest
from scipy import stats

from casebook.evaluation.agreement.alpha import alpha_figure
from casebook.evaluation.agreement.figures import Interval, Refused
from casebook.evaluation.agreement.matrix import FloatArray
from casebook.evaluation.agreement.percent import agreement_shares
from casebook.evaluation.agreement.resampling import (
    RESAMPLES,
    bootstrap_intervals,
    resample_weights,
)
from casebook.evaluation.agreement.summed import SummedFigures
from tests.unit.evaluation.agreement.published import some_marks


def mean_of(values: FloatArray) -> SummedFigures:
    return SummedFigures(
        np.column_stack([values, np.ones(len(values))]), lambda s: s[:1] / s[1:], "no value"
    )


def interval_of(figures: SummedFigures, submissions: FloatArray | None = None) -> Interval:
    numbers = np.arange(figures.works) if submissions is None else submissions.astype(int)
    (found,) = bootstrap_intervals(figures, numbers)
    assert isinstance(found, Interval)
    assert found.method == "bootstrap"
    return found


@pytest.mark.parametrize("seed", range(4))
def test_limits_are_those_of_scipys_bootstrap(seed: int) -> None:
    """Of a skewed sample, with the same method and other random numbers."""
    values = np.random.default_rng(seed).exponential(1, 40)
    expected = stats.bootstrap(
        (values,), np.mean, n_resamples=20_000, method="BCa", rng=np.random.default_rng(1)
    ).confidence_interval
    found = interval_of(mean_of(values))
    width = expected.high - expected.low
    assert (found.low, found.high) == pytest.approx(tuple(expected), abs=0.1 * width)


def test_alpha_of_resampled_works_is_alpha_of_the_works_drawn() -> None:
    """Sums of works by how often each was drawn are the marks of those works, set anew."""
    marks = some_marks(3, works=12, missing=0.2)
    marks = marks[np.count_nonzero(~np.isnan(marks), axis=1) > 1]
    weights = resample_weights(len(marks))[:, :3]
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        figures = alpha_figure(marks, metric)
        drawn = figures.of_sums(np.asarray(figures.parts.T @ weights))[0]
        for column in range(3):
            again = np.repeat(marks, weights[:, column].astype(int), axis=0)
            assert drawn[column] == pytest.approx(alpha_figure(again, metric).only())


def test_works_of_one_submission_are_drawn_together() -> None:
    """Three equal works a submission tell no more than one: the interval is that of one."""
    values = np.random.default_rng(5).normal(0, 1, 30)
    alone = interval_of(mean_of(values))
    tripled = interval_of(mean_of(np.repeat(values, 3)), np.repeat(np.arange(30), 3))
    assert (tripled.low, tripled.high) == pytest.approx((alone.low, alone.high))


def test_the_same_marks_give_the_same_interval() -> None:
    first = interval_of(mean_of(np.arange(12.0)))
    resample_weights.cache_clear()
    assert interval_of(mean_of(np.arange(12.0))) == first


def test_each_resample_draws_as_many_as_there_are() -> None:
    weights = resample_weights(17)
    assert weights.shape == (17, RESAMPLES)
    assert set(weights.sum(axis=0)) == {17}
    # Each is drawn once on average; 2,000 draws of variance 16/17 have an error of 0.02.
    assert weights.mean(axis=1) == pytest.approx(1, abs=0.1)


def test_too_few_submissions_have_no_interval() -> None:
    values = mean_of(np.arange(30.0))
    (found,) = bootstrap_intervals(values, np.repeat(np.arange(9), [22, 1, 1, 1, 1, 1, 1, 1, 1]))
    assert isinstance(found, Refused)
    assert "10 submissions are needed" in found.why
    assert found.why.endswith("there are 9")


def test_a_figure_that_is_always_the_same_has_no_interval() -> None:
    """Full agreement of all works would give 100 to 100, which says more than is known."""
    (found,) = bootstrap_intervals(agreement_shares(np.ones((20, 2))), np.arange(20))
    assert isinstance(found, Refused)
    assert "same in every resample" in found.why


def test_a_figure_that_most_resamples_lack_has_no_interval() -> None:
    """One mark of 20 differs: every third resample leaves it out and has no alpha."""
    marks = np.ones((20, 2))
    marks[0, 0] = 2
    (found,) = bootstrap_intervals(alpha_figure(marks, "nominal"), np.arange(20))
    assert isinstance(found, Refused)
    assert "too many resamples" in found.why
