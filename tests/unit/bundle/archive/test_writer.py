import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.archive import ArchiveRefused, Limits, parse_archive, write_archive
from casebook.bundle.bag import make_bag

DAY = date(2026, 3, 2)
TOP = "submission-ana"
BAG = make_bag(
    {"submission.json": b"{}", "documents/Übersicht.pdf": b"%PDF-1.7", "cases/a.yaml": b"a: 1\n"},
    {"Bagging-Date": "2026-03-02"},
)

part = st.text("abcXYZ019 -_é李", min_size=1, max_size=8).map(lambda text: f"n{text}n")
trees = st.dictionaries(
    st.lists(part, min_size=1, max_size=3).map("/".join),
    st.binary(max_size=60),
    min_size=1,
    max_size=6,
)


def test_an_archive_written_and_read_again_is_equal() -> None:
    assert parse_archive(write_archive(BAG, TOP, DAY)) == (TOP, BAG, DAY)


@given(trees, st.dates(date(1980, 1, 1), date(2107, 12, 31)))
def test_any_tree_is_read_as_written_or_refused_when_written(
    tree: dict[str, bytes], day: date
) -> None:
    try:
        content = write_archive(tree, TOP, day)
    except ArchiveRefused:
        return
    assert parse_archive(content) == (TOP, tree, day)


def test_the_order_of_the_input_does_not_change_a_byte() -> None:
    turned = dict(reversed(BAG.items()))
    assert write_archive(turned, TOP, DAY) == write_archive(BAG, TOP, DAY)


def test_the_bytes_are_those_that_another_program_writes_when_told_all_of_it() -> None:
    content = write_archive(BAG, TOP, DAY)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parse_archive(content).files.items():
            entry = zipfile.ZipInfo(f"{TOP}/{name}", (2026, 3, 2, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    assert content == packed.getvalue()


def test_the_beginning_tells_what_the_archive_is() -> None:
    with zipfile.ZipFile(io.BytesIO(write_archive(BAG, TOP, DAY))) as archive:
        assert archive.namelist() == [
            f"{TOP}/bagit.txt",
            f"{TOP}/bag-info.txt",
            f"{TOP}/data/cases/a.yaml",
            f"{TOP}/data/documents/Übersicht.pdf",
            f"{TOP}/data/submission.json",
            f"{TOP}/manifest-sha512.txt",
            f"{TOP}/tagmanifest-sha512.txt",
        ]
        assert archive.testzip() is None


@pytest.mark.parametrize(
    "files, top",
    [
        ({"a": b"", "A": b""}, TOP),
        ({"a": b"", "a/b": b""}, TOP),
        ({"../a": b""}, TOP),
        ({"nul": b""}, TOP),
        ({"e\u0301": b""}, TOP),
        ({"a\u200bb": b""}, TOP),
        ({"half \ud800 a character": b""}, TOP),
        ({"a/" * 15 + "b": b""}, TOP),
        ({"a": b""}, "two/folders"),
        ({"a": b""}, ".."),
        ({"a": b""}, ""),
    ],
)
def test_what_could_not_be_read_again_is_not_written(files: dict[str, bytes], top: str) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        write_archive(files, top, DAY)
    assert refusal.value.hint == "give the file another name"


def test_an_archive_of_nothing_is_not_written() -> None:
    with pytest.raises(ArchiveRefused, match="empty"):
        write_archive({}, TOP, DAY)


@pytest.mark.parametrize("day", [date(1980, 1, 1), date(2107, 12, 31)])
def test_the_first_and_the_last_day_of_the_format_are_written(day: date) -> None:
    assert parse_archive(write_archive(BAG, TOP, day)).moment == day


@pytest.mark.parametrize("year", [1979, 2108])
def test_a_year_outside_the_format_is_refused(year: int) -> None:
    with pytest.raises(ArchiveRefused, match=str(year)):
        write_archive(BAG, TOP, date(year, 1, 1))


def test_what_exceeds_a_limit_of_the_reader_is_not_written() -> None:
    files = {"a": b"x" * 30, "é": b"y" * 10}
    size = len(write_archive(files, "top", DAY))
    # 22 for the end; per entry 30 + 46 and twice "top/" and the name; 40 of content.
    assert size == 22 + (76 + 2 * 5) + (76 + 2 * 6) + 40
    exact = {"archive_bytes": size, "entries": 2, "file_bytes": 30, "name_bytes": 6}
    assert len(write_archive(files, "top", DAY, Limits(**exact))) == size
    for limit, value in exact.items():
        with pytest.raises(ArchiveRefused, match=str(value - 1)) as refusal:
            write_archive(files, "top", DAY, Limits(**{**exact, limit: value - 1}))
        assert "sender" not in (refusal.value.hint or "")
