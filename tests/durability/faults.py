"""Stands between casebook and the system: counts what is asked of the disk, kills or refuses there.

Only calls about files below one folder count; those that read a file's content do not.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

Action = Literal["watch", "kill before", "kill halfway", "kill after", "fail"]

CHANGING: Final = frozenset(
    {
        *("open", "write", "fsync", "replace", "rename", "link"),
        *("unlink", "remove", "rmdir", "mkdir", "chmod"),
    }
)
"""Calls after the first of which a folder may differ; an ``open`` only when it makes a file."""

WATCHED: Final = sorted(CHANGING | {"close", "listdir", "fstat"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen at one call.

    Attributes:
        action: What: a kill comes before it, after it, or with half of its bytes written.
        at: At which call, counted from 1.
        number: The error of the system that a failing one answers with.
    """

    action: Action = "watch"
    at: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what was asked, and whether it may have changed something."""

    name: str
    changes: bool


@dataclass(slots=True)
class Disk:
    """The calls of this process about one folder.

    Attributes:
        root: The folder.
        plan: What is to happen.
        calls: Those that came, in order.
        before: Is told the number of each call before it is made.
    """

    root: str
    plan: Plan = field(default_factory=Plan)
    calls: list[Call] = field(default_factory=list)
    before: Callable[[int], None] | None = None
    _open: set[int] = field(default_factory=set)

    def stand_between(self) -> None:
        """Take the place of the system's functions, for the rest of this process."""
        for name in WATCHED:
            setattr(os, name, self._between(name, getattr(os, name)))

    def begin(self, plan: Plan) -> None:
        """Count anew."""
        self.plan = plan
        self.calls = []

    def _between(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the system takes
            if not self._is_about_the_folder(given, named):
                return real(*given, **named)
            if self.before is not None:
                self.before(len(self.calls) + 1)
            self.calls.append(Call(name, _changes(name, given, named)))
            answer = self._met(name, real, given, named)
            if name == "open":
                self._open.add(answer)
            elif name == "close":
                self._open.discard(given[0])
            return answer

        return call

    def _met(
        self,
        name: str,
        real: Callable[..., Any],
        given: tuple[Any, ...],
        named: dict[str, Any],
    ) -> Any:  # noqa: ANN401 - whatever the system answers
        plan = self.plan
        if plan.action == "watch" or len(self.calls) != plan.at:
            return real(*given, **named)
        if plan.action == "kill before":
            os.kill(os.getpid(), signal.SIGKILL)
        if plan.action != "kill after" and name == "write":
            real(given[0], given[1][: len(given[1]) // 2])
        elif plan.action == "kill after" or name == "close":
            real(*given, **named)
        if plan.action == "fail":
            raise OSError(plan.number, os.strerror(plan.number), *_named(given))
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed")

    def _is_about_the_folder(self, given: tuple[Any, ...], named: dict[str, Any]) -> bool:
        if any(named.get(key) in self._open for key in ("dir_fd", "src_dir_fd", "dst_dir_fd")):
            return True
        return any(
            each in self._open
            if isinstance(each, int)
            else isinstance(each, str | Path) and str(each).startswith(self.root)
            for each in given[:2]
        )


def _changes(name: str, given: tuple[Any, ...], named: dict[str, Any]) -> bool:
    if name == "open":
        flags = given[1] if len(given) > 1 else named.get("flags", 0)
        return bool(flags & os.O_CREAT)
    return name in CHANGING


def _named(given: tuple[Any, ...]) -> tuple[str, ...]:
    """The path that the system's own complaint would name."""
    return (str(given[0]),) if given and isinstance(given[0], str | Path) else ()
