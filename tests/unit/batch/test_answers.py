"""Answers come in the order of the items, whatever becomes of the workers."""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from typing import Any

import pytest

from casebook.batch import answers as asking
from casebook.batch.answers import Unanswered, Workers, answers
from casebook.errors import MachineError


class Hand(Executor):
    """An executor whose work is done when the test says so.

    Attributes:
        given: Every future with its item, in the order in which they came.
    """

    def __init__(self, answer: Callable[[Future[Any], Any, int], None] | None = None) -> None:
        self.given: list[tuple[Future[Any], Any]] = []
        self.answer = answer
        self.tries: dict[Any, int] = {}

    def submit(self, _: object, item: Any) -> Future[Any]:  # type: ignore[override]  # noqa: ANN401 - whatever a test gives
        future: Future[Any] = Future()
        self.given.append((future, item))
        self.tries[item] = self.tries.get(item, 0) + 1
        if self.answer is not None:
            self.answer(future, item, self.tries[item])
        return future


def at_once(future: Future[Any], item: int, _: int) -> None:
    future.set_result(item * 10)


def test_answers_stand_in_the_order_of_the_items_whichever_came_first() -> None:
    hand = Hand()

    def look() -> None:
        """Nobody answered yet: answer all, the last first."""
        for future, item in reversed(hand.given):
            if not future.done():
                future.set_result(item * 10)

    found = answers(Workers(hand, "", look=look), int, [1, 2, 3])
    asking_every_moment = pytest.MonkeyPatch()
    asking_every_moment.setattr(asking, "LOOK_EVERY_S", 0.001)
    try:
        assert list(found) == [(1, 10), (2, 20), (3, 30)]
    finally:
        asking_every_moment.undo()


def test_never_more_than_a_window_of_items_is_taken_ahead() -> None:
    """Of a hundred thousand, each is taken when there is room for it."""
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(100_000):
            taken += 1
            yield item

    for count, (item, _) in enumerate(answers(Workers(Hand(at_once), ""), int, items(), window=7)):
        assert item == count
        assert taken <= count + 7
    assert taken == 100_000


@pytest.mark.parametrize("loss", [BrokenExecutor("gone"), CancelledError(), KeyError("own")])
def test_an_item_whose_worker_was_lost_is_given_to_another_one(loss: Exception) -> None:
    """Lost is also what the executor calls so in its own words."""

    def once(future: Future[Any], item: int, tries: int) -> None:
        if item == 2 and tries == 1:
            future.set_exception(loss)
        else:
            future.set_result(item)

    hand = Hand(once)
    found = list(answers(Workers(hand, "", lost=(KeyError,)), int, [1, 2, 3]))
    assert found == [(1, 1), (2, 2), (3, 3)]
    assert hand.tries == {1: 1, 2: 2, 3: 1}


def test_an_item_that_ends_two_workers_is_reported_and_the_others_are_done() -> None:
    def never(future: Future[Any], item: int, _: int) -> None:
        if item == 2:
            future.set_exception(BrokenExecutor("gone"))
        else:
            future.set_result(item)

    hand = Hand(never)
    first, second, third = (each for _, each in answers(Workers(hand, ""), int, [1, 2, 3]))
    assert (first, third) == (1, 3)
    assert isinstance(second, Unanswered)
    assert second.lost
    assert hand.tries[2] == 2


def test_an_error_of_the_work_is_told_by_its_kind_and_not_tried_again() -> None:
    """Its words may quote what a client told."""

    def refuse(future: Future[Any], item: int, _: int) -> None:
        future.set_exception(ValueError("Client A has a bad back"))

    hand = Hand(refuse)
    ((_, answer),) = answers(Workers(hand, ""), int, [1])
    assert answer == Unanswered("the work failed: ValueError", lost=False)
    assert hand.tries == {1: 1}


def test_whoever_stops_asking_cancels_what_has_not_begun() -> None:
    hand = Hand(lambda future, item, _: future.set_result(item) if item == 1 else None)
    found = answers(Workers(hand, ""), int, range(1, 100), window=5)
    assert next(found) == (1, 1)
    found.close()  # type: ignore[attr-defined]
    assert [future.cancelled() for future, _ in hand.given[1:]] == [True] * 4


def test_where_nobody_is_left_to_wait_for_the_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LOOK_EVERY_S", 0.001)

    def look() -> None:
        raise MachineError("nobody is left")

    with pytest.raises(MachineError, match="nobody is left"):
        list(answers(Workers(Hand(), "", look=look), int, [1]))


def test_no_items_need_no_workers() -> None:
    hand = Hand()
    assert list(answers(Workers(hand, ""), int, [])) == []
    assert hand.given == []
