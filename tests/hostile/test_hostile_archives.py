"""Archives no honest program writes, each built byte by byte with exactly one thing wrong."""

import stat
import struct
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from casebook.bundle.archive import ArchiveRefused, Limits, parse_archive
from casebook.workflow.unpacking import unpack

LIMITS = Limits(
    archive_bytes=3_000_000,
    entries=20,
    total_bytes=8_000_000,
    file_bytes=5_000_000,
    name_bytes=100,
    ratio=100,
)


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@dataclass(frozen=True)
class Entry:
    """One entry; what is None is stated truly in both headers."""

    name: bytes = b"top/file.txt"
    content: bytes = b"hello"
    method: int = 0
    packed: bytes | None = None
    size: int | None = None
    packed_size: int | None = None
    checksum: int | None = None
    flags: int = 0x800
    mode: int = stat.S_IFREG | 0o644
    extra: bytes = b""
    comment: bytes = b""
    needs: int = 20
    local_name: bytes | None = None
    local_method: int | None = None
    local_flags: int | None = None
    local_size: int | None = None
    local_extra: bytes | None = None
    behind: bytes = b""
    offset: int | None = None

    def data(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflated(self.content) if self.method == 8 else self.content

    def figures(self) -> tuple[int, int, int]:
        return (
            zlib.crc32(self.content) if self.checksum is None else self.checksum,
            len(self.data()) if self.packed_size is None else self.packed_size,
            len(self.content) if self.size is None else self.size,
        )

    def local(self) -> bytes:
        checksum, packed, size = self.figures()
        name = self.name if self.local_name is None else self.local_name
        extra = self.extra if self.local_extra is None else self.local_extra
        head = struct.pack(
            "<4sHHHHHLLLHH",
            b"PK\x03\x04",
            self.needs,
            self.flags if self.local_flags is None else self.local_flags,
            self.method if self.local_method is None else self.local_method,
            0,
            0x21,
            checksum,
            packed,
            size if self.local_size is None else self.local_size,
            len(name),
            len(extra),
        )
        return head + name + extra + self.data() + self.behind

    def listed(self, at: int) -> bytes:
        head = struct.pack(
            "<4sHHHHHHLLLHHHHHLL",
            b"PK\x01\x02",
            0x0314,
            self.needs,
            self.flags,
            self.method,
            0,
            0x21,
            *self.figures(),
            len(self.name),
            len(self.extra),
            len(self.comment),
            0,
            0,
            self.mode << 16,
            at if self.offset is None else self.offset,
        )
        return head + self.name + self.extra + self.comment


@dataclass(frozen=True)
class Zip:
    entries: tuple[Entry, ...] = (Entry(),)
    before: bytes = b""
    between: bytes = b""
    after: bytes = b""
    comment: bytes = b""
    count: int | None = None
    disk: int = 0
    directory_size: int | None = None

    def build(self) -> bytes:
        content, directory = self.before, b""
        for entry in self.entries:
            directory += entry.listed(len(content))
            content += entry.local()
        content += self.between
        count = len(self.entries) if self.count is None else self.count
        size = len(directory) if self.directory_size is None else self.directory_size
        end = struct.pack(
            "<4sHHHHLLH",
            b"PK\x05\x06",
            self.disk,
            0,
            count,
            count,
            size,
            len(content),
            len(self.comment),
        )
        return content + directory + end + self.comment + self.after


def one(**changes: object) -> bytes:
    return Zip((replace(Entry(), **changes),)).build()  # type: ignore[arg-type]


def named(*names: str) -> bytes:
    return Zip(tuple(Entry(name=name.encode(), content=b"") for name in names)).build()


def refusal_of(content: bytes) -> ArchiveRefused:
    with pytest.raises(ArchiveRefused) as refusal:
        parse_archive(content, LIMITS)
    return refusal.value


BOMB = b"\0" * 4_000_000

HOSTILE: dict[str, tuple[bytes, str]] = {
    # The container.
    "an empty file": (b"", "not a zip"),
    "a text": (b"just a letter, " * 10, "not a zip"),
    "an empty zip": (Zip(()).build(), "not a zip"),
    "something before the first entry": (Zip(before=b"#!/bin/sh\n").build(), "not a zip"),
    "a program that begins like a zip": (Zip(before=b"PK\x03\x04" * 9).build(), "overlaps"),
    "something behind the end": (Zip(after=b"x").build(), "behind its end"),
    "a comment": (Zip(comment=b"x").build(), "behind its end"),
    "a comment that is an end": (Zip(comment=Zip().build()[-22:]).build(), "not where it says"),
    "one part of several": (Zip(disk=1).build(), "one part of several"),
    "more entries than allowed": (named(*(f"top/{n}" for n in range(21))), "more than 20"),
    "more entries than it counts": (
        Zip(tuple(Entry(name=b"top/%d" % n) for n in range(21)), count=1).build(),
        "more than 20",
    ),
    "a table of contents elsewhere": (Zip(directory_size=10).build(), "not where it says"),
    "a table of contents that is no table": (
        Zip().build().replace(b"PK\x01\x02", b"PK\x01\x03"),
        "is damaged",
    ),
    "a huge table of contents": (
        Zip(tuple(Entry(comment=b"x" * 60_000) for _ in range(2))).build(),
        "too large",
    ),
    "hints of the 64-bit format": (
        one(comment=b"PK\x06\x07" + bytes(16)),
        "not where it says",
    ),
    "bytes between the entries": (Zip((Entry(behind=b"hidden"),)).build(), "hides bytes"),
    "bytes before the table of contents": (Zip(between=b"hidden").build(), "hides bytes"),
    "a version of zip from the future": (one(needs=99), "is damaged"),
    # Sizes.
    "too large altogether": (b"PK" + bytes(3_000_000), "larger than 3000000 bytes"),
    "a bomb by its ratio": (one(content=BOMB, method=8), "more than 100 times"),
    "a bomb that lies about its size": (one(content=BOMB, method=8, size=5), "cut short, or more"),
    "one file too large": (one(size=5_000_001, method=8), "more than 5000000 bytes"),
    "too large together": (
        Zip(tuple(Entry(name=b"top/%d" % n, size=4_500_000) for n in range(2))).build(),
        "more than 8000000 bytes",
    ),
    "stored with two sizes": (one(size=6), "two sizes"),
    "less data than declared": (one(method=8, size=6), "not the one it declares"),
    "data that goes on": (one(method=8, packed=deflated(b"hello") + b"more"), "cut short, or more"),
    "data cut short": (one(method=8, packed=deflated(b"hello")[:-2]), "cut short, or more"),
    "data that is no deflate": (one(method=8, packed=b"\xff" * 9), "is damaged"),
    "another checksum": (one(checksum=1), "checksum"),
    "a folder with content": (one(name=b"top/folder/", mode=stat.S_IFDIR), "folder with content"),
    # Kinds.
    "encrypted": (one(flags=0x801), "encrypted"),
    "strongly encrypted": (one(flags=0x841), "encrypted"),
    "with a masked directory": (one(flags=0x2800), "encrypted"),
    "patched data": (one(flags=0x820), "a feature of zip"),
    "method bzip2": (one(method=12), "method 12"),
    "method lzma": (one(method=14), "method 14"),
    "method unknown": (one(method=99), "method 99"),
    "a symbolic link": (one(mode=stat.S_IFLNK | 0o777, content=b"/etc/passwd"), "a link"),
    "a device": (one(mode=stat.S_IFCHR | 0o666), "special file"),
    "a pipe": (one(mode=stat.S_IFIFO | 0o666), "special file"),
    "a folder without a slash": (one(mode=stat.S_IFDIR | 0o755), "is a folder"),
    "an entry's comment": (one(comment=b"x"), "has a comment"),
    "a second name": (one(extra=struct.pack("<HH", 0x7075, 3) + b"abc"), "extra fields"),
    "a second name in one header": (
        one(local_extra=struct.pack("<HH", 0x7075, 3) + b"abc"),
        "extra fields",
    ),
    "an extra field that ends too soon": (one(extra=struct.pack("<HH", 0x5455, 9)), "is damaged"),
    "an extra field that ends too soon in one header": (
        one(local_extra=struct.pack("<HH", 0x5455, 9)),
        "extra fields",
    ),
    # Two headers.
    "another name": (one(local_name=b"top/evil.txt"), "contradict"),
    "another method": (one(local_method=8), "contradict"),
    "another flag": (one(local_flags=0x801), "contradict"),
    "another size": (one(local_size=4), "hides bytes"),
    "two entries, one place": (
        Zip((Entry(name=b"top/a"), Entry(name=b"top/b", offset=0))).build(),
        "overlaps",
    ),
    "an entry inside another": (
        Zip(
            (
                Entry(name=b"top/a", content=Entry(name=b"top/b").local()),
                Entry(name=b"top/b", offset=35),
            )
        ).build(),
        "overlaps",
    ),
    "an entry beyond the end": (one(offset=10_000), "overlaps"),
    # Names.
    "no name": (one(name=b""), "is empty"),
    "an absolute path": (named("/etc/passwd"), "absolute"),
    "a drive": (named("C:/x"), "absolute"),
    "a backslash": (named("top\\x"), "backslash"),
    "climbing": (named("top/../../x"), "'..'"),
    "climbing at once": (named("../x"), "'..'"),
    "a part of nothing": (named("top//x"), "''"),
    "a part of one dot": (named("top/./x"), "'.'"),
    "a line end": (named("top/a\nb"), "control"),
    "a name that ends early": (named("top/a.pdf\0.exe"), "control"),
    "a terminal command": (named("top/\x1b[2J"), "control"),
    "reordered text": (named("top/fdp.\u202eexe"), "control"),
    "a dot at the end": (named("top/a."), "dot or a space"),
    "a space at the end of a folder": (named("top/a /b"), "dot or a space"),
    "a device's name": (named("top/con"), "device"),
    "a device's name with an ending": (named("top/COM1.txt"), "device"),
    "a stream of another file": (named("top/a:b"), "Windows"),
    "a long part": (named("top/" + "x" * 256), "255 bytes"),
    "a long name": (named("top/" + "/".join("x" * 60)), "100 bytes"),
    "not composed": (named("top/e\u0301"), "NFC"),
    "not UTF-8": (one(name=b"top/\xff"), "is damaged"),
    "not marked as UTF-8": (one(name="top/é".encode(), flags=0), "not marked as UTF-8"),
    # Names together.
    "twice": (named("top/a", "top/a"), "twice"),
    "twice but for capitals": (named("top/a", "top/A"), "capitals only"),
    "twice but for the sharp s": (named("top/straße", "top/strasse"), "capitals only"),
    "folders that differ in capitals": (named("top/Data/a", "top/data/b"), "capitals only"),
    "a file and a folder": (named("top/a", "top/a/b"), "both a file and a folder"),
    "a folder and a file": (named("top/a/b", "top/a"), "both a file and a folder"),
    "no top folder": (named("a"), "one top folder"),
    "two top folders": (named("top/a", "other/b"), "has 2"),
}


def test_the_archive_all_others_are_made_from_is_read() -> None:
    assert parse_archive(Zip().build(), LIMITS) == ("top", {"file.txt": b"hello"})
    assert parse_archive(one(method=8), LIMITS) == ("top", {"file.txt": b"hello"})


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_hostile_archive_is_refused_for_its_own_reason(fault: str) -> None:
    content, words = HOSTILE[fault]
    refusal = refusal_of(content)
    assert words in str(refusal)
    assert refusal.hint


def test_a_refusal_names_the_entry_without_steering_the_terminal() -> None:
    text = str(refusal_of(named("top/good", "top/\x1b[2J" + "x" * 5000)))
    assert "top/\\x1b[2J" in text
    assert text.isprintable()
    assert len(text) < 300


def test_a_hostile_file_on_the_disk_writes_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "s.zip").write_bytes(named("top/../../x"))
    _steps, sent = unpack(tmp_path / "inbox" / "s.zip", documents=False)
    assert sent is None
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["inbox", "s.zip"]
