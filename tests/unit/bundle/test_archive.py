import io
import random
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.archive import (
    ArchiveRefused,
    Limits,
    parse_archive,
    write_archive,
)
from casebook.bundle.bag import make_bag

DAY = date(2026, 3, 2)
TOP = "submission-ana"
BAG = make_bag(
    {"submission.json": b"{}", "documents/Übersicht.pdf": b"%PDF-1.7", "cases/a.yaml": b"a: 1\n"},
    {"Bagging-Date": "2026-03-02"},
)

part = st.text("abcXYZ019 -_é李", min_size=1, max_size=8).map(lambda text: f"n{text}n")
trees = st.dictionaries(
    st.lists(part, min_size=1, max_size=3).map("/".join), st.binary(max_size=60), max_size=6
)


def entries(content: bytes) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.infolist()


def test_an_archive_written_and_read_again_is_equal() -> None:
    assert parse_archive(write_archive(BAG, TOP, DAY)) == (TOP, BAG)


@given(trees)
def test_any_tree_is_read_as_written_or_refused_when_written(tree: dict[str, bytes]) -> None:
    try:
        content = write_archive(tree, TOP, DAY)
    except ArchiveRefused:
        return
    archive = parse_archive(content)
    assert archive.top == TOP
    assert archive.files == tree


def test_the_order_of_the_input_does_not_change_a_byte() -> None:
    turned = dict(reversed(BAG.items()))
    assert write_archive(turned, TOP, DAY) == write_archive(BAG, TOP, DAY)


def test_every_entry_is_stored_dated_and_permitted_alike() -> None:
    written = entries(write_archive(BAG, TOP, DAY))
    assert [entry.filename for entry in written] == [
        f"{TOP}/bagit.txt",
        f"{TOP}/bag-info.txt",
        f"{TOP}/data/cases/a.yaml",
        f"{TOP}/data/documents/Übersicht.pdf",
        f"{TOP}/data/submission.json",
        f"{TOP}/manifest-sha512.txt",
        f"{TOP}/tagmanifest-sha512.txt",
    ]
    for entry in written:
        assert entry.compress_type == zipfile.ZIP_STORED
        assert entry.date_time == (2026, 3, 2, 0, 0, 0)
        assert entry.external_attr == 0o100644 << 16
        assert entry.create_system == 3
        assert not entry.extra


@pytest.mark.parametrize(
    "files, top",
    [
        ({"a": b"", "A": b""}, TOP),
        ({"a": b"", "a/b": b""}, TOP),
        ({"../a": b""}, TOP),
        ({"nul": b""}, TOP),
        ({"e\u0301": b""}, TOP),
        ({"a": b""}, "two/folders"),
        ({"a": b""}, ".."),
        ({"a": b""}, ""),
    ],
)
def test_what_could_not_be_read_again_is_not_written(files: dict[str, bytes], top: str) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        write_archive(files, top, DAY)
    assert refusal.value.hint == "give the file another name"


@pytest.mark.parametrize("year", [1979, 2108])
def test_a_year_outside_the_format_is_refused(year: int) -> None:
    with pytest.raises(ArchiveRefused, match=str(year)):
        write_archive(BAG, TOP, date(year, 1, 1))


def test_an_archive_packed_again_by_another_program_is_read() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir(f"{TOP}/")
        for name, data in BAG.items():
            entry = zipfile.ZipInfo(f"{TOP}/{name}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.extra = b"UT\x05\x00\x01\x00\x00\x00\x00"  # a time, as Info-ZIP writes it
            archive.writestr(entry, data)
    assert parse_archive(content.getvalue()) == (TOP, BAG)


class Stream(io.RawIOBase):
    """Somewhere to write that cannot go back, so that sizes must follow the data."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.content += data
        return len(data)


def test_an_archive_that_was_streamed_is_read() -> None:
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in BAG.items():
            archive.writestr(f"{TOP}/{name}", data)
    assert all(entry.flag_bits & 0x08 for entry in entries(bytes(stream.content)))
    assert parse_archive(bytes(stream.content)) == (TOP, BAG)


def test_an_archive_of_exactly_each_limit_is_read_and_one_more_is_refused() -> None:
    # Two files of 30 and 10 bytes under "t", names of 3 bytes.
    content = write_archive({"a": b"x" * 30, "b": b"y" * 10}, "t", DAY)
    exact = {
        "archive_bytes": len(content),
        "entries": 2,
        "total_bytes": 40,
        "file_bytes": 30,
        "name_bytes": 3,
    }
    assert parse_archive(content, Limits(**exact)).files["b"] == b"y" * 10
    for limit, value in exact.items():
        with pytest.raises(ArchiveRefused, match=str(value - 1)):
            parse_archive(content, Limits(**{**exact, limit: value - 1}))


def test_what_exceeds_a_limit_of_the_reader_is_not_written() -> None:
    files = {"a": b"x" * 30, "é": b"y" * 10}
    size = len(write_archive(files, "t", DAY))
    # 22 for the end; per entry 30 + 46 and twice "t/" and the name; 40 of content.
    assert size == 22 + (76 + 2 * 3) + (76 + 2 * 4) + 40
    exact = {"archive_bytes": size, "entries": 2, "file_bytes": 30, "name_bytes": 4}
    assert len(write_archive(files, "t", DAY, Limits(**exact))) == size
    for limit, value in exact.items():
        with pytest.raises(ArchiveRefused, match=str(value - 1)) as refusal:
            write_archive(files, "t", DAY, Limits(**{**exact, limit: value - 1}))
        assert "sender" not in (refusal.value.hint or "")


def test_a_thousand_damaged_archives_are_refused_or_read_unchanged() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in BAG.items():
            archive.writestr(f"{TOP}/{name}", data)
    whole = content.getvalue()
    chance = random.Random(5)
    refused = 0
    for _ in range(1000):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            archive_read = parse_archive(bytes(damaged))
        except ArchiveRefused:
            refused += 1
        else:
            assert archive_read.files == BAG
    assert refused > 500


def test_an_archive_cut_anywhere_is_refused() -> None:
    whole = write_archive({"a": b"abc"}, "t", DAY)
    for length in range(len(whole)):
        with pytest.raises(ArchiveRefused):
            parse_archive(whole[:length])
