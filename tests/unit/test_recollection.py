"""What one turn worked out and the next may use."""

import pytest

from casebook.recollection import Recollection, Same, recalled


@pytest.fixture
def counted() -> list[int]:
    return []


def count(counted: list[int], key: object, *, holds: bool = True) -> int:
    def work_out() -> int:
        counted.append(len(counted) + 1)
        return counted[-1]

    return recalled(("counted", key), work_out, lambda _: holds)


def test_outside_a_turn_nothing_is_remembered(counted: list[int]) -> None:
    assert [count(counted, "a"), count(counted, "a")] == [1, 2]
    kept = Recollection()
    with kept.turn():
        assert [count(counted, "a"), count(counted, "a")] == [3, 3]
    assert count(counted, "a") == 4


def test_what_a_turn_asks_for_holds_in_the_next(counted: list[int]) -> None:
    kept = Recollection()
    for _ in range(3):
        with kept.turn():
            assert (count(counted, "a"), count(counted, "b")) == (1, 2)


def test_what_a_turn_does_not_ask_for_is_forgotten(counted: list[int]) -> None:
    kept = Recollection()
    with kept.turn():
        count(counted, "a")
    with kept.turn():
        count(counted, "b")
    with kept.turn():
        assert (count(counted, "b"), count(counted, "a")) == (2, 3)


def test_what_does_not_hold_is_worked_out_each_time(counted: list[int]) -> None:
    kept = Recollection()
    with kept.turn():
        assert [count(counted, "a", holds=False) for _ in range(2)] == [1, 2]


def test_a_turn_that_fails_ends_it() -> None:
    kept, counted = Recollection(), list[int]()

    def fail() -> None:
        with kept.turn():
            count(counted, "a")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert count(counted, "a") == 2


def test_the_very_same_is_told_from_what_is_like_it(counted: list[int]) -> None:
    one, like = [1], [1]
    kept = Recollection()
    with kept.turn():
        assert count(counted, Same(one)) == count(counted, Same(one)) == 1
        assert count(counted, Same(like)) == 2
        assert Same(one) != one
