"""Submissions are found by name and in folders, each once."""

from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.workflow.moderating.submissions import (
    is_folder_of_submissions,
    refuse_swapped,
    submissions_at,
)
from tests.portfolios.office import Office


def test_a_folder_gives_its_portfolios_zips_and_packets(tmp_path: Path) -> None:
    """Other files, hidden ones and plain folders are passed over; nothing comes twice."""
    office = Office(tmp_path)
    first = office.submission("s01")
    office.submission("s02")
    for name in ("s03.zip", "s04.PDF", "notes.txt", ".hidden.zip"):
        (office.submissions / name).write_bytes(b"")
    (office.submissions / "empty").mkdir()
    found = submissions_at([office.submissions, first, first / "portfolio.yaml"])
    assert [each.name for each in found] == ["s01", "s02", "s03.zip", "s04.PDF"]


def test_a_sealed_submission_is_among_them_unless_it_lies_there_unsealed(tmp_path: Path) -> None:
    """Whoever forgot to unseal one is to hear of it, and not to miss a candidate."""
    for name in ("a.zip.age", "b.zip", "b.zip.age", "key.age"):
        (tmp_path / name).write_bytes(b"")
    assert [each.name for each in submissions_at([tmp_path])] == ["a.zip.age", "b.zip"]


def test_a_portfolio_is_no_folder_of_submissions(tmp_path: Path) -> None:
    """Neither is a file."""
    office = Office(tmp_path)
    folder = office.submission()
    assert is_folder_of_submissions(office.submissions)
    assert not is_folder_of_submissions(folder)
    assert not is_folder_of_submissions(folder / "portfolio.yaml")


def test_marks_in_the_place_of_submissions_are_told(tmp_path: Path) -> None:
    """Files and folders alike, and though copies to read lie beside the marks."""
    office = Office(tmp_path)
    folder = office.submission("s01")
    sheet = office.mark(folder, "ana", (1, 2))
    (sheet.parent / "heel.pdf").write_bytes(b"")
    (tmp_path / "one.zip").write_bytes(b"")
    (tmp_path / "one.pdf").write_bytes(b"")
    for first in (sheet, sheet.parent):
        for second in (
            office.submissions, folder, folder / "portfolio.yaml", tmp_path / "one.zip",
            tmp_path / "one.pdf",
        ):  # fmt: skip
            with pytest.raises(UsageError, match="holds marks, and") as caught:
                refuse_swapped(first, [second])
            assert caught.value.hint is not None
            assert caught.value.hint.endswith(f"casebook moderate {second} {first}")
            refuse_swapped(second, [first])


def test_only_what_is_surely_swapped_is_refused(tmp_path: Path) -> None:
    """Everything else is looked at as it was named, and told by whoever reads it."""
    office = Office(tmp_path)
    folder = office.submission("s01")
    sheet = office.mark(folder, "ana", (1, 2))
    empty = tmp_path / "empty"
    empty.mkdir()
    for first, second in (
        (sheet, sheet), (folder, folder), (empty, folder), (sheet, empty),
        (tmp_path / "nothing.zip", sheet), (sheet, tmp_path / "nothing"),
    ):  # fmt: skip
        refuse_swapped(first, [second])
    refuse_swapped(sheet, [])


def test_a_folder_without_any_says_so(tmp_path: Path) -> None:
    """The user named the wrong one."""
    with pytest.raises(UsageError, match="holds no submission"):
        submissions_at([tmp_path])
