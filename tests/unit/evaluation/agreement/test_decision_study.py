"""How many graders would be enough."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.evaluation.agreement.components import Components, phi
from casebook.evaluation.agreement.decision_study import (
    MOST_GRADERS,
    graders_needed,
    study_graders,
)
from casebook.evaluation.agreement.figures import Estimate, Interval, Refused
from casebook.evaluation.agreement.intraclass import stepped_up
from casebook.evaluation.agreement.report import Decision

PARTS = Components(of_works=4, of_graders=1, of_rest=3, set_to_zero=())


def test_graders_needed_by_hand() -> None:
    """Phi 0.5 of one grader: 0.7 * 0.5 / (0.5 * 0.3) = 2.33; for 0.8 exactly 4; for 0.9 9."""
    assert [graders_needed(0.5, target) for target in (0.7, 0.8, 0.9)] == [3, 4, 9]
    assert graders_needed(0.95, 0.9) == 1
    assert graders_needed(0.0, 0.7) is None


@given(of_one=st.floats(0.01, 0.99), target=st.sampled_from([0.7, 0.8, 0.9]))
def test_so_many_are_enough_and_one_fewer_is_not(of_one: float, target: float) -> None:
    needed = graders_needed(of_one, target)
    assert needed is not None
    assert stepped_up(of_one, needed) >= target - 1e-8
    assert needed == 1 or stepped_up(of_one, needed - 1) < target + 1e-8


def test_a_study_steps_phi_and_its_limits_up() -> None:
    """Phi 0.5 (0.2 to 0.8): for two graders 2/3 (1/3 to 8/9); the error 2 becomes 2 / sqrt 2."""
    found = study_graders(PARTS, Estimate(0.5, 20, Interval(0.2, 0.8, "bootstrap")))
    assert isinstance(found, Decision)
    assert found.components is PARTS
    assert [step.graders for step in found.steps] == list(range(1, MOST_GRADERS + 1))
    one, two = found.steps[:2]
    assert (one.phi, one.low, one.high, one.sem) == pytest.approx((0.5, 0.2, 0.8, 2.0))
    assert (two.phi, two.low, two.high) == pytest.approx((2 / 3, 1 / 3, 8 / 9))
    assert two.sem == pytest.approx(2 / math.sqrt(2))
    for step in found.steps:
        assert step.phi == pytest.approx(phi(PARTS, step.graders))
    # 0.8: 4 at phi 0.5; at 0.2 it takes 0.8 * 0.8 / (0.2 * 0.2) = 16, at 0.8 one.
    need = found.needs[1]
    assert (need.target, need.graders, need.at_best, need.at_worst) == (0.8, 4, 1, 16)
    assert all(each.known for each in found.needs)


def test_without_an_interval_nothing_is_said_of_best_and_worst() -> None:
    found = study_graders(PARTS, Estimate(0.5, 20, Refused("too few")))
    assert isinstance(found, Decision)
    assert {step.low for step in found.steps} == {None}
    assert {(need.at_best, need.at_worst, need.known) for need in found.needs} == {
        (None, None, False)
    }


def test_without_a_phi_there_is_no_study() -> None:
    refused = Refused("too few")
    assert study_graders(PARTS, refused) is refused
