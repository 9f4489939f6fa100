"""Submissions are found by name and in folders, each once."""

from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.workflow.moderating.submissions import is_folder_of_submissions, submissions_at
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


def test_a_folder_without_any_says_so(tmp_path: Path) -> None:
    """The user named the wrong one."""
    with pytest.raises(UsageError, match="holds no submission"):
        submissions_at([tmp_path])
