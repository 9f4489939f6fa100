"""Bootstrap intervals over submissions."""

from collections.abc import Sequence
from statistics import NormalDist

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


ENDS = NormalDist().inv_cdf(0.025), NormalDist().inv_cdf(0.975)


def told(value: float, drawn: FloatArray, left_out: Sequence[float] = (0,) * 10) -> SummedFigures:
    """A figure that is said to be so, in all resamples and with each of ten left out."""
    answers = {0: np.array([value]), len(left_out): np.array([left_out]), RESAMPLES: drawn[None, :]}

    def from_sums(sums: FloatArray) -> FloatArray:
        return answers[sums.shape[1] if sums.ndim > 1 else 0]

    return SummedFigures(np.ones((len(left_out), 1)), from_sums, "no value")


def normal_share(at: float) -> float:
    return NormalDist().cdf(at)


STEPS = np.arange(float(RESAMPLES))
"""Resamples 0, 1, ... 1999, so that the share s of them lies below 1999 s."""


def test_limits_move_by_how_many_resamples_lie_below_the_figure() -> None:
    """1,200 of 2,000 below and none equal: z0 = z(0.6), and the limits are at 2 z0 -+ 1.96."""
    found = interval_of(told(1199.5, STEPS))
    z0 = NormalDist().inv_cdf(0.6)
    expected = [1999 * normal_share(2 * z0 + end) for end in ENDS]
    assert (found.low, found.high) == pytest.approx(expected)


def test_a_resample_with_the_figures_own_value_counts_half() -> None:
    """500 below, 1,000 equal, 500 above: neither side weighs more, and nothing moves.

    Equal up to rounding: the same sum in another order is a little more.
    """
    drawn = STEPS.copy()
    drawn[500:1500] = 1000 * (1 + 1e-15)
    found = interval_of(told(1000, drawn))
    assert (found.low, found.high) == pytest.approx((1999 * 0.025, 1999 * 0.975))


def test_limits_move_by_the_skewness_when_one_is_left_out() -> None:
    """Nine 0 and one -10 around -1: cubes of the distances 729 - 9, squares 81 + 9.

    The acceleration is 720 / (6 * 90^1.5) = 0.1405; the limits are at z / (1 - a z).
    """
    found = interval_of(told(999.5, STEPS, [0.0] * 9 + [-10.0]))
    a = 720 / (6 * 90**1.5)
    expected = [1999 * normal_share(end / (1 - a * end)) for end in ENDS]
    assert (found.low, found.high) == pytest.approx(expected)


def test_values_that_are_not_there_when_one_is_left_out_tell_no_skewness() -> None:
    found = interval_of(told(999.5, STEPS, [np.nan] * 10))
    assert (found.low, found.high) == pytest.approx((1999 * 0.025, 1999 * 0.975))


def test_a_figure_below_all_resamples_is_taken_for_half_of_one() -> None:
    """z0 = z(1/4000) = -3.48: the upper limit is at 2 z0 + 1.96, a share of three in ten million.

    The step from the least resample to the next is a thousand million, so that the share shows.
    A figure above all resamples is the mirror image.
    """
    far = 1e9 * STEPS
    z0 = NormalDist().inv_cdf(1 / 4000)
    low, high = (1999e9 * normal_share(2 * z0 + end) for end in ENDS)
    below, above = interval_of(told(-1, far)), interval_of(told(1, -far))
    assert (below.low, below.high) == pytest.approx((low, high), abs=1)
    assert (above.low, above.high) == pytest.approx((-high, -low), abs=1)


def test_one_resample_that_differs_is_a_range() -> None:
    for at in 0, -1:
        drawn = np.zeros(RESAMPLES)
        drawn[at] = 1 if at else -1
        assert interval_of(told(0, drawn)).low == pytest.approx(0)


def test_a_difference_that_is_rounding_is_no_range() -> None:
    """Of a million, a millionth of a millionth to either side."""
    (found,) = bootstrap_intervals(told(1e6, 1e6 + 1e-9 * (STEPS - 1000)), np.arange(10))
    assert found == Refused(
        "the figure is the same in every resample, which says nothing of its range"
    )


def test_one_resample_in_twenty_may_lack_the_figure_and_no_more() -> None:
    drawn = STEPS.copy()
    drawn[:100] = np.nan
    assert interval_of(told(1000, drawn)).low > 100
    drawn[100] = np.nan
    (found,) = bootstrap_intervals(told(1000, drawn), np.arange(10))
    assert found == Refused(
        "too many resamples have no such figure, because their marks do not differ"
    )


def test_nothing_has_no_interval() -> None:
    (found,) = bootstrap_intervals(agreement_shares(np.empty((0, 2))), np.arange(0))
    assert isinstance(found, Refused)
    assert found.why.endswith("there is none")


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
    ten = np.repeat(np.arange(10.0), [21, *[1] * 9])
    assert interval_of(mean_of(np.arange(30.0)), ten).low < 14.5
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
