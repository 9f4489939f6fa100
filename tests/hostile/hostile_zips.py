"""Zips that no honest program sends: each has one thing wrong, and is named by it.

What is expected of each are words of its refusal, so that none is refused for another's reason.
"""

import io
import stat
import struct
import zipfile
import zlib
from dataclasses import replace
from functools import cache
from typing import Final

from tests.hostile.hostile_fields import HOSTILE_FIELDS, Build, both, mode, names, one, whole
from tests.hostile.hostile_names import HOSTILE_NAMES
from tests.hostile.zips import (
    DAY,
    DEFLATE,
    Entry,
    Fields,
    Zip,
    deflated,
    extra,
    many,
    named,
    overlapping,
)


@cache
def zeros(megabytes: int) -> bytes:
    """Megabytes of zeros, deflated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    megabyte = bytes(1_000_000)
    return b"".join(packer.compress(megabyte) for _ in range(megabytes)) + packer.flush()


def bomb(megabytes: int, **fields: int) -> Build:
    """A zip of one entry of zeros, which states fields as given and else the truth."""
    stated: Fields = {"unpacked": megabytes * 1_000_000, **fields}
    return lambda: Zip(
        (Entry(method=DEFLATE, packed=zeros(megabytes), local=stated, listed=stated),)
    ).build()


def padded_bomb() -> bytes:
    """Many files that each keep to what one may be, and together unpack to more than is allowed."""
    stated = {"unpacked": 100_000_000}
    entries = tuple(
        Entry(b"top/%d" % number, b"", DEFLATE, bytes(600_000), local=stated, listed=stated)
        for number in range(6)
    )
    return Zip(entries).build()


def nested_in_gap() -> bytes:
    """A whole second zip between the first one's entries and its directory."""
    return Zip(between=named("top/evil.txt")).build()


def one_inside_another() -> bytes:
    """An entry whose data holds the header and data of the next, which is listed too."""
    inner = Entry(name=b"top/inner")
    outer = Entry(name=b"top/outer", content=inner.header() + inner.data())
    place = {"offset": len(outer.header())}
    rows = outer.row(0) + replace(inner, listed=place).row(0)
    body = outer.header() + outer.data()
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 2, 2, len(rows), len(body), 0)
    return body + rows + end


def in_64_bits() -> bytes:
    """The records of the 64-bit format, with the old end record pointing to them."""
    plain = Zip().build()
    body, end = plain[:-22], plain[-22:]
    *_, size, start, _ = struct.unpack("<4sHHHHLLH", end)
    record = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(body), 1)
    return body + record + locator + b"PK\x05\x06" + b"\0" * 4 + b"\xff" * 12 + b"\0\0"


def described(signature: bytes) -> bytes:
    """Sizes behind the data, as programs that stream write them."""
    true = struct.pack("<LLL", zlib.crc32(b"hello"), 5, 5)
    absent: Fields = {"flags": 8, "checksum": 0, "packed": 0, "unpacked": 0}
    entry = Entry(local=absent, listed={"flags": 8}, behind=signature + true)
    return Zip((entry,)).build()


def streamed() -> bytes:
    """A zip that another program wrote to a place it could not go back in."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.content = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.content += data
            return len(data)

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("top/file.txt", "hello")
    return bytes(stream.content)


def encrypted() -> bytes:
    """An entry as the oldest encryption of zip writes it: twelve bytes of salt before the data."""
    fields: Fields = {"flags": 1, "packed": 17}
    return Zip((Entry(packed=bytes(17), local=fields, listed=fields),)).build()


def two_directories() -> bytes:
    """A zip whose end is the end of another, which stands whole in front of it."""
    first, second = named("top/a"), named("top/b")
    return first + second


def two_ends() -> bytes:
    """A second end record behind the first."""
    plain = Zip().build()
    return plain + plain[-22:]


def no_local_header() -> bytes:
    """A directory that lists an entry which is nowhere."""
    row = Entry().row(0)
    return (
        b"PK\x03\x04" + row + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 1, 1, len(row), 4, 0)
    )


HOSTILE: Final[dict[str, tuple[Build, str]]] = {
    # The container.
    "an empty file": (lambda: b"", "not a zip"),
    "a text": (lambda: b"just a letter, " * 10, "not a zip"),
    "a tar": (lambda: b"top/file.txt".ljust(512, b"\0") + bytes(1024), "not a zip"),
    "a gzip": (lambda: b"\x1f\x8b\x08" + bytes(40), "not a zip"),
    "an empty zip": (whole(entries=()), "it is empty"),
    "the beginning of a zip alone": (lambda: b"PK\x03\x04", "cut short"),
    "a zip without its last byte": (lambda: Zip().build()[:-1], "cut short"),
    "a zip without its directory": (lambda: Entry().header() + b"hello", "cut short"),
    "a directory without an entry": (no_local_header, "reaches into the directory"),
    "a program in front": (whole(before=b"#!/bin/sh\nexit\n"), "before its first entry"),
    "a program in front that begins like a zip": (
        whole(before=b"PK\x03\x04" * 9, end={"start": 47 + 36}),
        "contradict",
    ),
    "one byte in front": (whole(before=b"\0"), "before its first entry"),
    "one byte behind": (whole(after=b"\0"), "behind its end"),
    "line ends behind": (whole(after=b"\r\n"), "behind its end"),
    "a comment": (whole(comment=b"hello"), "behind its end"),
    "a comment that is an end record": (whole(comment=Zip().build()[-22:]), "not where it says"),
    "two end records": (two_ends, "not where it says"),
    "two zips in one file": (two_directories, "not where it says"),
    "a zip in a gap": (nested_in_gap, "between its last entry and its directory"),
    "bytes between entries": (
        whole(entries=(Entry(b"top/a", behind=b"hidden"), Entry(b"top/b"))),
        "leaves a gap",
    ),
    "bytes behind the last entry": (
        whole(entries=(Entry(behind=b"hidden"),)),
        "between its last entry and its directory",
    ),
    "bytes behind the directory": (whole(ahead_of_end=b"hidden"), "not where it says"),
    "a digital signature of zip": (
        whole(ahead_of_end=b"PK\x05\x05\0\0", end={"size": 58 + 6}),
        "goes on behind the 1 entries",
    ),
    "an extra data record": (whole(between=b"PK\x06\x08\0\0\0\0"), "between its last entry"),
    "the 64-bit form": (in_64_bits, "65535 entries, more than 4000"),
    "the 64-bit form in an entry": (
        one(
            local={"packed": 0xFFFFFFFF, "unpacked": 0xFFFFFFFF},
            listed={"packed": 0xFFFFFFFF, "unpacked": 0xFFFFFFFF},
            extra=extra(1, struct.pack("<QQ", 5, 5)),
        ),
        "extra fields",
    ),
    "sizes of the 64-bit form": (
        both(packed=0xFFFFFFFF, unpacked=0xFFFFFFFF),
        "64-bit form",
    ),
    "an offset of the 64-bit form": (one(listed={"offset": 0xFFFFFFFF}), "64-bit form"),
    # How many.
    "more entries than allowed": (
        lambda: Zip(many(b"top/%d" % each for each in range(4_001))).build(),
        "counts 4001 entries",
    ),
    "65,535 entries": (
        lambda: Zip(many(b"top/%d" % each for each in range(65_535))).build(),
        "65535 entries, more than 4000",
    ),
    "65,537 entries, counted as one": (
        lambda: Zip(many(b"top/%d" % each for each in range(65_537))).build(),
        "goes on behind the 1 entries",
    ),
    "fewer entries than it counts": (
        whole(end={"here": 2, "count": 2}),
        "ends before entry 2",
    ),
    "no entry counted": (whole(end={"here": 0, "count": 0}), "goes on behind the 0 entries"),
    "an entry that is not listed": (
        whole(entries=(Entry(b"top/a"), Entry(b"top/b")), order=(0,)),
        "between its last entry and its directory",
    ),
    "a first entry that is not listed": (
        whole(entries=(Entry(b"top/a"), Entry(b"top/b")), order=(1,)),
        "leaves a gap",
    ),
    "an entry listed twice": (
        whole(entries=(Entry(b"top/a"), Entry(b"top/b")), order=(0, 1, 1)),
        "overlaps another",
    ),
    "a directory in another order": (
        whole(entries=(Entry(b"top/a"), Entry(b"top/b")), order=(1, 0)),
        "out of order",
    ),
    "two entries in one place": (
        whole(entries=(Entry(b"top/a"), Entry(b"top/b", listed={"offset": 0}))),
        "overlaps another",
    ),
    "an entry inside another": (one_inside_another, "overlaps another"),
    "an entry behind the end": (one(listed={"offset": 10_000}), "overlaps another"),
    "a bomb of overlapping entries": (
        lambda: overlapping(200, bytes(900_000)),
        "overlaps another",
    ),
    # Sizes.
    "a bomb by its ratio": (bomb(20), "more than 200 times"),
    "a bomb beyond one file": (bomb(129), "more than 128000000 bytes"),
    "a bomb that states five bytes": (bomb(20, unpacked=5), "unpacks to more than it declares"),
    "a bomb that states a byte too few": (
        one(method=DEFLATE, local={"unpacked": 4}, listed={"unpacked": 4}),
        "unpacks to more than it declares",
    ),
    "a bomb of many files": (padded_bomb, "unpacks to more than 512000000 bytes"),
    "less data than declared": (
        one(method=DEFLATE, local={"unpacked": 6}, listed={"unpacked": 6}),
        "not the one it declares",
    ),
    "much less data than declared": (
        bomb(1, unpacked=100_000_000, packed=600_000),
        "reaches into the directory",
    ),
    "stored, and states more": (both(unpacked=6), "two sizes"),
    "stored, and states less": (both(unpacked=4), "two sizes"),
    "data that goes on": (
        one(method=DEFLATE, packed=deflated(b"hello") + b"more"),
        "behind its data",
    ),
    "a second stream behind the first": (
        one(method=DEFLATE, packed=deflated(b"hello") * 2),
        "behind its data",
    ),
    "data cut short": (one(method=DEFLATE, packed=deflated(b"hello")[:-2]), "cut short"),
    "no data at all": (one(method=DEFLATE, packed=b""), "cut short"),
    "data with no end": (
        one(method=DEFLATE, packed=b"\x00\x05\x00\xfa\xffhello"),
        "cut short",
    ),
    "data that is no deflate": (one(method=DEFLATE, packed=b"\xff" * 9), "is damaged"),
    "data with zlib's header": (one(method=DEFLATE, packed=zlib.compress(b"hello")), "is damaged"),
    "data that looks back before its start": (
        one(method=DEFLATE, packed=b"\x03\x02\x00"),
        "is damaged",
    ),
    "another checksum": (both(checksum=1), "checksum does not match"),
    "no checksum": (both(checksum=0), "checksum does not match"),
    # Kinds.
    "encrypted": (encrypted, "is encrypted"),
    "strongly encrypted": (both(flags=0x41), "is encrypted"),
    "with a masked directory": (both(flags=0x2000), "is encrypted"),
    "sizes behind the data": (lambda: described(b""), "data descriptor"),
    "sizes behind the data, marked": (lambda: described(b"PK\x07\x08"), "data descriptor"),
    "streamed by another program": (streamed, "data descriptor"),
    "patched data": (both(flags=0x20), "a feature of zip"),
    "flags of deflate": (both(flags=0x06), "a feature of zip"),
    "flags nobody uses": (both(flags=0x8000), "a feature of zip"),
    "method shrink": (both(method=1), "method 1,"),
    "method deflate64": (both(method=9), "method 9,"),
    "method bzip2": (both(method=12), "method 12,"),
    "method lzma": (both(method=14), "method 14,"),
    "method zstd": (both(method=93), "method 93,"),
    "method of AES": (both(method=99), "method 99,"),
    "a folder": (one(name=b"top/", content=b""), "it is a folder"),
    "a folder inside": (names("top/a", "top/b/"), "it is a folder"),
    "a folder with content": (one(name=b"top/a/"), "it is a folder"),
    "a symbolic link": (mode(stat.S_IFLNK | 0o777), "a link"),
    "a folder by its mode": (mode(stat.S_IFDIR | 0o755), "a link, a folder"),
    "a character device": (mode(stat.S_IFCHR | 0o666), "special file"),
    "a block device": (mode(stat.S_IFBLK | 0o666), "special file"),
    "a pipe": (mode(stat.S_IFIFO | 0o666), "special file"),
    "a socket": (mode(stat.S_IFSOCK | 0o666), "special file"),
    "an entry's comment": (one(comment=b"x"), "has a comment"),
    "a long comment of an entry": (one(comment=b"x" * 60_000), "has a comment"),
    # Extra fields.
    "a second name": (
        one(extra=extra(0x7075, b"\1" + struct.pack("<L", zlib.crc32(b"top/file.txt")) + b"evil")),
        "extra fields",
    ),
    "a second name before the data alone": (
        one(local_extra=extra(0x7075, b"\1\0\0\0\0evil")),
        "contradict each other (extra bytes)",
    ),
    "a time, as Info-ZIP writes it": (one(extra=extra(0x5455, b"\1\0\0\0\0")), "extra fields"),
    "an owner": (one(extra=extra(0x7875, b"\1\4\0\0\0\0\4\0\0\0\0")), "extra fields"),
    "a mark of AES": (one(extra=extra(0x9901, b"\2\0AE\3\0\0")), "extra fields"),
    "an extra field that ends too soon": (
        one(extra=struct.pack("<HH", 0x5455, 9)),
        "extra fields",
    ),
    # Days.
    "no day": (both(date=0), "no day of any month"),
    "the thirtieth of February": (both(date=46 << 9 | 2 << 5 | 30), "no day of any month"),
    "a month of fifteen": (both(date=46 << 9 | 15 << 5 | 1), "no day of any month"),
    "two days": (
        whole(
            entries=(
                Entry(b"top/a"),
                Entry(b"top/b", local={"date": DAY + 1}, listed={"date": DAY + 1}),
            )
        ),
        "another day",
    ),
    **HOSTILE_FIELDS,
    **HOSTILE_NAMES,
}
"""Name -> how to build it, and words of its refusal."""
