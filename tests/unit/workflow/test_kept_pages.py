"""Where finished pages of a portfolio are kept."""

from pathlib import Path

import pytest

from casebook.workflow.kept_pages import PAGES_FOLDER, kept_pages


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files of the user's own stand, on every system."""
    folder = tmp_path / "state"
    monkeypatch.setattr("casebook.workflow.kept_pages.user_state_path", lambda *_, **__: folder)
    return folder


@pytest.mark.parametrize("named", ["", "portfolio.yaml", "cases"])
def test_pages_are_kept_in_the_build_folder_whatever_of_the_portfolio_is_named(
    studio: Path, named: str
) -> None:
    path = next((studio / "cases").iterdir()) if named == "cases" else studio / named
    pages = kept_pages(path)
    assert pages is not None
    pages.put("key", b"content")
    assert len(list((studio / "build" / PAGES_FOLDER).iterdir())) == 1


def test_the_next_run_finds_what_this_one_kept(studio: Path) -> None:
    for found in (None, b"content"):
        pages = kept_pages(studio)
        assert pages is not None
        assert pages.get("key") == found
        pages.put("key", b"content")


def test_another_user_finds_nothing(
    studio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = kept_pages(studio)
    assert mine is not None
    mine.put("key", b"content")
    monkeypatch.setattr(
        "casebook.workflow.kept_pages.user_state_path", lambda *_, **__: tmp_path / "another"
    )
    theirs = kept_pages(studio)
    assert theirs is not None
    assert theirs.get("key") is None


def test_nothing_is_kept_outside_a_portfolio(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("format: 1", "utf-8")
    assert kept_pages(tmp_path / "case.yaml") is None


def test_nothing_is_kept_where_the_user_can_keep_no_secret(studio: Path, state: Path) -> None:
    state.write_text("no folder", "utf-8")
    assert kept_pages(studio) is None


def test_a_secret_that_was_cut_short_is_made_anew(studio: Path, state: Path) -> None:
    """With an empty one anybody could make a seal."""
    assert kept_pages(studio) is not None
    (path,) = state.iterdir()
    for spoilt in (b"", b"x" * 31, b"x" * 33):
        path.write_bytes(spoilt)
        assert kept_pages(studio) is not None
        assert len(path.read_bytes()) == 32
        assert path.read_bytes() != spoilt
