"""Which walls rise, in which order; none of them around this process, which goes on testing."""

import ctypes
import importlib
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from casebook.confinement import walls
from casebook.confinement.bounds import Bounds
from casebook.confinement.walls import Walls, allow_computation, end_with, raise_walls

resource: Any = None if sys.platform == "win32" else importlib.import_module("resource")
pytestmark = [
    pytest.mark.skipif(resource is None, reason="Windows has no limits of this kind"),
    pytest.mark.may_skip("Windows has no limits of this kind"),
]

BOUNDS = Bounds(memory_bytes=300_000_000, seconds=15, reply_bytes=1)


class System:
    """Stands for the system: notes what is asked of it, and refuses what it is told to.

    Attributes:
        calls: What was asked, in order.
        limits: What was set, by the number of the limit.
        refused: Limits that it does not set.
        pages: What it tells of this process's memory (proc(5), statm): 60,000 pages of addresses,
            15,000 of data.
    """

    pages = b"60000 9000 3000 800 0 15000 0\n"

    def __init__(self) -> None:
        self.calls: list[object] = []
        self.limits: dict[int, tuple[int, int]] = {}
        self.refused: set[int] = set()

    def prctl(self, *given: int) -> int:
        self.calls.append(("prctl", *given))
        return 0

    def setrlimit(self, which: int, most: tuple[int, int]) -> None:
        if which in self.refused:
            raise ValueError("not allowed to raise maximum limit")
        self.limits[which] = most


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    made = System()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: made)
    monkeypatch.setattr(resource, "setrlimit", made.setrlimit)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (-1, -1))
    monkeypatch.setattr(
        resource, "getrusage", lambda _: SimpleNamespace(ru_utime=2.75, ru_stime=0.5)
    )
    monkeypatch.setattr(walls, "_threads", lambda: [Path("1")])
    monkeypatch.setattr(Path, "read_bytes", lambda _: made.pages)
    monkeypatch.setattr(os, "sysconf", lambda _: 4_000)
    return made


@pytest.mark.parametrize(
    "landlock, seccomp, in_python",
    [(7, True, False), (0, True, True), (7, False, True), (0, False, True)],
)
def test_python_refuses_where_the_kernel_lacks_a_wall(
    system: System, monkeypatch: pytest.MonkeyPatch, landlock: int, *, seccomp: bool,
    in_python: bool,
) -> None:  # fmt: skip
    """Files go first: the filter of calls would keep them from being given up."""

    def keep_to(readable: Iterable[Path]) -> int:
        system.calls.append(("landlock", list(readable)))
        return landlock

    def refuse_calls() -> bool:
        system.calls.append("seccomp")
        return seccomp

    monkeypatch.setattr(walls, "keep_to", keep_to)
    monkeypatch.setattr(walls, "refuse_calls", refuse_calls)
    monkeypatch.setattr(
        walls, "refuse_in_python", lambda readable: system.calls.append(list(readable))
    )
    folders = [Path("/a"), Path("/b")]
    assert raise_walls(iter(folders), BOUNDS) == Walls(True, landlock, seccomp)
    # PR_SET_NO_NEW_PRIVS is 38 (linux/prctl.h).
    before = [("prctl", 38, 1, 0, 0, 0), ("landlock", folders), "seccomp"]
    assert system.calls == [*before, folders] if in_python else before


def test_the_limits_are_those_of_the_bounds(system: System) -> None:
    """No core files, nothing written, few files open; addresses for libraries besides memory."""
    assert walls._limit(BOUNDS) is True
    # Used so far: 2.75 + 0.5 seconds, so three whole ones, 15 more and one for the rest.
    assert system.limits == {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (64, 64),
        resource.RLIMIT_DATA: (300_000_000, 300_000_000),
        # 60,000 pages of 4,000 bytes are there, of which data are 60 million; so 240 million of
        # data may come, and 150 million of what costs no memory: 240 + 240 + 150.
        resource.RLIMIT_AS: (630_000_000, 630_000_000),
        resource.RLIMIT_CPU: (19, -1),
    }


def test_a_limit_that_the_system_refuses_keeps_the_others_from_nothing(system: System) -> None:
    system.refused = {resource.RLIMIT_CORE, resource.RLIMIT_CPU}
    assert walls._limit(BOUNDS) is True
    assert len(system.limits) == 4
    system.refused = {resource.RLIMIT_DATA}
    assert walls._limit(BOUNDS) is False


@pytest.mark.parametrize(
    "pages, most",
    [
        # More data than there may be: not a byte is added for it. 240 + 0 + 150.
        (b"60000 1 1 1 0 80000 0", 390_000_000),
        # What is not told in this way is taken for half a gigabyte. 300 + 500.
        (b"", 800_000_000),
        (b"60000 1 1", 800_000_000),
        (b"a lot of pages, more than ever", 800_000_000),
    ],
)
def test_there_are_addresses_for_what_is_there_and_what_may_come(
    system: System, pages: bytes, most: int
) -> None:
    system.pages = pages
    walls._limit(BOUNDS)
    assert system.limits[resource.RLIMIT_AS] == (most, most)


@pytest.mark.parametrize("threads, landlock", [([2, 2, 1], 7), ([2] * 9, 0), ([0], 7)])
def test_files_are_kept_away_only_where_no_other_thread_lives(
    system: System, monkeypatch: pytest.MonkeyPatch, threads: list[int], landlock: int
) -> None:
    """Landlock binds one thread. Another that is ending is waited for, two seconds here."""
    counts, moments = iter(threads), iter(range(0, 100, 1))
    monkeypatch.setattr(walls, "_threads", lambda: [Path("thread")] * next(counts))
    monkeypatch.setattr(walls, "_LAST_THREADS_S", 2)
    monkeypatch.setattr(walls, "time", SimpleNamespace(
        monotonic=lambda: next(moments), sleep=lambda _: None
    ))  # fmt: skip
    refused: list[Path] = []
    monkeypatch.setattr(walls, "keep_to", lambda _: 7)
    monkeypatch.setattr(walls, "refuse_calls", lambda: True)
    monkeypatch.setattr(walls, "refuse_in_python", refused.extend)
    assert raise_walls([Path("/a")], BOUNDS) == Walls(True, landlock, True)
    assert refused == ([] if landlock else [Path("/a")])


def test_other_systems_bound_no_memory_and_start_nothing(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert walls._limit(BOUNDS) is False
    assert system.limits[resource.RLIMIT_NPROC] == (0, 0)
    assert system.limits[resource.RLIMIT_CPU] == (19, -1)
    walls._give_up_privileges()
    assert system.calls == []


def test_windows_has_no_limits(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert walls._limit(BOUNDS) is False
    allow_computation(5)
    assert system.limits == {}


def test_computing_is_allowed_beside_what_was_used(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to a limit that was there before, which only root may raise."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (-1, 3_600))
    allow_computation(5)
    assert system.limits == {resource.RLIMIT_CPU: (3 + 5 + 1, 3_600)}


def test_a_child_ends_with_its_parent_and_leaves_ctrl_c_to_it(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    handled: list[tuple[int, object]] = []
    monkeypatch.setattr(signal, "signal", lambda *given: handled.append(given))
    end_with(os.getppid())
    assert handled == [(signal.SIGINT, signal.SIG_IGN)]
    # PR_SET_PDEATHSIG is 1 (linux/prctl.h).
    assert system.calls == [("prctl", 1, signal.SIGKILL, 0, 0, 0)]


def test_a_child_whose_parent_was_gone_before_ends_at_once(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        end_with(os.getppid() + 1)
    assert ended.value.code == 1
    monkeypatch.setattr(sys, "platform", "darwin")
    end_with(os.getppid() + 1)
    assert len(system.calls) == 1
