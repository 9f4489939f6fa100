"""Writing that leaves the old file or the new one, never half of either.

The bytes go to a temporary name in the same folder, reach the disk, and only then take the real
name. What casebook did not make is never overwritten unasked.
"""

import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from casebook.errors import UsageError
from casebook.files.marks import made_by_casebook
from casebook.files.names import contained
from casebook.files.refusals import REPEAT, machine_error
from casebook.files.turns import turn_in

_TEMPORARY: Final = re.compile(r"\.casebook-([0-9a-f]{8})-([0-9]{1,9})-[0-9a-f]{8}\.tmp")


def write_file(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a whole file or nothing; missing folders above it are made.

    A link is replaced, never written through. An existing file keeps its permissions.

    Args:
        path: Where the file is to stand.
        data: Its whole content.
        force: Replace a file that casebook did not make.

    Raises:
        UsageError: Something stands there that must not be replaced.
        MachineError: The system refuses; the old file, if any, is still whole.
    """
    with _written(path, data, lambda: _replaceable_mode(path, force=force)) as temporary:
        temporary.replace(path)


def write_new_file(path: Path, data: bytes) -> None:
    """Write a whole file where nothing stands yet, or nothing.

    Of two runs that write the same file at one moment, one is refused.

    Raises:
        UsageError: Something stands there already.
        MachineError: The system refuses; nothing was made.
    """
    with _written(path, data, lambda: None) as temporary:
        try:
            _take_free_place(temporary, path)
        except FileExistsError as error:
            raise UsageError(
                f"{path} is already there, and is never replaced", hint="name another file"
            ) from error


def write_tree(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder that appears with all its files or not at all.

    Args:
        target: The new folder; an empty one may stand there already.
        files: Relative name -> content.

    Raises:
        UsageError: The target holds something, or a name is unsafe.
        MachineError: The system refuses; nothing was made.
    """
    place = Path(os.path.realpath(target))
    temporary = _temporary_beside(place)
    try:
        _refuse_occupied(target, place)
        _refuse_file_above(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        sweep_orphans(place.parent)
        temporary.mkdir()
        for name, data in sorted(files.items()):
            inside = contained(temporary, name)
            inside.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(inside, data, None)
        for folder, _, _ in os.walk(temporary):
            _sync_folder(Path(folder))
        with suppress(FileNotFoundError):
            place.rmdir()
        temporary.rename(place)
    except OSError as error:
        raise machine_error("write", target, error, REPEAT) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    _sync_folder(place.parent)


def sweep_orphans(folder: Path) -> tuple[str, ...]:
    """Remove what killed runs of casebook on this machine left in ``folder``; names what went."""
    removed = []
    with suppress(OSError):
        for orphan in folder.iterdir():
            match = _TEMPORARY.fullmatch(orphan.name)
            if match is None or match[1] != _machine() or _is_running(int(match[2])):
                continue
            with suppress(OSError):
                if orphan.is_dir() and not orphan.is_symlink():
                    shutil.rmtree(orphan)
                else:
                    orphan.unlink()
                removed.append(orphan.name)
    return tuple(sorted(removed))


@contextmanager
def _written(path: Path, data: bytes, mode: Callable[[], int | None]) -> Iterator[Path]:
    """The data on the disk under a temporary name, for as long as it takes to give it its own."""
    temporary = _temporary_beside(path)
    try:
        permissions = mode()
        _refuse_file_above(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep_orphans(path.parent)
        _write_durably(temporary, data, permissions)
        yield temporary
    except OSError as error:
        raise machine_error("write", path, error, REPEAT) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _take_free_place(temporary: Path, path: Path) -> None:
    """Give a file its name, unless something has it.

    Raises:
        FileExistsError: Something has.
    """
    if os.name == "nt":
        temporary.rename(path)  # Windows refuses by itself
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Why: memory cards and some shared folders know no second name for a file.
        with turn_in(path.parent):
            if os.path.lexists(path):
                raise FileExistsError(path) from None
            temporary.replace(path)


def _replaceable_mode(path: Path, *, force: bool) -> int | None:
    """The permissions of the file to be replaced, or None when nothing stands there."""
    if not os.path.lexists(path):
        return None
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint="name the file to write, not its folder")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is a pipe or a device", hint="name a file on the disk")
    if not force and not made_by_casebook(path):
        raise UsageError(
            f"{path} is already there, and casebook did not make it",
            hint="name another file, or add --force to replace this one",
        )
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None


def _refuse_occupied(target: Path, place: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir() or any(place.iterdir()):
        what = "is not empty" if place.is_dir() else "is a file"
        raise UsageError(f"{target} {what}", hint="name a folder that does not exist yet")
    if place == Path.cwd():  # taking its place would leave the user's shell in a lost folder
        raise UsageError(f"{target} is the folder you are in", hint="name a new folder inside it")


def _refuse_file_above(path: Path) -> None:
    """Refuse a path whose folder cannot be made, because a file has the name already."""
    nearest = next((above for above in path.parents if os.path.lexists(above)), None)
    if nearest is not None and not nearest.is_dir():
        raise UsageError(
            f"{nearest} is no folder, and {path.name} is to be written in it",
            hint="give that file another name, or name another place",
        )


def _temporary_beside(path: Path) -> Path:
    return path.parent / f".casebook-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.tmp"


def _machine() -> str:
    # Why: on a shared folder, a process number says nothing about another machine's processes.
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # Windows has no signal 0: os.kill would end the process
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
    return True


def _write_durably(path: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    if mode is not None:
        path.chmod(mode)


def _sync_folder(folder: Path) -> None:
    # Why: not every system can; without it a power cut in this moment brings the old file back.
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
