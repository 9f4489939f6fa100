"""What holds a child in: limits of the system, files it may read, calls it may not make."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.confinement.audit import refuse_in_python
from casebook.confinement.bounds import Bounds
from casebook.confinement.landlock import keep_to
from casebook.confinement.seccomp import refuse_calls

_DIE_WITH_PARENT: Final = 1
_NO_NEW_PRIVILEGES: Final = 38
_OPEN_FILES: Final = 64
_MAPPED_LATER_BYTES: Final = 150_000_000
"""Addresses for what is mapped after the walls rose, such as typefaces for rarer scripts and the
room that a thread reserves; they cost no memory of the process's own."""

_UNMEASURED_BYTES: Final = 500_000_000
"""The same with what was mapped before, where the system does not tell how much that is."""

_LAST_THREADS_S: Final = 1


@dataclass(frozen=True, slots=True)
class Walls:
    """What holds in this process.

    Attributes:
        limits: Whether the system bounds memory and computation.
        landlock: The version of Landlock by which files are kept away; 0 where it does not, or
            not from all threads.
        seccomp: Whether system calls are filtered.
    """

    limits: bool
    landlock: int
    seccomp: bool


def raise_walls(readable: Iterable[Path], bounds: Bounds) -> Walls:
    """Confine this process for the rest of its life.

    Args:
        readable: The folders and files that may still be read; nothing may be written.
        bounds: What its work may take.
    """
    readable = tuple(readable)
    limits = _limit(bounds)
    _give_up_privileges()
    # Why counted: Landlock binds the thread that asks for it, and those it begins later.
    alone = _is_alone()
    landlock = keep_to(readable) * alone
    seccomp = refuse_calls()
    if not (landlock and seccomp):
        refuse_in_python(readable)
    return Walls(limits, landlock, seccomp)


def end_with(parent: int) -> None:
    """Let this process end when its parent does, however that ends."""
    # Why: what the terminal sends on Ctrl-C is for the parent, which then ends its children.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # It ended before the line above.
            sys.exit(1)


def allow_computation(seconds: int) -> None:
    """Allow this process so many seconds more, beside what it has used."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + seconds + 1
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (until, most))


def _limit(bounds: Bounds) -> bool:
    """Set the limits that the system has; whether it bounds memory."""
    if sys.platform == "win32":
        return False
    import resource

    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": _OPEN_FILES,
        "RLIMIT_DATA": bounds.memory_bytes,
        "RLIMIT_AS": _addresses(bounds),
    }
    if sys.platform != "linux":
        # Why not there: Linux counts threads as well, and Pango starts one.
        wanted["RLIMIT_NPROC"] = 0
    set_here: set[str] = set()
    for name, most in wanted.items():
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))
            set_here.add(name)
    allow_computation(bounds.seconds)
    # Why by name: other systems take a limit of memory and do not hold to it.
    return "RLIMIT_DATA" in set_here and sys.platform == "linux"


def _addresses(bounds: Bounds) -> int:
    """The addresses that this process may have: those it has, those of its memory, and some.

    Why as few: what was filled and then made read-only counts as no data any more.
    """
    try:
        pages = [int(each) for each in Path("/proc/self/statm").read_bytes().split()]
        page = os.sysconf("SC_PAGE_SIZE")
        addresses, data = pages[0] * page, pages[5] * page
    except (OSError, ValueError, IndexError):
        return bounds.memory_bytes + _UNMEASURED_BYTES
    return addresses + max(0, bounds.memory_bytes - data) + _MAPPED_LATER_BYTES


def _is_alone() -> bool:
    """Whether this thread is the only one of its process, or soon is."""
    until = time.monotonic() + _LAST_THREADS_S
    while len(_threads()) > 1:
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _threads() -> list[Path]:
    """The threads of this process, those of libraries too; none where the system does not tell."""
    try:
        return list(Path("/proc/self/task").iterdir())
    except OSError:
        return []


def _give_up_privileges() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
