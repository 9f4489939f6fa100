"""The logistic curve, beside statsmodels."""

import random
from math import log, sqrt

import numpy as np
import pytest
import statsmodels.api as sm

from casebook.evaluation.standard_setting.logistic import fit_logistic


def test_mirrored_groups_part_in_their_middle() -> None:
    """40 50 60 and 50 60 70 are each other's mirror image about 55."""
    found = fit_logistic([40, 50, 60], [50, 60, 70])
    assert found.middle.value == pytest.approx(55)
    assert found.slope > 0


def test_a_step_that_leads_down_is_halved() -> None:
    """Three totals, at two of which the curve meets the shares: a case worked by hand.

    At 0 three of six belong to the upper group, at 0.5 56 of 58, at 61.5 all 36: whatever the
    curve does there, it is near 1. So the odds are 1 at 0 and 28 at 0.5: the intercept is 0 and
    the slope 2 ln 28. The error at 0 is that of the share alone: var(a) = 1 / (6 / 4). Newton's
    whole steps lead away from it.
    """
    lower = [0] * 3 + [0.5] * 2
    upper = [0] * 3 + [0.5] * 56 + [61.5] * 36
    found = fit_logistic(lower, upper)
    assert found.slope == pytest.approx(2 * log(28), rel=1e-9)
    assert (found.intercept, found.middle.value) == pytest.approx((0, 0), abs=1e-9)
    assert found.middle.standard_error == pytest.approx(sqrt(2 / 3) / (2 * log(28)), rel=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_another_implementation_agrees(seed: int) -> None:
    """The Logit of statsmodels gives the same curve, and by the delta method the same error."""
    chance = random.Random(seed)
    lower = [chance.gauss(50, 12) for _ in range(20 + 10 * seed)]
    upper = [chance.gauss(65, 12) for _ in range(60)]
    found = fit_logistic(lower, upper)
    totals = sm.add_constant(np.array([*lower, *upper]))
    answers = [0] * len(lower) + [1] * len(upper)
    fitted = sm.Logit(answers, totals).fit(disp=0, tol=1e-12)
    a, b = fitted.params
    assert (found.intercept, found.slope) == pytest.approx((a, b), rel=1e-6)
    assert found.middle.value == pytest.approx(-a / b, rel=1e-6)
    # The gradient of -a / b is (-1 / b, a / b^2).
    gradient = np.array([-1 / b, a / b**2])
    error = (gradient @ fitted.cov_params() @ gradient) ** 0.5
    assert found.middle.standard_error == pytest.approx(error, rel=1e-5)


def test_groups_that_hardly_overlap_do_not_overflow() -> None:
    """One failing total a hair above one passing total: a steep curve between them."""
    found = fit_logistic([10, 20, 30, 40, 50.01], [50, 60, 70, 80, 90])
    assert found.middle.value == pytest.approx(50.005, abs=0.05)
    assert found.middle.standard_error > 0


def test_groups_that_overlap_wholly_give_a_flat_curve() -> None:
    found = fit_logistic([40, 50, 60, 70], [41, 50, 60, 70])
    # The means are 55 and 55.25: even odds lie between them, known only very roughly.
    assert found.middle.value == pytest.approx(55.125, abs=0.01)
    assert found.middle.standard_error > 100
