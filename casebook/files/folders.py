"""Folders that are made because a file is to stand in them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from casebook.errors import UsageError
from casebook.files.disk import sync_folder
from casebook.files.refusals import machine_error


@contextmanager
def folders_for(path: Path) -> Iterator[None]:
    """Make the missing folders above a file; should what follows fail, take them away again.

    Raises:
        OSError: The system refuses.
    """
    made: list[Path] = []
    try:
        for folder in _missing_above(path):
            with suppress(FileExistsError):  # another run made it in this moment
                folder.mkdir()
                made.append(folder)
                sync_folder(folder.parent)
        yield
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):  # another run has put something into it
                folder.rmdir()
        raise


def names_kept(folder: Path) -> None:
    """Wait until the disk has the names that files were given in a folder.

    Raises:
        MachineError: The disk reports a fault, and a power cut may take them back.
    """
    try:
        sync_folder(folder)
    except OSError as error:
        hint = "what was written stands; keep a copy on another disk"
        raise machine_error("be sure of the files in", folder, error, hint) from error


def refuse_file_above(path: Path) -> None:
    """Refuse a path whose folder cannot be made, because a file has the name already.

    Raises:
        UsageError: It has.
    """
    nearest = next((above for above in path.parents if os.path.lexists(above)), None)
    if nearest is not None and not nearest.is_dir():
        raise UsageError(
            f"{nearest} is no folder, and {path.name} is to be written in it",
            hint="give that file another name, or name another place",
        )


def _missing_above(path: Path) -> list[Path]:
    """The folders above a path that are not there, the outermost first."""
    missing = []
    for above in path.parents:
        if os.path.lexists(above):
            break
        missing.append(above)
    return missing[::-1]
