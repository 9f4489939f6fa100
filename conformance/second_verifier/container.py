"""The container of section 2: the one form of zip that there is."""

import struct
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from conformance.second_verifier.names import check_names_together, checked_name
from conformance.second_verifier.refusal import need, refuse

ARCHIVE_BYTES: Final = 256_000_000
ENTRIES: Final = 4_000
TOTAL_BYTES: Final = 512_000_000
FILE_BYTES: Final = 128_000_000
RATIO: Final = 200
RATIO_FROM_BYTES: Final = 1_000_000

LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
CENTRAL: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
END: Final = struct.Struct("<4sHHHHLLH")


@dataclass(frozen=True)
class Container:
    """What a zip holds: its top folder, its files without it, and its day."""

    top: str
    files: dict[str, bytes]
    day: date


def read_container(content: bytes) -> Container:
    """Read the one form of zip that there is."""
    need(len(content) <= ARCHIVE_BYTES, "too large")
    end_at = len(content) - END.size
    need(end_at >= 0, "cut short")
    end = END.unpack_from(content, end_at)
    signature, disk, directory_disk, here, count, size, at, comment = end
    fixed = (signature, disk, directory_disk, here, at + size, comment)
    need(fixed == (b"PK\5\6", 0, 0, count, end_at, 0), "its end record")
    need(1 <= count <= ENTRIES, "the number of its files")
    files: dict[str, bytes] = {}
    stands_at, total, days = 0, 0, set()
    directory_at = at
    for _ in range(count):
        need(at + CENTRAL.size <= end_at, "its directory ends early")
        header = CENTRAL.unpack_from(content, at)
        made_by, shared, pinned = header[1], header[2:12], header[12:17]
        needed, flags, method, time, day, crc, packed, unpacked, name_size, extra = shared
        raw = content[at + CENTRAL.size : at + CENTRAL.size + name_size]
        at += CENTRAL.size + name_size
        name = checked_name(raw)
        wanted = (b"PK\1\2", 0x0314, 20, 0 if raw.isascii() else 0x0800, 0, 0)
        stated = (header[0], made_by, needed, flags, time, extra)
        need(stated == wanted and method in (0, 8), f"{name!r}: its header")
        need(pinned == (0, 0, 0, 0x81A40000, stands_at), f"{name!r}: attributes or place")
        need(unpacked <= FILE_BYTES, f"{name!r}: too large")
        need(
            unpacked <= RATIO_FROM_BYTES or unpacked <= RATIO * packed,
            f"{name!r}: unpacks to too much",
        )
        local = LOCAL.pack(b"PK\3\4", *shared) + raw
        data_at = stands_at + len(local)
        stands_at = data_at + packed
        need(stands_at <= directory_at, f"{name!r}: reaches into the directory")
        need(content.startswith(local, data_at - len(local)), f"{name!r}: two headers")
        total += unpacked
        need(total <= TOTAL_BYTES, "it unpacks to too much")
        need(name not in files, f"{name!r} is there twice")
        files[name] = inflated(content[data_at:stands_at], method, unpacked, name)
        need(zlib.crc32(files[name]) == crc, f"{name!r}: its checksum")
        days.add(day)
    need((stands_at, at) == (directory_at, end_at), "bytes that belong to no file")
    need(len(days) == 1, "files of several days")
    check_names_together(list(files))
    top = next(iter(files)).partition("/")[0]
    inside = {name.partition("/")[2]: each for name, each in files.items()}
    return Container(top, inside, day_of(days.pop()))


def inflated(data: bytes, method: int, size: int, name: str) -> bytes:
    """A file's content, never more of it than it declares."""
    if method == 0:
        need(len(data) == size, f"{name!r}: stored, with two sizes")
        return data
    inflater = zlib.decompressobj(-15)
    try:
        content = inflater.decompress(data, size + 1)
    except zlib.error:
        refuse(f"{name!r}: damaged data")
    whole = inflater.eof and not inflater.unused_data and len(content) == size
    need(whole, f"{name!r}: not the size it declares")
    return content


def day_of(stated: int) -> date:
    """A date as zips state it."""
    try:
        return date(1980 + (stated >> 9), stated >> 5 & 15, stated & 31)
    except ValueError:
        refuse("no day of the calendar")
