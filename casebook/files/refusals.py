"""What the system says when it refuses a file, in plain words."""

import errno
from pathlib import Path
from typing import Final

from casebook.errors import MachineError

REPEAT: Final = "put that right, then repeat the command; nothing was changed"
_PLAIN_WORDS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file is larger than this system allows",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "the system does not permit it",
    errno.EIO: "the disk reports a fault",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


def machine_error(action: str, path: Path, error: OSError, hint: str) -> MachineError:
    """An error of the system as a sentence: what could not be done, to what, and why."""
    words = _PLAIN_WORDS.get(error.errno or 0) or error.strerror or str(error)
    return MachineError(f"cannot {action} {path}: {words}", hint=hint)
