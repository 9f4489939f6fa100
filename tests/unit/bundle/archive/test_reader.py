import ast
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

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
