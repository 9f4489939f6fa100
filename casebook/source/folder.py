"""A folder of files, on the disk or in a submission that is only looked at.

Why two: a submission from a stranger is checked as its sender's folder was, and nothing of it is
ever written to the disk for that.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, NoReturn, Protocol

from casebook.errors import MachineError, UsageError
from casebook.files import contained, name_fault, read_bytes
from casebook.source.private_names import is_private

BUILD_FOLDER: Final = "build"
"""What casebook makes in a portfolio; never read as a part of it."""


class Folder(Protocol):
    """Files by their names relative to the folder, with forward slashes."""

    @property
    def title(self) -> str:
        """What messages call the folder."""

    def names(self) -> tuple[str, ...]:
        """Every file in it, in order.

        Hidden ones, what casebook made, and private lists of names are left out.
        """

    def holds(self, name: str) -> bool:
        """Whether there is a file of this name.

        Raises:
            UsageError: The name leads out of the folder, or is no name for a file.
        """

    def read(self, name: str, limit_bytes: int) -> bytes:
        """The content of one file.

        Raises:
            CasebookError: There is no such file, it is too large, private, or cannot be read.
        """


@dataclass(frozen=True, slots=True)
class DiskFolder:
    """A folder on the disk."""

    root: Path

    @property
    def title(self) -> str:
        """The folder's path."""
        return str(self.root)

    def names(self) -> tuple[str, ...]:
        """Every file below the folder, found without following links to folders.

        Raises:
            MachineError: A folder in it cannot be looked into; its files would be missed.
        """
        found: list[str] = []
        for folder, below, files in os.walk(self.root, onerror=_refused):
            here = Path(folder).relative_to(self.root)
            found += [name for each in files if _counts(name := (here / each).as_posix())]
            below[:] = [each for each in below if _counts((here / each / "x").as_posix())]
        return tuple(sorted(found))

    def holds(self, name: str) -> bool:
        """Whether there is a file, or anything else, of this name.

        Raises:
            UsageError: The name leads out of the folder, or is no name for a file.
            MachineError: The folder around it cannot be looked into.
        """
        try:
            return contained(self.root, name).exists()
        except OSError as error:
            raise _no_entry(error) from error

    def read(self, name: str, limit_bytes: int) -> bytes:
        """The content of a file that lies in the folder and not behind a link out of it."""
        place = contained(self.root, name)
        _refuse_private(name, os.path.realpath(place))
        return read_bytes(place, limit_bytes)


@dataclass(frozen=True, slots=True)
class MemoryFolder:
    """Files that were unpacked into memory."""

    title: str
    contents: Mapping[str, bytes]

    def names(self) -> tuple[str, ...]:
        """Every file that would be found if they lay on the disk, in order."""
        return tuple(sorted(name for name in self.contents if _counts(name)))

    def holds(self, name: str) -> bool:
        """Whether there is a file of this name."""
        if fault := name_fault(name):
            raise UsageError(f"{name!r} {fault}", hint="name a file inside the folder")
        return name in self.contents

    def read(self, name: str, limit_bytes: int) -> bytes:
        """The content of a file."""
        if not self.holds(name):
            raise UsageError(f"there is no file {name!r}", hint="check the spelling")
        _refuse_private(name)
        content = self.contents[name]
        if len(content) > limit_bytes:
            raise UsageError(f"{name} is larger than {limit_bytes:,} bytes", hint="make it smaller")
        return content


def matching(names: tuple[str, ...], patterns: tuple[str, ...]) -> list[str]:
    """The names that fit one of the patterns; ``*`` does not reach into folders."""
    return [
        name
        for name in names
        if any(
            name.count("/") == pattern.count("/") and fnmatchcase(name, pattern)
            for pattern in patterns
        )
    ]


def _counts(name: str) -> bool:
    """Whether a file is a part of a folder: not hidden, not private, not made by casebook."""
    parts = name.split("/")
    built = len(parts) > 1 and parts[0] == BUILD_FOLDER
    hidden = any(part.startswith(".") for part in parts)
    return not (built or hidden or is_private(name))


def _refuse_private(*names: str) -> None:
    """Refuse a private list of names, by whatever path it is named.

    Raises:
        UsageError: It is one.
    """
    if any(map(is_private, names)):
        raise UsageError(
            f"{names[0]!r} is a private list of names",
            hint="name another file: that list never leaves this computer",
        )


def _refused(error: OSError) -> NoReturn:
    raise _no_entry(error) from error


def _no_entry(error: OSError) -> MachineError:
    return MachineError(
        f"cannot look into {error.filename}: {(error.strerror or str(error)).lower()}",
        hint="check who may read this folder",
    )
