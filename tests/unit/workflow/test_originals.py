"""A portfolio's own files are never written over; what casebook made of it may be made anew."""

from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.workflow import originals
from casebook.workflow.originals import keep_originals

OURS = b'<!doctype html><html><head><meta name="generator" content="casebook 1"></head></html>'


@pytest.mark.parametrize("name", ["portfolio.yaml", "cases/heel.yaml", "attachments/foot.png"])
def test_every_file_of_the_portfolio_is_kept(studio: Path, name: str) -> None:
    with pytest.raises(UsageError, match="one of the portfolio's own files"):
        keep_originals([studio / "new.pdf", studio / name], studio)


def test_a_file_is_known_by_whatever_way_leads_to_it(studio: Path, tmp_path: Path) -> None:
    (tmp_path / "near.yaml").symlink_to(studio / "portfolio.yaml")
    for way in (tmp_path / "near.yaml", studio / "cases" / ".." / "portfolio.yaml"):
        with pytest.raises(UsageError):
            keep_originals([way], studio)


def test_the_files_of_another_portfolio_are_kept_too(studio: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "portfolio.yaml").touch()
    with pytest.raises(UsageError):
        keep_originals([tmp_path / "other" / "portfolio.yaml"], studio)


def test_what_casebook_made_may_be_made_anew_unless_the_work_names_it(studio: Path) -> None:
    made = studio / "page.html"
    made.write_bytes(OURS)
    keep_originals([made], studio)
    with pytest.raises(UsageError):
        keep_originals([made], studio, {"page.html"})


def test_the_build_folder_and_other_places_are_free(studio: Path, tmp_path: Path) -> None:
    """Whether the user's file there may go is for --force to say."""
    (studio / "build").mkdir()
    for place in (studio / "build" / "heel.pdf", tmp_path / "heel.pdf"):
        place.write_bytes(b"mine")
        keep_originals([place], studio)


def test_a_file_beside_no_portfolio_is_free(tmp_path: Path) -> None:
    (tmp_path / "heel.pdf").write_bytes(b"mine")
    keep_originals([tmp_path / "heel.pdf"], tmp_path)


def test_the_portfolios_around_all_targets_count(studio: Path, tmp_path: Path) -> None:
    """Also where two of them are one file on the disk."""
    (tmp_path / "out").mkdir()
    other = tmp_path / "out" / "heel.yaml"
    other.hardlink_to(studio / "cases" / "heel.yaml")
    with pytest.raises(UsageError):
        keep_originals([studio / "cases" / "heel.yaml", other], tmp_path / "out")


def test_where_nothing_stands_nothing_is_looked_at(
    studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "DiskFolder", None)
    keep_originals([studio / "new.pdf"], studio)
