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
    read = 0

    def reading(name: str) -> None:
        nonlocal read
        progress(f"reading {name}", read, len(files.names))
        read += 1

    try:
        files = FolderFiles(Path(os.path.realpath(folder)), reading)
    except OSError as error:
        raise MachineError(f"{folder} cannot be read: {error.strerror}") from error
    return VerifiedBag(folder, examine_bag(files, files.problems))
