"""What an archive may cost its reader, and how one is refused."""

from dataclasses import dataclass
from typing import Final, NoReturn

from casebook import limits
from casebook.errors import CasebookError

NAME_SHOWN: Final = 80

_AS_WRITTEN: Final = "ask the sender for the file exactly as casebook wrote it"


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may cost its reader.

    Attributes:
        archive_bytes: Size of the zip itself.
        entries: Files in it.
        total_bytes: All files unpacked.
        file_bytes: One file unpacked.
        name_bytes: One name, folders included.
        name_parts: Folders and file of one name.
        ratio: Unpacked to packed size of one file, once it unpacks to more than a megabyte.
    """

    archive_bytes: int = limits.ARCHIVE_BYTES
    entries: int = limits.ARCHIVE_ENTRIES
    total_bytes: int = limits.ARCHIVE_TOTAL_BYTES
    file_bytes: int = limits.ARCHIVE_FILE_BYTES
    name_bytes: int = limits.ARCHIVE_NAME_BYTES
    name_parts: int = limits.ARCHIVE_NAME_PARTS
    ratio: int = limits.ARCHIVE_RATIO


LIMITS: Final = Limits()


class ArchiveRefused(CasebookError):
    """The archive is damaged, dangerous, or not one casebook could have made; says what and why."""


def refuse(why: str, *, hint: str = _AS_WRITTEN) -> NoReturn:
    """Refuse an archive as a whole."""
    raise ArchiveRefused(f"the archive is refused: {why}", hint=hint)


def refuse_entry(name: str, why: str, *, hint: str = _AS_WRITTEN) -> NoReturn:
    """Refuse an archive for one of its entries."""
    # Why repr and a cut: a name from a stranger may be long, or steer the terminal.
    raise ArchiveRefused(f"the entry {name[:NAME_SHOWN]!r} is refused: {why}", hint=hint)
