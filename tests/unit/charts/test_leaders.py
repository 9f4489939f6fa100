"""Labels beside a picture and their leaders."""

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.charts.leaders import Pin, column, columns_of, spread, stacked

HEIGHTS = st.lists(
    st.tuples(st.floats(-50, 300), st.floats(5, 40)), max_size=12
)  # wanted upper edge, room


def pin(x: float, y: float, room: float = 20) -> Pin:
    """A pin of a picture whose middle is at x = 100, between columns that end at 50 and 150."""
    left = x <= 100
    return Pin(
        (x, y),
        room,
        (0, 1) if left else (1, 0),
        abs(x - 100),
        (50, 150) if left else (150, 50),
    )


def test_labels_with_room_stand_where_they_want() -> None:
    assert stacked([10, 50, 90], [20, 20, 20], 0, 200) == [10, 50, 90]


def test_labels_that_would_overlap_share_the_shift() -> None:
    # Both want 50 and are 20 high: 40 and 60 are each 10 away.
    assert stacked([50, 50], [20, 20], 0, 200) == [40, 60]


def test_labels_stay_between_the_ends_of_their_column() -> None:
    assert stacked([-30, 5], [20, 20], 0, 200) == [0, 20]
    assert stacked([190, 195], [20, 20], 0, 200) == [160, 180]


@given(HEIGHTS)
def test_labels_never_overlap(labels: list[tuple[float, float]]) -> None:
    wanted = sorted(want for want, _room in labels)
    rooms = [room for _want, room in labels]
    tops = stacked(wanted, rooms, 0, 250)
    assert len(tops) == len(labels)
    assert all(top >= -1e-6 for top in tops)
    assert all(
        upper + room <= lower + 1e-6
        for (upper, lower), room in zip(pairwise(tops), rooms, strict=False)
    )
    if tops and sum(rooms) <= 250:
        assert tops[-1] + rooms[-1] <= 250 + 1e-6


def test_a_pin_takes_the_nearer_column() -> None:
    assert columns_of([pin(80, 10), pin(120, 10)], 100) == [0, 1]


def test_pins_in_the_middle_take_the_emptier_column() -> None:
    assert columns_of([pin(80, 10), pin(80, 30), pin(100, 10)], 100) == [0, 0, 1]


def test_out_of_an_overfull_column_the_pin_nearest_to_the_middle_moves() -> None:
    # Three labels of 20 in 50 pixels: one must go, and 95 is nearest to 100.
    assert columns_of([pin(70, 10), pin(95, 20), pin(60, 30)], 50) == [0, 1, 0]


def test_too_many_labels_have_no_columns() -> None:
    assert columns_of([pin(80, y) for y in range(6)], 50) is None


@given(st.lists(st.tuples(st.integers(60, 99), st.integers(0, 250)), max_size=10, unique=True))
def test_every_label_of_a_column_is_placed_once(points: list[tuple[int, int]]) -> None:
    pins = [pin(x, y) for x, y in points]
    placed = column(pins, 0, 6, 0, 300)
    assert sorted(place for place, _top in placed) == list(range(len(pins)))
    tops = [top for _place, top in placed]
    assert all(lower - upper >= 20 - 1e-6 for upper, lower in pairwise(tops))


def test_leaders_that_would_cross_change_places() -> None:
    # By height the near point's label is the upper one. Both labels are held above 60, so their
    # leaders end at (50, 26) and (50, 46). The far point's leader, from (99, 104), passes x = 60 at
    # y = 58, above the near point at y = 100, and meets the column below its leader: they cross.
    near, far = pin(60, 100), pin(99, 104)
    assert [place for place, _top in column([near, far], 0, 6, 0, 60)] == [1, 0]


def test_leaders_that_do_not_cross_keep_the_order_of_their_points() -> None:
    near, far = pin(60, 100), pin(99, 104)
    assert [place for place, _top in column([near, far], 0, 6, 0, 300)] == [0, 1]


@pytest.mark.parametrize("count", [2, 5, 12])
def test_points_that_coincide_are_spread(count: int) -> None:
    moved = spread([(10.0, 10.0 + index / 100) for index in range(count)], 8)
    gaps = [math.dist(one, other) for one, other in combinations(moved, 2)]
    assert gaps
    assert min(gaps) > 7.5


def test_points_far_enough_apart_stay() -> None:
    points = [(0.0, 0.0), (8.0, 0.0), (0.0, 9.0)]
    assert spread(points, 8) == points


def test_spreading_keeps_the_middle_of_two_points() -> None:
    # 2 apart and to be 8 apart: each goes 3 outward.
    assert spread([(0.0, 0.0), (2.0, 0.0)], 8) == [(-3.0, 0.0), (5.0, 0.0)]
