"""Turns: of several runs of casebook at one moment, one at a time changes a folder."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def turn_in(folder: Path) -> Iterator[None]:
    """Wait until no other run is in its turn in a folder, and keep others waiting.

    For the moment between reading a file again and replacing it. The system ends the turn of a
    run that was killed. Where there are no such locks, on Windows and on some shared folders,
    nobody waits.
    """
    held = _locked(folder)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _locked(folder: Path) -> int | None:
    """The open folder, locked until it is closed; None where that cannot be had."""
    if sys.platform == "win32":
        return None
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    with suppress(OSError):
        fcntl.flock(opened, fcntl.LOCK_EX)
    return opened
