"""Verifies a BagIt bag of anybody, in a folder on the disk."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.bag import PAYLOAD, BagReport, FolderFiles, examine_bag
from casebook.errors import MachineError, UsageError
from casebook.workflow.progress import Progress, quietly

_UNREAD: Final = frozenset({"unreadable"})
_UNLISTED: Final = _UNREAD | {"extra", "missing"}
_TOLD_PARTS: Final = 200
"""Of so many parts of a bag each is told while a file is read; more, nobody could see."""


@dataclass(frozen=True, slots=True)
class VerifiedBag:
    """What verifying a bag gave; ``ok`` is None when parts of it could not be read."""

    folder: Path
    report: BagReport

    @property
    def ok(self) -> bool | None:
        """Whether the bag is complete and valid."""
        unread = {each.name for each in self.report.errors if each.what == "unreadable"}
        # Why: of a manifest that cannot be read nobody knows what it lists.
        doubtful = _UNREAD if all(name.startswith(PAYLOAD) for name in unread) else _UNLISTED
        if any(each.what not in doubtful for each in self.report.errors):
            return False
        return None if unread else True


def verify_bag(folder: Path, progress: Progress = quietly) -> VerifiedBag:
    """Verify a bag by the version of BagIt that it declares.

    Why no limit to its size: an archive's bags are large by right, and of no file more than a
    part is held at a time. Who sees how far it is can stop it.

    Args:
        folder: The bag.
        progress: Told which file is being read, and how much of all has been.

    Raises:
        UsageError: There is no such folder.
        MachineError: The system refuses to list it.
    """
    if not folder.exists():
        raise UsageError(f"{folder} is not there", hint="name the folder that holds bagit.txt")
    if not folder.is_dir():
        raise UsageError(
            f"{folder} is no folder", hint="unpack the bag first; a submission is for verify"
        )
    read = told = 0

    def reading(name: str, count: int) -> None:
        nonlocal read, told
        read += count
        if not count or read - told >= total // _TOLD_PARTS:
            told = read
            progress(f"reading {name}", min(read, total), total)

    try:
        files = FolderFiles(Path(os.path.realpath(folder)), reading)
    except OSError as error:
        raise MachineError(f"{folder} cannot be read: {error.strerror}") from error
    total = sum(map(files.size, files.names))
    return VerifiedBag(folder, examine_bag(files, files.problems))
