"""Temporary names: bytes stand under one until they are whole, and nothing is left of killed runs.

Whoever writes under such a name holds a lock on it. What nobody holds was left behind.
"""

import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from casebook.files.disk import new_file_flags, write_through
from casebook.files.turns import lock, lock_on

ORPHAN_AGE_S: Final = 3600
"""From when on a temporary name counts as left behind where locks tell nothing, in seconds.

Long beside any write, short beside the days after which somebody wonders what it is.
"""

_NAME: Final = re.compile(r"\.casebook-[0-9a-f][0-9a-f-]{7,40}\.tmp")
_ATTEMPTS: Final = 8


@contextmanager
def temporary_file(folder: Path, data: bytes, permissions: int | None) -> Iterator[Path]:
    """A file whose content has reached the disk; in the end its temporary name is gone.

    Args:
        folder: Where it stands.
        data: Its whole content.
        permissions: Those it is to have; by default what the system gives to new files.
    """
    at_first = 0o666 if permissions is None else permissions | stat.S_IWUSR
    path, opened = _new(folder, lambda path: os.open(path, new_file_flags(), at_first))
    try:
        assert opened is not None  # noqa: S101 - files can be opened everywhere
        if permissions is not None and stat.S_IMODE(os.fstat(opened).st_mode) != permissions:
            path.chmod(permissions)
        write_through(opened, data)
        if sys.platform == "win32":  # an open file cannot get another name there
            _close(opened)
            opened = None
        yield path
    finally:
        _close(opened)
        _remove(path)


@contextmanager
def temporary_folder(folder: Path, permissions: int | None) -> Iterator[Path]:
    """An empty folder to fill; in the end its temporary name is gone, and what lies under it.

    Args:
        folder: Where it stands.
        permissions: As of `temporary_file`.
    """
    at_first = 0o777 if permissions is None else permissions | stat.S_IRWXU
    path, opened = _new(folder, lambda path: _make_folder(path, at_first))
    try:
        if permissions is not None and stat.S_IMODE(path.stat().st_mode) != permissions:
            path.chmod(permissions)
        yield path
    finally:
        _close(opened)
        _remove(path)


def sweep_orphans(folder: Path) -> tuple[str, ...]:
    """Remove what killed runs of casebook left in a folder; returns the names that went."""
    try:
        found = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    except OSError:
        return ()
    return tuple(path.name for path in found if _removed(path))


def _removed(path: Path) -> bool:
    """Whether a temporary name was left behind, and is gone now."""
    with suppress(OSError), lock_on(path, wait=False) as held:
        status = path.lstat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            return False
        if held is False or (held is None and time.time() - status.st_mtime < ORPHAN_AGE_S):
            return False
        if stat.S_ISDIR(status.st_mode):
            shutil.rmtree(path)
        else:
            path.unlink()
        return True
    return False


def _new(folder: Path, make: Callable[[Path], int | None]) -> tuple[Path, int | None]:
    """A temporary name that was free, and what stands there, open and locked.

    Why more than one attempt: between making and locking it, a sweep may take it for left behind.
    """
    for _ in range(_ATTEMPTS):
        path = folder / f".casebook-{secrets.token_hex(8)}.tmp"
        try:
            opened = make(path)
        except FileNotFoundError:  # swept already, or the whole folder is gone
            continue
        try:
            if opened is None or _is_held(path, opened):
                return path, opened
        except BaseException:
            _close(opened)
            _remove(path)
            raise
        _close(opened)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def _is_held(path: Path, opened: int) -> bool:
    """Lock what was made; whether it still has its name then."""
    lock(opened, wait=True)
    try:
        return os.path.samestat(path.stat(), os.fstat(opened))
    except FileNotFoundError:
        return False


def _make_folder(path: Path, permissions: int) -> int | None:
    path.mkdir(mode=permissions)
    if sys.platform == "win32":
        return None
    try:
        return os.open(path, os.O_RDONLY)
    except BaseException:
        _remove(path)
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _close(opened: int | None) -> None:
    # Why no complaint: what was to reach the disk was waited for.
    if opened is not None:
        with suppress(OSError):
            os.close(opened)
