"""A process is ended when its time is up, by the clock or by what it computes, and not before."""

import os
import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from casebook.confinement import watch
from casebook.confinement.watch import Watch, computed_s


class Process:
    """Stands for a process: computes as it is told to, and notes that it was killed."""

    pid = 4242

    def __init__(self) -> None:
        self.killed = threading.Event()

    def kill(self) -> None:
        self.killed.set()


Watching = Callable[..., tuple[Watch, Process]]


@pytest.fixture
def watching(monkeypatch: pytest.MonkeyPatch) -> Watching:
    """A watch over a process, and its time: a second passes at every look."""

    def made(clock_s: float, computing_s: float | None, a_look_s: float) -> tuple[Watch, Process]:
        process = Process()
        now = SimpleNamespace(s=1_000.0, computed_s=50.0)
        held = Watch(process, clock_s, computing_s)  # type: ignore[arg-type]

        def wait(seconds: float) -> bool:
            now.s += seconds
            now.computed_s += a_look_s
            return process.killed.is_set()

        monkeypatch.setattr(watch, "time", SimpleNamespace(monotonic=lambda: now.s))
        monkeypatch.setattr(watch, "computed_s", lambda _: now.computed_s)
        monkeypatch.setattr(held, "_over", SimpleNamespace(wait=wait, set=lambda: None))
        return held, process

    return made


@pytest.mark.parametrize(
    "clock_s, computing_s, a_look_s, killed_for",
    [
        (60, 15, 0.1, "clock"),  # 6 seconds of computing in 60
        (60, 15, 1.0, "computing"),  # 19 seconds after 19 looks
        (60, 15, 2.0, "computing"),  # on two processors at once
        (18, 15, 1.0, "clock"),  # 18 seconds: the child's own limit comes first, and has the room
        (60, None, 5.0, "clock"),  # not counted
        (0, 15, 0.0, "clock"),
    ],
)
def test_the_first_that_is_used_up_ends_it(
    watching: Watching, clock_s: float, computing_s: float | None, a_look_s: float, killed_for: str
) -> None:
    """Computing is what came since the watch began: fifty seconds were there before."""
    held, process = watching(clock_s, computing_s, a_look_s)
    held.run()
    assert process.killed.is_set()
    assert held.killed_for == killed_for


def test_where_computing_is_not_told_the_clock_ends_it(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, _ = watching(60, 15, 10.0)
    monkeypatch.setattr(watch, "computed_s", lambda _: None)
    held.run()
    assert held.killed_for == "clock"


def test_who_is_called_off_ends_nobody() -> None:
    process = Process()
    held = Watch(process, 3_600, 3_600)  # type: ignore[arg-type]
    held.start()
    held.call_off()
    held.join()
    assert held.daemon
    assert (held.killed_for, process.killed.is_set()) == (None, False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it")
@pytest.mark.may_skip("only Linux tells it")
def test_what_a_process_has_computed_is_told_until_it_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = sum(os.times()[:2])
    told = computed_s(os.getpid())
    after = sum(os.times()[:2])
    assert told is not None
    # The two clocks count in different steps, of a hundredth at most.
    assert before - 0.02 <= told <= after + 0.02
    gone = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {})
    os.waitpid(gone, 0)
    assert computed_s(gone) is None
    monkeypatch.setattr(sys, "platform", "darwin")
    assert computed_s(os.getpid()) is None
