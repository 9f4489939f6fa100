"""Landlock, by which a Linux process gives up the file system for itself, but for what it names.

Why by hand: it is three system calls, and the packages that wrap them are young. Whatever it does
not handle in a kernel's version is left to the system call filter.

Source:
    Linux, Documentation/userspace-api/landlock.rst and include/uapi/linux/landlock.h.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
"""Numbers of the system calls: the same on every processor."""

_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1

_READ_FILE: Final = 1 << 2
_READ_FOLDER: Final = 1 << 3
_FILE_RIGHTS: Final = ((1, 13), (2, 14), (3, 15), (5, 16))
"""From which version on how many rights to files can be given up."""

_NETWORK: Final = 4
_BIND_AND_CONNECT: Final = 0b11
_SCOPES: Final = 6
_SOCKETS_AND_SIGNALS: Final = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_files", ctypes.c_uint64),
        ("handled_network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def landlock_version() -> int:
    """The version of Landlock that the kernel has; 0 without it."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _ASK_VERSION))


def keep_to(readable: Iterable[Path]) -> int:
    """Give up every file but those in some folders, which can be read, never written.

    Network connections by TCP, and signals and sockets to other processes, go too where the
    kernel's version knows them.

    Returns:
        The version that holds now; 0 where there is none, or it could not be had.
    """
    version = landlock_version()
    if not version:
        return 0
    rules = _Ruleset(
        handled_files=(1 << max(count for since, count in _FILE_RIGHTS if version >= since)) - 1,
        handled_network=_BIND_AND_CONNECT if version >= _NETWORK else 0,
        scoped=_SOCKETS_AND_SIGNALS if version >= _SCOPES else 0,
    )
    size = 24 if version >= _SCOPES else 16 if version >= _NETWORK else 8
    ruleset = _call(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return 0
    try:
        for path in readable:
            _allow(ruleset, path)
        return version if _call(_RESTRICT_SELF, ruleset, 0) == 0 else 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # What is not there needs no leave to be read.
        return
    try:
        rights = _READ_FILE | (_READ_FOLDER if path.is_dir() else 0)
        rule = _Beneath(allowed=rights, folder=opened)
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    given = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    done: int = libc.syscall(ctypes.c_long(number), *given)
    return done
