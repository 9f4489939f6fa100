"""Zips written field by field, so that any of them can be made to lie.

Source:
    APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (central header), 4.3.16 (end record).
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

STORED: Final = 0
DEFLATED: Final = 8
UTF8: Final = 0x800
REGULAR_FILE: Final = 0o100644 << 16

_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")

Fields = Mapping[str, int | bytes]
"""Header fields by name, in place of the true ones."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a zip.

    Attributes:
        name: As it stands in the headers.
        content: Unpacked.
        method: Stored or deflated.
        packed: The bytes in the zip, where they are not those that the method gives.
        local: Fields of the local header that lie.
        central: Fields of the central header that lie.
        extra: The extra field of both headers.
        comment: The entry's comment.
        behind: Bytes that follow the data.
        hidden: Whether the table of contents leaves it out.
    """

    name: bytes
    content: bytes
    method: int = STORED
    packed: bytes | None = None
    local: Fields = field(default_factory=dict)
    central: Fields = field(default_factory=dict)
    extra: bytes = b""
    comment: bytes = b""
    behind: bytes = b""
    hidden: bool = False

    @property
    def data(self) -> bytes:
        """The bytes between the entry's local header and the next one."""
        if self.packed is not None:
            return self.packed
        return deflate(self.content) if self.method == DEFLATED else self.content


@dataclass(frozen=True, slots=True)
class Zip:
    """A whole zip; what is not said is true.

    Attributes:
        entries: In order.
        moment: The day of every entry.
        before: Bytes before the first entry.
        between: Bytes between the last entry and the table of contents.
        after_directory: Bytes between the table of contents and the end record.
        comment: The zip's own comment.
        after: Bytes behind the end.
        end: Fields of the end record that lie.
    """

    entries: Sequence[Entry]
    moment: date
    before: bytes = b""
    between: bytes = b""
    after_directory: bytes = b""
    comment: bytes = b""
    after: bytes = b""
    end: Fields = field(default_factory=dict)

    def build(self) -> bytes:
        """The zip's bytes."""
        content, directory, listed = bytearray(self.before), bytearray(), 0
        for entry in self.entries:
            if not entry.hidden:
                directory += _central_header(entry, self.moment, len(content))
                listed += 1
            content += _local_header(entry, self.moment) + entry.data + entry.behind
        content += self.between
        end: dict[str, int | bytes] = {
            "signature": b"PK\x05\x06",
            "disk": 0,
            "directory_disk": 0,
            "here": listed,
            "entries": listed,
            "directory_size": len(directory),
            "directory_at": len(content),
            "comment_length": len(self.comment),
            **self.end,
        }
        tail = _END.pack(*end.values()) + self.comment + self.after
        return bytes(content + directory + self.after_directory + tail)


def deflate(content: bytes) -> bytes:
    """Bytes in the raw deflate format, without a zlib header."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def dos_date(moment: date) -> int:
    """A day as zips write it: 7 bits of years since 1980, 4 of the month, 5 of the day."""
    return (moment.year - 1980) << 9 | moment.month << 5 | moment.day


def _shared(entry: Entry, moment: date) -> dict[str, int | bytes]:
    return {
        "needed": 20,
        "flags": 0 if entry.name.isascii() else UTF8,
        "method": entry.method,
        "time": 0,
        "date": dos_date(moment),
        "crc": zlib.crc32(entry.content),
        "packed": len(entry.data),
        "size": len(entry.content),
        "name_length": len(entry.name),
        "extra_length": len(entry.extra),
    }


def _local_header(entry: Entry, moment: date) -> bytes:
    fields = {"signature": b"PK\x03\x04", **_shared(entry, moment), "name": entry.name}
    fields |= entry.local
    name = fields.pop("name")
    if not isinstance(name, bytes):
        raise TypeError("a name is bytes")
    if name != entry.name:
        fields["name_length"] = len(name)
    return _LOCAL.pack(*fields.values()) + name + entry.extra


def _central_header(entry: Entry, moment: date, at: int) -> bytes:
    fields: dict[str, int | bytes] = {
        "signature": b"PK\x01\x02",
        "made_by": 0x0314,  # Unix, APPNOTE 2.0
        **_shared(entry, moment),
        "comment_length": len(entry.comment),
        "disk": 0,
        "internal": 0,
        "external": REGULAR_FILE,
        "at": at,
    }
    fields |= entry.central
    return _CENTRAL.pack(*fields.values()) + entry.name + entry.extra + entry.comment
