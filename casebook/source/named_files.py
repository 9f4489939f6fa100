"""Files that are named one by one, those in folders that are named, and where others lie near."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.source.folder import DiskFolder

_FOLDERS_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file to be read.

    Attributes:
        path: As it was named, or found in a folder that was named.
        itself: Whether the file itself was named, and not a folder around it: whoever named it
            hears of it when it is of another kind.
    """

    path: Path
    itself: bool


def files_named(paths: Iterable[Path], suffixes: tuple[str, ...]) -> tuple[NamedFile, ...]:
    """Every file once, in the order of their paths, however often and by which links it is named.

    Args:
        paths: Files, whatever they are called, and folders.
        suffixes: How the names of the files end that are looked for in folders.

    Raises:
        MachineError: A folder cannot be looked into.
    """
    found: dict[str, NamedFile] = {}
    for path in paths:
        if path.is_dir():
            for name in DiskFolder(path).names():
                if name.endswith(suffixes):
                    inside = path / name
                    found.setdefault(os.path.realpath(inside), NamedFile(inside, itself=False))
        else:
            found[os.path.realpath(path)] = NamedFile(path, itself=True)
    return tuple(sorted(found.values(), key=lambda each: os.path.normpath(each.path)))


def folders_near(path: Path) -> tuple[Path, ...]:
    """The folder of a file and the two around it: there an office keeps what many files share."""
    return tuple(path.absolute().parents)[:_FOLDERS_NEAR]
