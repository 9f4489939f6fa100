"""Borderline regression: by hand, by two other implementations, and by its laws."""

import random

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from casebook.evaluation.standard_setting.borderline_regression import (
    BorderlineRegression,
    Point,
    regress,
)
from casebook.evaluation.standard_setting.estimate import Refusal

TWO_GROUPS: list[Point] = [
    *((0, total) for total in (40, 45, 50, 55, 60)),
    *((1, total) for total in (60, 65, 70, 75, 80)),
]

SPACED = (0, 0.33, 0.55, 0.77, 1)
"""Positions as in s12909-022-03753-5."""


def line(points: list[Point], borderline: float) -> BorderlineRegression:
    found = regress(points, borderline)
    assert isinstance(found, BorderlineRegression), found
    return found


def scattered(seed: int, count: int = 60) -> list[Point]:
    chance = random.Random(seed)
    return [
        (position, 30 + 50 * position + chance.gauss(0, 8))
        for position in (chance.choice(SPACED) for _ in range(count))
    ]


def refused(points: list[Point], borderline: float = 0.33) -> str:
    found = regress(points, borderline)
    assert isinstance(found, Refusal)
    return found.why


def test_the_line_and_the_cut_by_hand() -> None:
    """Two groups with means 50 and 70, borderline halfway between them."""
    # mean G = 0.5, S_GG = 10 * 0.25 = 2.5; b = (70 - 50) / 1 = 20, a = 50.
    # SSE = 250 + 250 = 500, s^2 = 500 / 8 = 62.5; SST = 500 + 20^2 * 2.5 = 1500, R^2 = 2/3.
    # cut = 50 + 20 * 0.5 = 60, SE = sqrt(62.5 * (1/10 + 0)) = 2.5, t(8) = 2.306004.
    found = line(TWO_GROUPS, 0.5)
    assert (found.slope, found.intercept, found.sheets, found.cut.degrees) == (20, 50, 10, 8)
    assert (found.borderline, found.range) == (0.5, (0, 1))
    assert found.r_squared == pytest.approx(2 / 3)
    assert found.residual_sd**2 == pytest.approx(62.5)
    assert (found.cut.value, found.cut.standard_error) == pytest.approx((60, 2.5))
    assert (found.cut.low, found.cut.high) == pytest.approx((54.23499, 65.76501), abs=1e-5)


def test_the_error_grows_away_from_the_mean_rating() -> None:
    # At G = 0: SE = sqrt(62.5 * (1/10 + 0.5^2 / 2.5)) = sqrt(12.5).
    assert line(TWO_GROUPS, 0).cut.standard_error == pytest.approx(12.5**0.5)
    assert line(TWO_GROUPS, 0.5).at(0).standard_error == pytest.approx(12.5**0.5)


@pytest.mark.parametrize("seed", range(8))
def test_two_other_implementations_agree(seed: int) -> None:
    """The line is that of numpy's polyfit; statsmodels gives the same errors and intervals."""
    points, borderline = scattered(seed), 0.33
    found = line(points, borderline)
    ratings, totals = np.array(points).T
    slope, intercept = np.polyfit(ratings, totals, 1)
    assert (found.slope, found.intercept) == pytest.approx((slope, intercept))
    fitted = sm.OLS(totals, sm.add_constant(ratings)).fit()
    assert found.r_squared == pytest.approx(fitted.rsquared)
    for position in (borderline, 0.0, 1.0):
        (expected,) = fitted.get_prediction([[1, position]]).summary_frame(alpha=0.05).itertuples()
        here = found.at(position)
        assert (here.value, here.standard_error, here.low, here.high) == pytest.approx(
            (expected.mean, expected.mean_se, expected.mean_ci_lower, expected.mean_ci_upper)
        )
    assert found.cut == found.at(borderline)


@given(st.integers(0, 1000), st.randoms(use_true_random=False), st.floats(0.1, 10))
def test_neither_order_nor_unit_of_the_ratings_changes_the_cut(
    seed: int, chance: random.Random, unit: float
) -> None:
    """Shuffled sheets, and positions stretched and moved, give the same cut and error."""
    points = scattered(seed, 30)
    before = line(points, 0.33).cut
    chance.shuffle(points)
    after = line([(unit * g + 2, x) for g, x in points], unit * 0.33 + 2).cut
    assert (after.value, after.standard_error) == pytest.approx(
        (before.value, before.standard_error), rel=1e-6
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(SPACED), st.integers(0, 40).map(lambda step: 2.5 * step)),
        max_size=30,
    )
)
def test_any_sheets_give_a_cut_or_a_reason(points: list[Point]) -> None:
    """A cut lies between 0 and 100, inside of its interval, and R squared between 0 and 1."""
    found = regress(points, 0.33)
    if isinstance(found, Refusal):
        assert found.why
        return
    assert 0 <= found.cut.low + found.cut.high <= 200
    assert found.cut.low <= found.cut.value <= found.cut.high
    assert found.slope > 0
    assert -1e-9 <= found.r_squared <= 1


def test_positions_may_lie_on_both_sides_of_nothing_and_far_apart() -> None:
    """From -1 to 1, from none to a million million: the same cut, where the means' middle is."""
    for low, high in ((-1, 1), (0, 1e12)):
        points = [(high if g else low, x) for g, x in TWO_GROUPS]
        assert line(points, (low + high) / 2).cut.value == pytest.approx(60)


def test_positions_decide_where_the_cut_lies() -> None:
    """The borderline rating in the middle of the scale gives the mean of both ends' means."""
    assert line(TWO_GROUPS, 0.25).cut.value == pytest.approx(55)


def test_too_few_sheets_are_refused() -> None:
    assert refused(TWO_GROUPS[:9], 0.5) == (
        "9 sheets are there with a global rating and a total; a line is drawn through 10 or more"
    )
    assert "no sheet is there" in refused([])


def test_one_rating_for_all_makes_no_line() -> None:
    assert refused([(0.33, float(x)) for x in range(50, 62)]) == (
        "every sheet has the same global rating, so that no line can be drawn"
    )


@pytest.mark.parametrize("totals, slope", [(range(80, 60, -2), "-16.00"), ([66.6] * 10, "0.00")])
def test_totals_that_do_not_rise_are_refused(totals: range | list[float], slope: str) -> None:
    """Falling by 4 from each quarter to the next, and not at all."""
    points = [(at // 2 / 4, float(total)) for at, total in enumerate(totals)]
    assert refused(points) == (
        f"totals do not rise with the ratings (slope {slope}): graders mean something else by "
        "their ratings than the criteria do"
    )


def test_a_cut_where_no_total_can_be_is_refused() -> None:
    points = [(float(g), 10.0 + 5 * g + at % 2) for at, g in enumerate([4, 5, 6, 7, 8] * 2)]
    # Each rating's mean is 10.5 + 5 G, which at -4 is -9.5.
    assert refused(points, -4) == "the line meets the borderline at -9.5 %, where no total can be"


@pytest.mark.parametrize("lowest", [0, 0.5, 60])
def test_a_cut_at_either_end_of_all_totals_is_a_cut(lowest: float) -> None:
    """At 0, and a little above; and at 100, where the line from 60 on ends."""
    points = [(g, lowest + 10.0 * g) for g in (0.0, 1.0, 2.0, 3.0, 4.0) * 2]
    assert line(points, 0).cut.value == lowest
    assert line(points, 4).cut.value == lowest + 40


def test_a_perfect_line_has_no_error() -> None:
    found = line([(g, 40.0 + 10 * g) for g in (0, 1, 2, 3, 4) * 2], 1)
    assert (found.cut.value, found.r_squared) == pytest.approx((50, 1))
    assert found.cut.standard_error == pytest.approx(0, abs=1e-6)
    assert found.cautions == ()


def test_each_weakness_is_a_caution() -> None:
    """Little agreement, two ratings only, a borderline beyond the ratings that were given."""
    # Means 50 and 60; SSE = 2 * 4 * 20^2 = 3200, SSR = 10^2 * 2.5 = 250: R^2 = 250 / 3450 = 0.072.
    weak = [(0, 30), (0, 70)] * 2 + [(0, 50), (1, 40), (1, 80)] + [(1, 40), (1, 80), (1, 60)]
    cautions = line([(float(g), float(x)) for g, x in weak], 2).cautions
    assert cautions == (
        (
            "R squared is 0.07, below 0.5: totals and ratings say different things, and the cut "
            "should not be used before that is understood"
        ),
        "only two ratings were given: the line joins two means, and nothing tests it",
        (
            "no rating was given on one side of borderline: the cut lies beyond what was seen, "
            "on a line drawn further"
        ),
    )


def test_a_borderline_at_the_end_of_the_ratings_that_were_given_is_inside() -> None:
    assert line(scattered(1), 0).cautions == ()
    assert line(scattered(1), 1).cautions == ()


def test_ratings_that_account_for_half_of_the_variance_are_enough() -> None:
    """Means 50 and 60 of 8 sheets each: SSR = 10^2 * 4 = 400; 5 to each side: SSE = 16 * 25."""
    points = [(g, 50 + 10.0 * g + side) for g in (0.0, 1.0) for side in (-5, 5) * 4]
    found = line(points, 0.5)
    assert found.r_squared == 0.5
    assert [each[:8] for each in found.cautions] == ["only two"]


def test_three_ratings_test_the_line() -> None:
    assert line([(g, 40.0 + 10 * g) for g in (0.0, 1.0, 2.0) * 4], 1).cautions == ()
