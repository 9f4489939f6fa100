"""Locks on files and folders: of several runs of casebook at one moment, one has its turn.

The system ends the lock of a run that was killed. On Windows, where a folder cannot be locked,
and on shared folders without locks nobody waits.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

_OPENING: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


class _Turns(threading.local):
    """The folders that this thread has its turn in: asking again must not wait for itself."""

    def __init__(self) -> None:
        self.folders: set[tuple[int, int]] = set()


_mine: Final = _Turns()


@contextmanager
def turn_in(folder: Path) -> Iterator[None]:
    """Wait until no other run is in its turn in a folder, and keep others waiting.

    For the moment between reading a file again and replacing it.
    """
    here = _identity(folder)
    if here is None or here in _mine.folders:
        yield
        return
    with lock_on(Path(os.path.realpath(folder)), wait=True):
        _mine.folders.add(here)
        try:
            yield
        finally:
            _mine.folders.discard(here)


@contextmanager
def lock_on(path: Path, *, wait: bool) -> Iterator[bool | None]:
    """Hold a lock on a file or a folder, but on nothing that a link leads to.

    Yields:
        Whether it is held: False when another run has it, None where that cannot be known.
    """
    try:
        opened = None if sys.platform == "win32" else os.open(path, _OPENING)
    except OSError:
        opened = None
    if opened is None:
        yield None
        return
    try:
        yield lock(opened, wait=wait)
    finally:
        with suppress(OSError):
            os.close(opened)


def lock(opened: int, *, wait: bool) -> bool | None:
    """Lock an open file or folder until it is closed.

    Returns:
        Whether it is locked: False when another run has it, None where that cannot be known.
    """
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
