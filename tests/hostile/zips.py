"""Builds zips field by field, right or wrong; knows nothing of how casebook reads or writes them.

A plain ``Zip`` of plain ``Entry``s is one that casebook reads. Every field of every header can be
given another value, in one of its places or in both, and bytes can stand where none should be.
"""

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
LOCAL_FIELDS = (
    *("signature", "needed", "flags", "method", "time", "date", "checksum", "packed", "unpacked"),
    *("name_length", "extra_length"),
)
LISTED_FIELDS = (
    *("signature", "made_by", *LOCAL_FIELDS[1:], "comment_length", "disk", "internal"),
    *("external", "offset"),
)
END_FIELDS = (
    *("signature", "disk", "directory_disk", "here", "count", "size", "start", "comment_length"),
)
LOCAL = struct.Struct("<4sHHHHHLLLHH")
LISTED = struct.Struct("<4sHHHHHHLLLHHHHHLL")
END = struct.Struct("<4sHHHHLLH")

DAY = 46 << 9 | 7 << 5 | 1  # 1 July 2026
DEFLATE = 8
UTF8 = 0x800
REGULAR = 0o100644 << 16

Fields = Mapping[str, int | bytes]


def deflated(content: bytes, level: int = 9) -> bytes:
    """Content as a raw deflate stream."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def inflated(packed: bytes) -> bytes:
    """What a raw deflate stream holds."""
    return zlib.decompress(packed, -zlib.MAX_WBITS)


@dataclass(frozen=True)
class Entry:
    """One file of a zip.

    Attributes:
        name: As bytes, so that it need not be a text.
        content: The file.
        method: How it is packed; 0 stored, 8 deflated.
        packed: The data as it stands in the zip, where it is not what content and method give.
        local: Fields that have another value in the header before the data.
        listed: Fields that have another value in the directory.
        local_name: The name before the data, where it is another.
        extra: The extra field in both places.
        local_extra: The one before the data, where it is another.
        comment: The entry's comment.
        behind: Bytes between its data and what follows.
    """

    name: bytes = b"top/file.txt"
    content: bytes = b"hello"
    method: int = 0
    packed: bytes | None = None
    local: Fields = field(default_factory=dict)
    listed: Fields = field(default_factory=dict)
    local_name: bytes | None = None
    extra: bytes = b""
    local_extra: bytes | None = None
    comment: bytes = b""
    behind: bytes = b""

    def data(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflated(self.content) if self.method == DEFLATE else self.content

    def header(self) -> bytes:
        """The local header with its name and extra field."""
        name = self.name if self.local_name is None else self.local_name
        extra = self.extra if self.local_extra is None else self.local_extra
        lengths = {"name_length": len(name), "extra_length": len(extra)}
        values = {**self._fields(), "signature": b"PK\x03\x04", **lengths, **self.local}
        return LOCAL.pack(*(values[each] for each in LOCAL_FIELDS)) + name + extra

    def row(self, offset: int) -> bytes:
        """The directory's header of an entry at an offset, with all that follows it."""
        values = {
            **self._fields(),
            "signature": b"PK\x01\x02",
            "made_by": 0x0314,
            "name_length": len(self.name),
            "extra_length": len(self.extra),
            "comment_length": len(self.comment),
            "disk": 0,
            "internal": 0,
            "external": REGULAR,
            "offset": offset,
            **self.listed,
        }
        head = LISTED.pack(*(values[each] for each in LISTED_FIELDS))
        return head + self.name + self.extra + self.comment

    def _fields(self) -> dict[str, int | bytes]:
        return {
            "needed": 20,
            "flags": 0 if self.name.isascii() else UTF8,
            "method": self.method,
            "time": 0,
            "date": DAY,
            "checksum": zlib.crc32(self.content),
            "packed": len(self.data()),
            "unpacked": len(self.content),
        }


@dataclass(frozen=True)
class Zip:
    """A zip of entries, and bytes beside them.

    Attributes:
        entries: In file order.
        order: Which of them the directory lists, in its order; each once when left out.
        before: Bytes in front, which offsets do not know of.
        between: Bytes between the last entry and the directory.
        ahead_of_end: Bytes between the directory and the end record.
        comment: The comment behind the end record.
        after: Bytes behind everything.
        end: Fields of the end record that have another value.
    """

    entries: tuple[Entry, ...] = (Entry(),)
    order: tuple[int, ...] | None = None
    before: bytes = b""
    between: bytes = b""
    ahead_of_end: bytes = b""
    comment: bytes = b""
    after: bytes = b""
    end: Fields = field(default_factory=dict)

    def build(self) -> bytes:
        parts, offsets, at = [self.before], [], 0
        for entry in self.entries:
            whole = entry.header() + entry.data() + entry.behind
            offsets.append(at)
            parts.append(whole)
            at += len(whole)
        order = range(len(self.entries)) if self.order is None else self.order
        directory = b"".join(self.entries[each].row(offsets[each]) for each in order)
        values = {
            "signature": b"PK\x05\x06",
            "disk": 0,
            "directory_disk": 0,
            "here": len(order) & 0xFFFF,
            "count": len(order) & 0xFFFF,
            "size": len(directory),
            "start": at + len(self.between),
            "comment_length": len(self.comment),
            **self.end,
        }
        end = END.pack(*(values[each] for each in END_FIELDS))
        tail = (self.between, directory, self.ahead_of_end, end, self.comment, self.after)
        return b"".join([*parts, *tail])


def named(*names: str | bytes) -> bytes:
    """A zip of files that are nothing but their names."""
    raw = [each if isinstance(each, bytes) else each.encode() for each in names]
    return Zip(tuple(Entry(name=each, content=b"") for each in raw)).build()


def read_entries(content: bytes) -> tuple[Entry, ...]:
    """The entries of a sound zip of this form, as far as they can be said by an ``Entry``."""
    *_, count, _, start, _ = END.unpack(content[-END.size :])
    entries, at = [], start
    for _ in range(count):
        row = dict(zip(LISTED_FIELDS, LISTED.unpack_from(content, at), strict=True))
        name = content[at + LISTED.size : at + LISTED.size + row["name_length"]]
        at += LISTED.size + len(name)
        data_at = row["offset"] + LOCAL.size + len(name)
        data = content[data_at : data_at + row["packed"]]
        dated: Fields = {} if row["date"] == DAY else {"date": row["date"]}
        unpacked = inflated(data) if row["method"] == DEFLATE else data
        entries.append(Entry(name, unpacked, row["method"], data, local=dated, listed=dated))
    return tuple(entries)


def overlapping(count: int, kernel: bytes) -> bytes:
    """A bomb whose entries share one deflated kernel, each quoting the headers that follow it.

    Source:
        D. Fifield, A better zip bomb, USENIX WOOT 2019, section 3 (quoted overlap).
    """
    packed, unpacked, checksum = deflated(kernel), len(kernel), zlib.crc32(kernel)
    content = kernel
    tail = b""
    entries: list[tuple[Entry, int]] = []
    for number in reversed(range(count)):
        if tail:
            # A stored block of deflate (RFC 1951, 3.2.4): not the last, its length, and that
            # inverted.
            quote = b"\0" + struct.pack("<HH", len(tail), len(tail) ^ 0xFFFF) + tail
            packed, content = quote + packed, tail + content
            unpacked, checksum = len(content), zlib.crc32(content)
        fields = {"packed": len(packed), "unpacked": unpacked, "checksum": checksum}
        entry = Entry(b"top/%d" % number, b"", DEFLATE, packed=b"", local=fields, listed=fields)
        tail = entry.header()
        entries.append((entry, len(tail) + len(packed)))
    body = tail + packed
    rows = [entry.row(len(body) - behind) for entry, behind in reversed(entries)]
    directory = b"".join(rows)
    end = END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def extra(kind: int, content: bytes) -> bytes:
    """One extra field."""
    return struct.pack("<HH", kind, len(content)) + content


def many(names: Iterable[bytes]) -> tuple[Entry, ...]:
    """An empty file of each name."""
    return tuple(Entry(name=name, content=b"") for name in names)
