"""Scales and ticks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.charts.scale import Scale, spaced, ticks


def test_a_value_lies_as_far_along_the_pixels_as_along_the_values() -> None:
    # 25 is a quarter of 0..100; a quarter of the way from 200 down to 0 is 150.
    assert Scale(0, 100, 200, 0)(25) == 150


def test_a_value_outside_the_axis_is_held_at_its_end() -> None:
    assert Scale(0, 10, 0, 100).clamped(12) == 100
    assert Scale(0, 10, 0, 100).clamped(-3) == 0


def test_an_axis_without_extent_puts_everything_in_its_middle() -> None:
    assert Scale(5, 5, 10, 30)(5) == 20


@pytest.mark.parametrize(
    "low, high, most, expected",
    [
        (0, 10, 5, (0, 2, 4, 6, 8, 10)),  # 10 / 5 = 2
        (0, 100, 5, (0, 20, 40, 60, 80, 100)),  # 100 / 5 = 20
        (0, 180, 5, (0, 50, 100, 150)),  # 36 rounds up to 50
        (0, 31.3, 12, (0, 5, 10, 15, 20, 25, 30)),  # 2.6 rounds up to 5
        (-3, 3, 3, (-2, 0, 2)),
        (4, 4, 5, (4,)),
    ],
)
def test_ticks_are_round_and_no_more_than_asked(
    low: float, high: float, most: int, expected: tuple[float, ...]
) -> None:
    assert ticks(low, high, most) == expected


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4), st.integers(1, 12))
def test_ticks_stay_within_the_axis(low: float, extent: float, most: int) -> None:
    found = ticks(low, low + extent, most)
    slack = extent * 1e-6
    assert all(low - slack <= value <= low + extent + slack for value in found)
    assert len(found) <= most + 1


def test_labels_that_would_touch_are_left_out_but_never_the_ends() -> None:
    # At one pixel a day, 4 is nearer than 10 px to 0, and 18 to 21.
    assert spaced((0, 4, 12, 18, 21), Scale(0, 21, 0, 21), 9) == (0, 12, 21)
    assert spaced((0, 1), Scale(0, 1, 0, 1), 9) == (0, 1)
    assert spaced((3,), Scale(0, 1, 0, 1), 9) == (3,)
