"""What was worked out in one turn and holds in the next, where files are watched.

One of many files changes at a time; what was read, checked and set from the others holds as long as
they say the same. Outside a turn nothing is kept.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeVar

AnswerT = TypeVar("AnswerT")


class Recollection:
    """Answers of the last turn and of this one: what a turn asks for no more goes with it."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._before: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Remember what is worked out inside, and what the turn before worked out."""
        self._before, self._now = self._now, {}
        token = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(token)

    def answer(
        self, key: Hashable, work_out: Callable[[], AnswerT], holds: Callable[[AnswerT], bool]
    ) -> AnswerT:
        """As ``recalled``, from this one."""
        for known in (self._now, self._before):
            if key in known:
                self._now[key] = known[key]
                found: AnswerT = known[key]
                return found
        answer = work_out()
        if holds(answer):
            self._now[key] = answer
        return answer


_CURRENT: Final[ContextVar[Recollection | None]] = ContextVar("recollection", default=None)


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """Stands for a value in a key that is to be the very same, not one that is like it.

    Why: to compare two records takes as long as to check one.
    """

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def recalled(
    key: Hashable,
    work_out: Callable[[], AnswerT],
    holds: Callable[[AnswerT], bool] = lambda _: True,
) -> AnswerT:
    """An answer, worked out unless the last turn or this one remembers it.

    Args:
        key: Whose answer it is, and all that it depends on.
        work_out: Works it out.
        holds: Whether an answer holds as long as its key stays the same.
    """
    kept = _CURRENT.get()
    if kept is None:
        return work_out()
    return kept.answer(key, work_out, holds)
