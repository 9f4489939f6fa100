"""What a result depends on, as a short text: the same stamp, and nothing need be done again."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from casebook import __version__
from casebook.source.folder import BUILD_FOLDER
from casebook.workflow.batching.jobs import Job

_LENGTH = 32


def stamp_of(job: Job, *marks: str | None) -> str:
    """The stamp of a job on an item.

    Args:
        job: With every option, and the files that these name.
        marks: What changes with the item, and with what is asked of it.
    """
    named = (mark for each in job.named_files for mark in marks_of(each))
    parts = [__version__, job.name, repr(job), *named, "", *(each or "" for each in marks)]
    written = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.sha256(written).hexdigest()[:_LENGTH]


def marks_of(path: Path) -> Iterable[str]:
    """What changes when a file changes, or any file of a folder: names, sizes and moments.

    What casebook made in a portfolio, and hidden files, do not count.

    Raises:
        OSError: The system refuses.
    """
    if not path.is_dir():
        yield _mark(path)
        return
    for folder, below, files in os.walk(path):
        below[:] = sorted(each for each in below if each != BUILD_FOLDER and each[0] != ".")
        for each in sorted(files):
            if each[0] != ".":
                yield f"{os.path.relpath(folder, path)}/{each} {_mark(Path(folder, each))}"


def _mark(path: Path) -> str:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return "none"
    return f"{found.st_size} {found.st_mtime_ns}"
