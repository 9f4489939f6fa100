"""What the system says when it refuses a file, in plain words."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from casebook.errors import Interrupted, MachineError, UsageError

REPEAT: Final = "put that right, then repeat the command; nothing was changed"
_NAMED_AT_MOST: Final = 6
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
    return MachineError(f"cannot {action} {path}: {plain_words(error)}", hint=hint)


def plain_words(error: OSError) -> str:
    """Why the system refuses."""
    return _PLAIN_WORDS.get(error.errno or 0) or error.strerror or str(error)


@contextmanager
def telling_what_stands(written: Sequence[Path]) -> Iterator[None]:
    """Where work on several files is stopped in its middle, say which of them stand.

    Args:
        written: The files that are whole and have their names; the caller adds to it.

    Raises:
        MachineError: The one that stopped it, with what stands.
        UsageError: Likewise.
        Interrupted: The user stopped it.
    """
    try:
        yield
    except (MachineError, UsageError) as error:
        if not written:
            raise
        advice = (error.hint or "").removesuffix(REPEAT)
        repeat = f"put that right, then repeat the command; {_standing(written)}"
        raise type(error)(str(error), hint=f"{advice}; {repeat}" if advice else repeat) from error
    except KeyboardInterrupt as error:
        if not written:
            raise
        raise Interrupted("stopped", hint=_standing(written)) from error


def _standing(written: Sequence[Path]) -> str:
    more = len(written) - _NAMED_AT_MOST
    names = ", ".join(str(path) for path in written[:_NAMED_AT_MOST])
    return f"written by then, each whole: {names}" + (f" and {more} more" if more > 0 else "")
