"""Asks workers about many items, and gives their answers in the order of the items.

The workers are any ``concurrent.futures.Executor``: processes of this machine and a cluster are
asked by the same lines.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Final, Generic, TypeVar

WINDOW: Final = 1_000
"""Items that are with workers, or done and waiting for one before them.

Why so many: a slow item holds back what stands behind it, and meanwhile nobody should be idle.
"""

LOOK_EVERY_S: Final = 2.0
"""How often somebody looks after the workers while none of them answers."""

_TRIES: Final = 2

Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why there is no answer about an item, in words that hold nothing of the item.

    Attributes:
        why: What happened.
        lost: Whether its workers ended over it; else the work itself failed in an unforeseen way.
    """

    why: str
    lost: bool


@dataclass(frozen=True, slots=True)
class Workers:
    """Those who do the work.

    Attributes:
        executor: Takes it.
        called: What they are called to the user.
        lost: What it means in the executor's own words that a worker ended with its work undone.
        look: Called now and then while nobody answers; raises when there is nobody to wait for.
    """

    executor: Executor
    called: str
    lost: tuple[type[Exception], ...] = ()
    look: Callable[[], None] = lambda: None


def answers(
    workers: Workers,
    work: Callable[[Item], Answer],
    items: Iterable[Item],
    window: int = WINDOW,
) -> Iterator[tuple[Item, Answer | Unanswered]]:
    """Each item with the answer about it, in the order of the items.

    An item whose worker ended is given to another one once. No item keeps others from being
    worked on. Whoever stops asking for answers cancels what has not begun.

    Args:
        workers: Who does it.
        work: The work on one item: a function at the top of a module, for it is pickled.
        items: Taken one by one, never more than the window ahead.
        window: The most items that are under way at once.

    Raises:
        CasebookError: What ``workers.look`` says when there is nobody to wait for.
    """
    waiting: deque[_Asked[Item, Answer]] = deque()
    settled: SimpleQueue[_Asked[Item, Answer]] = SimpleQueue()
    source = iter(items)
    try:
        while True:
            for item in islice(source, window - len(waiting)):
                asked: _Asked[Item, Answer] = _Asked(item)
                waiting.append(asked)
                _ask(asked, workers, work, settled)
            if not waiting:
                return
            _settle(_next(settled, workers), workers, work, settled)
            while waiting and (answer := waiting[0].answer) is not None:
                yield waiting.popleft().item, answer[0]
    finally:
        for asked in waiting:
            if asked.future is not None:
                asked.future.cancel()


@dataclass(slots=True, eq=False)
class _Asked(Generic[Item, Answer]):
    """An item that workers were asked about; the answer stands in a tuple once it is there."""

    item: Item
    tries: int = 0
    future: "Future[Answer] | None" = None
    answer: tuple[Answer | Unanswered] | None = None


def _ask(
    asked: _Asked[Item, Answer],
    workers: Workers,
    work: Callable[[Item], Answer],
    settled: "SimpleQueue[_Asked[Item, Answer]]",
) -> None:
    asked.tries += 1
    asked.future = workers.executor.submit(work, asked.item)
    # Why a queue: the callback runs in a thread of the executor, which must not be kept.
    asked.future.add_done_callback(lambda _: settled.put(asked))


def _next(settled: "SimpleQueue[_Asked[Item, Answer]]", workers: Workers) -> _Asked[Item, Answer]:
    """Wait until work on an item ended, in whichever way."""
    while True:
        try:
            return settled.get(timeout=LOOK_EVERY_S)
        except Empty:
            workers.look()


def _settle(
    asked: _Asked[Item, Answer],
    workers: Workers,
    work: Callable[[Item], Answer],
    settled: "SimpleQueue[_Asked[Item, Answer]]",
) -> None:
    """Take the answer about an item; where its worker is lost, ask once more."""
    assert asked.future is not None  # noqa: S101 - it was asked
    try:
        asked.answer = (asked.future.result(),)
    except (BrokenExecutor, CancelledError, *workers.lost):  # type: ignore[misc]
        # Why looked after first: of a cluster that is gone, nobody need be asked again.
        workers.look()
        if asked.tries < _TRIES:
            _ask(asked, workers, work, settled)
        else:
            asked.answer = (Unanswered("each of two workers ended over it", lost=True),)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other items go on
        # Why the kind alone: the words may quote what an item holds.
        asked.answer = (Unanswered(f"the work failed: {type(error).__name__}", lost=False),)
