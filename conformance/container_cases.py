"""Files that are no sound zip: each breaks one rule of the container's profile."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from conformance.case import Case
from conformance.submissions import Submission, vouched
from conformance.zips import DEFLATED, Entry, Fields, Zip, deflate

_ENTRY: Final = b"/data/portfolio/portfolio.yaml"
"""The file whose entry lies."""

_Lie = tuple[str, Fields, str]
"""A name, the fields that lie, and a sentence."""


def container_cases(sound: Submission) -> Iterator[Case]:
    """Every case whose container is refused, made of a submission in which all else holds."""
    whole = sound.zip_of(sound.bag())
    hostile = (
        *_around(whole), *_headers(whole), *_data(whole), *_bomb(sound), *_names(sound)
    )  # fmt: skip
    for name, content, why in hostile:
        yield Case(f"container-{name}.zip", content, why, "container")


def _around(whole: Zip) -> Iterator[tuple[str, bytes, str]]:
    plain = whole.build()
    yield "empty", b"", "A file without a byte."
    yield "no-zip", b"Dear office, here are my case studies.\n", "A text and no zip."
    yield "no-entries", replace(whole, entries=()).build(), "A zip without any file."
    yield "cut-short", plain[:-1], "The last byte is gone."
    yield "byte-behind", plain + b"\n", "A byte stands behind the end."
    yield (
        "bytes-before",
        replace(whole, before=b"#!/bin/sh\n").build(),
        "A program stands before the first file: readers that search for the end accept it.",
    )
    yield (
        "gap",
        replace(whole, between=b"hidden").build(),
        "Bytes that belong to no file stand before the table of contents.",
    )
    yield (
        "gap-behind-directory",
        replace(whole, after_directory=b"hidden").build(),
        "Bytes stand between the table of contents and the end record.",
    )
    yield "comment", replace(whole, comment=b"hello").build(), "The zip has a comment."
    yield (
        "two-ends",
        plain + replace(whole, entries=()).build()[-22:],
        "A second end record follows the first, and it says that there are no files.",
    )
    count = len(whole.entries)
    yield (
        "count-too-small",
        _ending(whole, here=count - 1, entries=count - 1),
        "The end record counts one file fewer than the table of contents holds.",
    )
    yield (
        "counts-differ",
        _ending(whole, here=count - 1),
        "The end record's two counts differ, as in one disk of several.",
    )
    yield "disk", _ending(whole, disk=1), "The end record says that it stands on a second disk."
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(plain), 1)
    yield (
        "zip64",
        replace(whole, after_directory=locator).build(),
        "It has the locator of a zip64 directory.",
    )


def _headers(whole: Zip) -> Iterator[tuple[str, bytes, str]]:
    date = 0x5CE2  # 2026-07-02
    in_both: Sequence[_Lie] = (
        ("needed", {"needed": 45}, "An entry needs a reader of zip64."),
        ("encrypted", {"flags": 0x0001}, "An entry says that it is encrypted."),
        ("flag-6", {"flags": 0x0040}, "An entry says that it is strongly encrypted."),
        ("method", {"method": 12}, "An entry is packed by bzip2."),
        ("time", {"time": 1}, "An entry is dated two seconds after midnight."),
        ("date", {"date": date}, "One entry is dated a day after all the others."),
        ("crc", {"crc": 0}, "An entry's checksum is wrong in both headers."),
    )
    in_local: Sequence[_Lie] = (
        ("local-name", {"name": b"x"}, "The two headers name an entry differently."),
        ("local-crc", {"crc": 0}, "The local header states another checksum."),
        ("local-size", {"size": 1}, "The local header states another size."),
        ("local-method", {"method": DEFLATED}, "The local header states another method."),
        ("local-flags", {"flags": 2}, "The local header states other flags."),
        ("local-date", {"date": date}, "The local header states another day."),
        ("local-signature", {"signature": b"PK\x03\x05"}, "A local header has no signature."),
    )
    in_central: Sequence[_Lie] = (
        ("made-by", {"made_by": 0x0014}, "An entry says that MS-DOS made it."),
        ("internal", {"internal": 1}, "An entry's internal attributes are not zero."),
        ("symbolic-link", {"external": 0o120777 << 16}, "An entry is a symbolic link."),
        ("executable", {"external": 0o100755 << 16}, "An entry is marked as a program."),
        ("entry-disk", {"disk": 1}, "An entry says that it begins on a second disk."),
        ("overlap", {"at": 0}, "Two entries begin at the same place."),
    )
    for name, fields, why in in_both:
        yield name, _lying(whole, local=fields, central=fields), why
    for name, fields, why in in_local:
        yield name, _lying(whole, local=fields), why
    for name, fields, why in in_central:
        yield name, _lying(whole, central=fields), why
    unicode_path = struct.pack("<HHBL", 0x7075, 5, 1, zlib.crc32(b""))
    yield (
        "extra-field",
        _replaced(whole, extra=unicode_path),
        "An extra field gives an entry a second name, which some readers obey.",
    )
    yield (
        "extra-time",
        _replaced(whole, extra=struct.pack("<HHBL", 0x5455, 5, 1, 0)),
        "An extra field gives an entry a second date.",
    )
    yield "entry-comment", _replaced(whole, comment=b"hello"), "An entry has a comment."
    entry = whole.entries[0]
    descriptor = struct.pack(
        "<4sLLL", b"PK\x07\x08", zlib.crc32(entry.content), len(entry.data), len(entry.content)
    )
    later = {"flags": 8, "crc": 0, "packed": 0, "size": 0}
    described = replace(entry, behind=descriptor, local=later, central={"flags": 8})
    yield (
        "data-descriptor",
        replace(whole, entries=[described, *whole.entries[1:]]).build(),
        "The sizes of an entry follow its data.",
    )
    hidden = replace(_entry(whole), hidden=True)
    yield (
        "unlisted-entry",
        replace(whole, entries=[*whole.entries, hidden]).build(),
        "A file stands in the zip that its table of contents leaves out.",
    )


def _data(whole: Zip) -> Iterator[tuple[str, bytes, str]]:
    entry = _entry(whole)
    packed = deflate(entry.content)
    yield (
        "deflate-cut",
        _replaced(whole, method=DEFLATED, packed=packed[:-4]),
        "Deflated data ends before its last block does.",
    )
    yield (
        "deflate-behind",
        _replaced(whole, method=DEFLATED, packed=packed + b"more"),
        "Bytes follow the last block of deflated data.",
    )
    yield (
        "deflate-damaged",
        _replaced(whole, method=DEFLATED, packed=b"\xff" * 40),
        "Deflated data holds a block of a type that there is not.",
    )
    size = len(entry.content)
    for name, stated, why in (
        ("size-too-large", size + 1, "An entry unpacks to one byte less than it declares."),
        ("size-too-small", size - 1, "An entry unpacks to one byte more than it declares."),
    ):
        lie: Fields = {"size": stated}
        yield name, _replaced(whole, method=DEFLATED, packed=packed, local=lie, central=lie), why


def _bomb(sound: Submission) -> Iterator[tuple[str, bytes, str]]:
    zeros = bytes(20_000_000)
    whole = sound.zip_of(vouched({**sound.bag(), "notes.txt": zeros}))
    entries = [
        replace(each, method=DEFLATED) if each.content is zeros else each for each in whole.entries
    ]
    yield (
        "bomb",
        replace(whole, entries=entries).build(),
        "An entry of 20 kilobytes unpacks to 20 megabytes: a thousand times its size.",
    )


def _names(sound: Submission) -> Iterator[tuple[str, bytes, str]]:
    """Names that are refused; as the bag's other tag files, so that only the names are at fault."""
    names: Sequence[tuple[str, bytes, str]] = (
        ("parent", b"../notes.txt", "A name leads out of the folder."),
        ("dot", b"./notes.txt", "A name has a dot as one of its parts."),
        ("empty-part", b"a//notes.txt", "A name has an empty part."),
        ("backslash", b"a\\notes.txt", "A name has a backslash, which separates on Windows."),
        ("colon", b"notes.txt:hidden", "A name has a colon: on Windows a second stream."),
        ("device", b"aux.txt", "A name is that of a device on Windows."),
        ("dot-at-end", b"notes.", "A name ends in a dot, which Windows drops."),
        ("space-at-end", b"notes ", "A name ends in a space, which Windows drops."),
        ("question", b"notes?.txt", "A name has a sign that Windows does not allow."),
        ("line-end", b"no\ntes.txt", "A name has a line end."),
        ("escape", b"\x1b[2Jnotes.txt", "A name would clear the reader's screen."),
        ("reordering", "notes-\u202etxt.exe".encode(), "A name is shown in another order."),
        ("unseen", "notes\u3164.txt".encode(), "A name holds a letter that is not seen."),
        ("tags", "notes\U000e0041.txt".encode(), "A name holds an invisible tag."),
        (
            "marks",
            ("a" + "\u0325" * 11 + ".txt").encode(),
            "Eleven marks are piled on a letter of a name.",
        ),
        ("selector", "notes\ufe0f.txt".encode(), "A name selects a form of a letter with none."),
        ("deep", b"a/" * 15 + b"notes.txt", "A name has 17 parts."),
        ("not-nfc", "a\u0308.txt".encode(), "A name is not in Unicode's composed form."),
        ("later", "notes-\U0001fae8.txt".encode(), "A name holds a character of Unicode 15.0."),
        ("not-utf-8", b"\xff.txt", "A name is no UTF-8."),
        ("too-long", b"a" * 256, "A part of a name is longer than 255 bytes."),
        ("trailing-slash", b"notes/", "An entry is a folder."),
    )
    for name, hostile, why in names:
        yield f"name-{name}", _named(sound, hostile), why
    for name, first, second, why in (
        ("capitals", b"notes.txt", b"Notes.txt", "Two names differ in capitals only."),
        ("twice", b"notes.txt", b"notes.txt", "Two entries have one name."),
        ("file-and-folder", b"notes", b"notes/a.txt", "A name is that of a file and a folder."),
    ):
        yield f"names-{name}", _named(sound, first, second), why
    whole = sound.zip_of(sound.bag())
    absolute = Entry(b"/etc/notes.txt", b"")
    yield (
        "name-absolute",
        replace(whole, entries=[*whole.entries, absolute]).build(),
        "A name begins at the root of the disk.",
    )
    drive = Entry(b"C:/notes.txt", b"")
    yield (
        "name-drive",
        replace(whole, entries=[*whole.entries, drive]).build(),
        "A name begins with a drive.",
    )
    outside = Entry(b"other/notes.txt", b"")
    yield (
        "two-folders",
        replace(whole, entries=[*whole.entries, outside]).build(),
        "A file stands in a second top folder.",
    )
    beside = Entry(b"notes.txt", b"")
    yield (
        "no-folder",
        replace(whole, entries=[*whole.entries, beside]).build(),
        "A file stands beside the top folder.",
    )


def _named(sound: Submission, *names: bytes) -> bytes:
    """The submission with further tag files, which its tag manifest lists where it can."""
    tags = {text: b"" for name in names if (text := _text(name)) is not None}
    whole = sound.zip_of(vouched({**sound.bag(), **tags}))
    top = f"{sound.top}/".encode()
    hostile = [Entry(top + name, b"") for name in names]
    kept = [each for each in whole.entries if each.name not in {each.name for each in hostile}]
    return replace(whole, entries=[*kept, *hostile]).build()


def _text(name: bytes) -> str | None:
    """A name as a manifest could list it; none for a folder, or for bytes that are no text."""
    try:
        return None if name.endswith(b"/") else name.decode()
    except UnicodeDecodeError:
        return None


def _entry(whole: Zip) -> Entry:
    return next(each for each in whole.entries if each.name.endswith(_ENTRY))


def _replaced(whole: Zip, **changes: Any) -> bytes:  # noqa: ANN401 - attributes of an entry
    """The zip with one entry changed in some of its attributes."""
    chosen = _entry(whole)
    changed = replace(chosen, **changes)
    return replace(
        whole, entries=[changed if each is chosen else each for each in whole.entries]
    ).build()


def _lying(whole: Zip, **fields: Fields) -> bytes:
    """The zip with one entry's headers changed: fields of the ``local`` and the ``central`` one."""
    return _replaced(whole, **fields)


def _ending(whole: Zip, **fields: int) -> bytes:
    """The zip with fields of its end record changed."""
    return replace(whole, end=fields).build()
