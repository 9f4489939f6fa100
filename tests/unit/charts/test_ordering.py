"""Two columns are put into an order in which few links cross."""

from hypothesis import given
from hypothesis import strategies as st

from casebook.charts.ordering import crossings, untangled

LINKS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=16, unique=True)


def test_links_cross_when_they_run_the_other_way_round() -> None:
    # 0-1 and 1-0 cross; 2-2 crosses neither.
    assert crossings((0, 1, 2), (0, 1, 2), [(0, 1), (1, 0), (2, 2)]) == 1
    # All three pairs of a reversed column cross.
    assert crossings((0, 1, 2), (2, 1, 0), [(0, 0), (1, 1), (2, 2)]) == 3


def test_links_that_meet_in_a_member_do_not_cross_there() -> None:
    assert crossings((0, 1), (0,), [(0, 0), (1, 0)]) == 0


def test_what_can_be_drawn_without_crossings_is() -> None:
    """Pairs in any order, and two fans whose members are mixed, fall into place."""
    for links in (
        [(0, 3), (1, 2), (2, 0), (3, 1)],
        [(0, 1), (1, 0), (2, 1), (3, 0), (3, 2)],
    ):
        first, second = untangled(4, 4, links)
        assert crossings(first, second, links) == 0


def test_columns_without_crossings_stay_as_they_are() -> None:
    assert untangled(3, 2, [(0, 0), (1, 0), (2, 1)]) == ((0, 1, 2), (0, 1))
    assert untangled(2, 2, []) == ((0, 1), (0, 1))


@given(LINKS)
def test_an_order_holds_every_member_once_and_is_no_worse(links: list[tuple[int, int]]) -> None:
    first, second = untangled(7, 7, links)
    assert sorted(first) == sorted(second) == list(range(7))
    as_written = tuple(range(7))
    assert crossings(first, second, links) <= crossings(as_written, as_written, links)


@given(LINKS)
def test_equal_links_give_equal_orders(links: list[tuple[int, int]]) -> None:
    assert untangled(7, 7, links) == untangled(7, 7, list(links))
