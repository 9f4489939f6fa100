"""An archive from a stranger is read when it has the one form, and refused when it has another."""

import ast
import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle import archive
from casebook.bundle.archive import ArchiveRefused, Limits, parse_archive, write_archive
from casebook.bundle.archive.profile import EXTERNAL, LISTED_BYTES, ListedHeader, day_of, dos_date

DAY = date(2026, 3, 2)
FILES = {"a.yaml": b"a: 1\n", "b/c.pdf": b"%PDF-1.7"}


def packed_by_zipfile(method: int, change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        for name, content in FILES.items():
            entry = zipfile.ZipInfo(f"t/{name}", (2026, 3, 2, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = EXTERNAL
            entry.compress_type = method
            change(entry)
            other.writestr(entry, content)
    return packed.getvalue()


def deflated(content: bytes) -> bytes:
    """An archive of one deflated file of a megabyte or more."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(content) + packer.flush()
    whole = bytearray(write_archive({"a": data}, "t", DAY))
    # Method and size unpacked stand at 8 and 22 of the local header (APPNOTE 4.3.7), and two bytes
    # later in the directory; the checksum at 14.
    for at in (0, len(whole) - 22 - len(b"t/a") - LISTED_BYTES + 2):
        whole[at + 8] = 8
        whole[at + 14 : at + 18] = zlib.crc32(content).to_bytes(4, "little")
        whole[at + 22 : at + 26] = len(content).to_bytes(4, "little")
    return bytes(whole)


def most_memory(content: bytes, limits: Limits) -> int:
    """The most bytes that reading takes besides the archive itself."""
    tracemalloc.start()
    try:
        parse_archive(content, limits)
    except ArchiveRefused:
        pass
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return most


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_is_read_whoever_wrote_it_if_it_has_the_one_form(method: int) -> None:
    content = packed_by_zipfile(method, lambda _: None)
    assert parse_archive(content) == ("t", FILES, DAY)


@pytest.mark.parametrize(
    "attribute, value",
    [
        ("create_system", 0),
        ("external_attr", 0o100600 << 16),
        ("internal_attr", 1),
        ("date_time", (2026, 3, 2, 10, 30, 0)),
        ("extra", b"UT\x05\x00\x01\x00\x00\x00\x00"),
        ("comment", b"made in a hurry"),
    ],
)
def test_an_archive_packed_again_in_another_form_is_refused(attribute: str, value: object) -> None:
    content = packed_by_zipfile(
        zipfile.ZIP_DEFLATED, lambda entry: setattr(entry, attribute, value)
    )
    with pytest.raises(ArchiveRefused, match=r"'t/a\.yaml'") as refusal:
        parse_archive(content)
    assert refusal.value.hint == "ask the sender for the file exactly as casebook wrote it"


def test_an_archive_of_exactly_each_limit_is_read_and_one_more_is_refused() -> None:
    # Two files of 30 and 10 bytes under "t", names of 3 bytes and 2 parts.
    content = write_archive({"a": b"x" * 30, "b": b"y" * 10}, "t", DAY)
    exact = {
        "archive_bytes": len(content),
        "entries": 2,
        "total_bytes": 40,
        "file_bytes": 30,
        "name_bytes": 3,
        "name_parts": 2,
    }
    assert parse_archive(content, Limits(**exact)).files["b"] == b"y" * 10
    for limit, value in exact.items():
        with pytest.raises(ArchiveRefused, match=str(value - 1)):
            parse_archive(content, Limits(**{**exact, limit: value - 1}))


def test_a_file_of_exactly_the_ratio_is_read_and_one_of_more_is_refused() -> None:
    content = deflated(bytes(2_000_000))
    packed = ListedHeader.at(content, len(content) - 22 - 3 - LISTED_BYTES).packed_bytes
    ratio = -(-2_000_000 // packed)
    assert len(parse_archive(content, Limits(ratio=ratio)).files["a"]) == 2_000_000
    with pytest.raises(ArchiveRefused, match=f"more than {ratio - 1} times"):
        parse_archive(content, Limits(ratio=ratio - 1))


def test_a_small_file_may_have_any_ratio() -> None:
    assert parse_archive(deflated(bytes(1_000_000)), Limits(ratio=1)).files["a"]


def test_reading_takes_no_more_memory_than_the_files_and_a_little() -> None:
    stored = write_archive({"a": bytes(3_000_000), "b": bytes(3_000_000)}, "t", DAY)
    assert 6_000_000 < most_memory(stored, Limits()) < 6_200_000
    # zlib hands out blocks that are joined at the end: for that moment twice the file.
    assert 4_000_000 < most_memory(deflated(bytes(4_000_000)), Limits(ratio=2000)) < 8_300_000


def test_a_bomb_takes_no_memory() -> None:
    content = deflated(bytes(4_000_000))
    assert most_memory(content, Limits()) < 100_000
    lie = (5).to_bytes(4, "little")
    lying = content.replace((4_000_000).to_bytes(4, "little"), lie)
    assert lying.count(lie) >= 2
    assert most_memory(lying, Limits()) < 100_000


def test_an_archive_cut_anywhere_is_refused() -> None:
    whole = write_archive({"a": b"abc"}, "t", DAY)
    for length in range(len(whole)):
        with pytest.raises(ArchiveRefused):
            parse_archive(whole[:length])


def test_every_day_a_zip_can_state_is_read_as_stated() -> None:
    days = [date(1980, 1, 1), date(2000, 2, 29), DAY, date(2107, 12, 31)]
    assert [day_of(dos_date(each)) for each in days] == days
    assert day_of(0) is None


def test_the_reader_leans_on_nothing_that_changes_with_python() -> None:
    """No module of Python's own that reads archives; what is left has been the same since 3.11."""
    folder = Path(archive.__file__).parent
    imported = {
        name.split(".", maxsplit=1)[0]
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported == {
        *("casebook", "collections", "dataclasses", "datetime", "stat", "struct", "typing"),
        *("unicodedata", "zlib"),
    }


def plain(*names: str) -> bytes:
    """An archive of files of three bytes: 30 + 3 + 3 before the next header, 46 + 3 in the list."""
    return write_archive(dict.fromkeys(names, b"abc"), "t", DAY)


def end(entries: int, size: int, place: int) -> bytes:
    """An end record by hand (APPNOTE 4.3.16)."""
    return struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, entries, entries, size, place, 0)


def changed(content: bytes, at: int, value: int, width: str) -> bytes:
    """The archive with another number at a place, counted from the end where it is negative."""
    whole = bytearray(content)
    struct.pack_into(f"<{width}", whole, at if at >= 0 else len(whole) + at, value)
    return bytes(whole)


# One file, so two headers of 36 and 49 bytes, and 22 of the end; two files, twice the first two.
ONE, TWO = plain("a"), plain("a", "b")
LISTED_AT = -22 - 49
SECOND_LISTED_AT = -22 - 49


BAG = write_archive({"bagit.txt": b"B", "data/a": b"0123456789", "data/é": b""}, "top", DAY)


def test_the_archives_all_others_are_made_from_are_sound() -> None:
    assert (len(ONE), len(TWO)) == (36 + 49 + 22, 2 * (36 + 49) + 22)
    assert parse_archive(ONE).files == {"a": b"abc"}
    assert parse_archive(TWO).files == {"a": b"abc", "b": b"abc"}
    assert ONE.endswith(end(1, 49, 36))
    assert TWO.endswith(end(2, 98, 72))


UNSOUND = {
    "nothing": (b"", "not a zip"),
    "an archive of nothing": (end(0, 0, 0), "it is empty"),
    "another file": (b"%PDF-1.7", "not a zip"),
    "something in front": (b"#!/bin/sh\n" + ONE, "stands before its first entry"),
    "a signature alone": (b"PK\x03\x04", "cut short"),
    "something behind": (ONE + b"\0", "behind its end"),
    "another archive behind": (ONE + ONE, "not where it says"),
    "a comment": (changed(ONE, -2, 1, "H"), "it has a comment"),
    "a second part": (changed(ONE, -18, 1, "H"), "one part of several"),
    "a directory in a second part": (changed(ONE, -16, 1, "H"), "one part of several"),
    "entries in another part": (changed(ONE, -14, 2, "H"), "one part of several"),
    "a directory further on": (changed(ONE, -6, 37, "L"), "not where it says"),
    "a directory of more": (changed(ONE, -10, 50, "L"), "not where it says"),
    "one entry more than there is": (ONE[:-22] + end(2, 49, 36), "ends before entry 2"),
    "one entry less than there is": (TWO[:-22] + end(1, 98, 72), "goes on behind the 1 entries"),
    "no entry": (ONE[:-22] + end(0, 49, 36), "goes on behind the 0 entries"),
    "no directory": (ONE[:36] + end(0, 0, 36), "between its last entry and its directory"),
    "half a header in the directory": (ONE[:-22][:60] + end(1, 24, 36), "ends before entry 1"),
    # The length of a name stands at 26 of the local header and 28 of the listed one.
    "an entry without a name": (
        changed(ONE[:30], 26, 0, "H") + b"abc" + changed(ONE[36:82], 28, 0, "H") + end(1, 46, 33),
        "'' is refused: its name is empty",
    ),
    "another signature in the directory": (
        changed(ONE, LISTED_AT, 0x04034B50, "L"), "directory is damaged at entry 1",
    ),
    "a name beyond the directory": (
        changed(ONE, LISTED_AT + 28, 4, "H"), "directory is damaged at entry 1",
    ),
    "a second name beyond the directory": (
        changed(TWO, SECOND_LISTED_AT + 28, 4, "H"), "directory is damaged at entry 2",
    ),
    "a name that is no text": (
        ONE.replace(b"t/a", b"t/\xff"), "the name of entry 1 is not UTF-8",
    ),
    "a folder": (ONE.replace(b"t/a", b"ta/"), "'ta/' is refused: it is a folder"),
    "no top folder": (ONE.replace(b"t/a", b"t-a"), "does not stand in the one top folder"),
    "two top folders": (TWO.replace(b"t/b", b"u/b"), "must have one top folder and has 2"),
    "one name twice": (TWO.replace(b"t/b", b"t/a"), "is there twice"),
    "an entry that stands elsewhere": (changed(ONE, -22 - 3 - 4, 1, "L"), "overlaps another"),
    "two entries with the same data": (changed(TWO, -22 - 3 - 4, 0, "L"), "overlaps another"),
    "entries in another order": (
        TWO[:72] + TWO[121:170] + TWO[72:121] + TWO[-22:], "overlaps another",
    ),
    "an entry that nothing lists": (
        TWO[:72] + TWO[72:121] + end(1, 49, 72), "between its last entry and its directory",
    ),
    "data that reaches into the directory": (
        changed(changed(ONE, LISTED_AT + 20, 4, "L"), LISTED_AT + 24, 4, "L"),
        "reaches into the directory",
    ),
    "a gap before the directory": (
        ONE[:36] + b"\0" + ONE[36:-22] + end(1, 49, 37), "between its last entry",
    ),
    # The date stands at 12 of the local header and 14 of the listed one.
    "a day that no month has": (
        changed(changed(ONE, 12, 0, "H"), LISTED_AT + 14, 0, "H"), "no day of any month",
    ),
    "two days": (
        changed(changed(TWO, 36 + 12, 33, "H"), SECOND_LISTED_AT + 14, 33, "H"),
        "'t/b' is refused: it is dated with another day",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", UNSOUND)
def test_what_is_not_of_the_one_form_is_refused_for_its_own_reason(fault: str) -> None:
    content, words = UNSOUND[fault]
    with pytest.raises(ArchiveRefused, match=words):
        parse_archive(content)


def test_every_flipped_bit_of_an_archive_is_found() -> None:
    for at in range(len(TWO)):
        for bit in range(8):
            other = TWO[:at] + bytes([TWO[at] ^ 1 << bit]) + TWO[at + 1 :]
            with pytest.raises(ArchiveRefused):
                parse_archive(other)


@given(st.data())
def test_every_other_byte_in_an_archive_is_found(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(BAG) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda each: each != BAG[at]))
    with pytest.raises(ArchiveRefused):
        parse_archive(BAG[:at] + bytes([value]) + BAG[at + 1 :])


def test_every_byte_put_in_or_taken_out_is_found() -> None:
    for at in range(len(TWO) + 1):
        for added in (b"\0", b"P", b"a"):
            with pytest.raises(ArchiveRefused):
                parse_archive(TWO[:at] + added + TWO[at:])
    for at in range(len(TWO)):
        with pytest.raises(ArchiveRefused):
            parse_archive(TWO[:at] + TWO[at + 1 :])


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_nothing_else(content: bytes) -> None:
    for each in (content, b"PK\x03\x04" + content, ONE[:-22] + content + ONE[-22:]):
        if each != ONE:
            with pytest.raises(ArchiveRefused):
                parse_archive(each)


@given(
    st.dictionaries(st.text("abcé", min_size=1, max_size=3), st.binary(max_size=30), min_size=1),
    st.sampled_from([0, 1, 6, 9]),
)
def test_another_writer_of_the_one_form_is_read(files: dict[str, bytes], level: int) -> None:
    """Packed or stored: what comes out is the same."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"t/{name}", (2026, 3, 2, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, EXTERNAL
            kind = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
            other.writestr(entry, content, kind, level or None)
    assert parse_archive(packed.getvalue()) == ("t", files, DAY)
