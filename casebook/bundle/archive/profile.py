"""The one form of zip that a submission has: its three records, and what stands in them.

A submission is its entries in file order, each a local header, the name and the data; then the
directory, which lists the entries in the same order; then the end record. Nothing stands before,
between or behind. What a header could say besides name, sizes, checksum, place and day is pinned
to one value, so that no byte can carry anything unnoticed.

Source:
    APPNOTE.TXT, the .ZIP File Format Specification, sections 4.3.7, 4.3.12, 4.3.16 and 4.4.
"""

import stat
import struct
from datetime import date
from typing import Final, NamedTuple, Self

STORED: Final = 0
DEFLATED: Final = 8

LOCAL_SIGNATURE: Final = b"PK\x03\x04"
LISTED_SIGNATURE: Final = b"PK\x01\x02"
END_SIGNATURE: Final = b"PK\x05\x06"

MADE_BY: Final = 0x0314
"""By Unix, version 2.0 of the format: what says that the attributes are a Unix mode."""
NEEDED: Final = 20
"""Version 2.0: the first with deflate."""
UTF8: Final = 0x800
"""The one flag there may be: the name is UTF-8. It stands where the name is not ASCII."""
EXTERNAL: Final = (stat.S_IFREG | 0o644) << 16
"""A regular file that its owner may write and all may read."""

FIRST_YEAR: Final = 1980
LAST_YEAR: Final = 2107

_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_LISTED: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")

LOCAL_BYTES: Final = _LOCAL.size
LISTED_BYTES: Final = _LISTED.size
END_BYTES: Final = _END.size


class LocalHeader(NamedTuple):
    """What stands before an entry's name and data (4.3.7), in the order of its fields."""

    signature: bytes
    version_needed: int
    flags: int
    method: int
    time: int
    date: int
    checksum: int
    packed_bytes: int
    unpacked_bytes: int
    name_bytes: int
    extra_bytes: int

    @classmethod
    def at(cls, content: bytes, place: int) -> Self:
        """The header that begins at a place with at least ``LOCAL_BYTES`` behind it."""
        return cls(*_LOCAL.unpack_from(content, place))

    def to_bytes(self) -> bytes:
        return _LOCAL.pack(*self)


class ListedHeader(NamedTuple):
    """What stands before an entry's name in the directory (4.3.12), in the order of its fields."""

    signature: bytes
    made_by: int
    version_needed: int
    flags: int
    method: int
    time: int
    date: int
    checksum: int
    packed_bytes: int
    unpacked_bytes: int
    name_bytes: int
    extra_bytes: int
    comment_bytes: int
    disk: int
    internal_attributes: int
    external_attributes: int
    place: int

    @classmethod
    def at(cls, content: bytes, place: int) -> Self:
        """The header that begins at a place with at least ``LISTED_BYTES`` behind it."""
        return cls(*_LISTED.unpack_from(content, place))

    @classmethod
    def of(cls, local: LocalHeader, place: int) -> Self:
        """The directory's header of an entry whose local header stands at a place."""
        return cls(LISTED_SIGNATURE, MADE_BY, *local[1:], 0, 0, 0, EXTERNAL, place)

    def local(self) -> LocalHeader:
        """The local header that agrees with this one in every field both have."""
        return LocalHeader(LOCAL_SIGNATURE, *self[2:12])

    def to_bytes(self) -> bytes:
        return _LISTED.pack(*self)


class EndRecord(NamedTuple):
    """What an archive ends with (4.3.16), in the order of its fields."""

    signature: bytes
    disk: int
    directory_disk: int
    entries_here: int
    entries: int
    directory_bytes: int
    directory_place: int
    comment_bytes: int

    @classmethod
    def at(cls, content: bytes, place: int) -> Self:
        """The record that begins at a place with at least ``END_BYTES`` behind it."""
        return cls(*_END.unpack_from(content, place))

    @classmethod
    def of(cls, entries: int, directory_bytes: int, directory_place: int) -> Self:
        """The end of an archive that is one file and has no comment."""
        return cls(END_SIGNATURE, 0, 0, entries, entries, directory_bytes, directory_place, 0)

    def to_bytes(self) -> bytes:
        return _END.pack(*self)


def flags_of(name: bytes) -> int:
    """The flags of an entry with this name."""
    return 0 if name.isascii() else UTF8


def dos_date(day: date) -> int:
    """A day of the years 1980 to 2107 as headers state it (4.4.6)."""
    return (day.year - FIRST_YEAR) << 9 | day.month << 5 | day.day


def day_of(dos: int) -> date | None:
    """The day that a header states, or None where it is no day of any month."""
    try:
        return date(FIRST_YEAR + (dos >> 9), dos >> 5 & 0xF, dos & 0x1F)
    except ValueError:
        return None
