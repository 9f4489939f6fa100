"""Reading a file without trusting its size or its kind."""

import stat
from pathlib import Path

from casebook.errors import UsageError
from casebook.files.refusals import machine_error


def read_bytes(path: Path, limit_bytes: int) -> bytes:
    """The content of an ordinary file of at most ``limit_bytes``.

    Raises:
        UsageError: There is no such file, it is a folder, pipe or device, or it is too large.
        MachineError: The system refuses to read it.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{path} is a folder, not a file", hint="name a file inside it")
        if not stat.S_ISREG(mode):
            raise UsageError(f"{path} is not an ordinary file", hint="name a file on the disk")
        with path.open("rb") as opened:
            # Why: a file may grow after its size was asked for, and some report no size at all.
            content = opened.read(limit_bytes + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # the last: a NUL
        raise UsageError(
            f"there is no file {str(path)!r}", hint="check the spelling and the folder"
        ) from error
    except OSError as error:
        raise machine_error("read", path, error, "check who may read it and its disk") from error
    if len(content) > limit_bytes:
        raise UsageError(
            f"{path} is larger than {limit_bytes / 1_000_000:g} MB",
            hint="make it smaller, for instance by saving images at a lower resolution",
        )
    return content
