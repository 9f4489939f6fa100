"""Bytes and names that have reached the disk, so that a power cut does not take them back."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
"""Permissions by which nobody but the user reads a file, or looks into a folder."""

_UNSUPPORTED: Final = frozenset(
    [
        *(errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF),
        *(errno.EACCES, errno.EPERM, errno.EISDIR),
    ]
)
"""What systems and shared folders say that cannot sync a folder."""


def write_through(opened: int, data: bytes) -> None:
    """Write everything into an open file, and wait until the disk has it."""
    left = memoryview(data)
    while left:
        left = left[os.write(opened, left) :]
    os.fsync(opened)


def write_durably(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file where none stands, and wait until the disk has its content.

    Args:
        path: Where it is to stand.
        data: Its whole content.
        private: Whether nobody but the user may read it.
    """
    opened = os.open(path, new_file_flags(), PRIVATE_FILE if private else 0o666)
    try:
        write_through(opened, data)
    except BaseException:
        with suppress(OSError):
            os.close(opened)
        raise
    os.close(opened)


def new_file_flags() -> int:
    """The flags that open a file for writing, and nothing that stands there already."""
    return os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder, where the system can do that.

    Raises:
        OSError: The disk reports a fault.
    """
    try:
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
