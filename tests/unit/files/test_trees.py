"""Folders appear with all their files or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from casebook.errors import CasebookError, MachineError, UsageError
from casebook.files import write_tree
from tests.unit.files.disks import failing, names, read_tree

TREE = {"portfolio.yaml": b"kind: portfolio\n", "cases/a.yaml": b"a", "cases/deep/b.yaml": b""}


def test_a_folder_appears_with_all_its_files(tmp_path: Path) -> None:
    write_tree(tmp_path / "new" / "portfolio", TREE)
    assert read_tree(tmp_path / "new" / "portfolio") == TREE
    assert names(tmp_path / "new") == ["portfolio"]


def test_an_empty_folder_may_stand_there_already(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "link").symlink_to("p")
    write_tree(tmp_path / "link", TREE)
    assert read_tree(tmp_path / "p") == TREE


@pytest.mark.parametrize("occupied", ["full", "file", "here"])
def test_an_occupied_place_is_refused_and_left_alone(
    occupied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_bytes(b"mine")
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(UsageError) as refusal:
        write_tree(tmp_path / occupied, TREE)
    assert refusal.value.hint
    assert read_tree(tmp_path) == {"full/mine": b"mine", "file": b"mine"}


@pytest.mark.parametrize("name", ["../out", "/abs", "a/../../out", "cases"])
def test_one_bad_name_means_no_folder_at_all(name: str, tmp_path: Path) -> None:
    with pytest.raises(CasebookError):
        write_tree(tmp_path / "p", {**TREE, name: b""})
    assert names(tmp_path) == []


def test_an_empty_folder_lends_its_permissions(tmp_path: Path) -> None:
    """Whoever made it for themselves alone means what comes into it too."""
    (tmp_path / "p").mkdir(mode=0o700)
    write_tree(tmp_path / "p", TREE)
    assert stat.S_IMODE((tmp_path / "p").stat().st_mode) == 0o700


def test_an_empty_folder_stays_when_its_place_cannot_be_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "p").mkdir()
    monkeypatch.setattr(os, "rename", failing(errno.EIO))
    with pytest.raises(MachineError, match="the disk reports a fault"):
        write_tree(tmp_path / "p", TREE)
    assert names(tmp_path) == ["p"]


def test_what_arrives_in_the_last_moment_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def arrive_first(temporary: Path, place: Path) -> None:
        place.mkdir()
        (place / "mine").write_bytes(b"mine")
        rename(temporary, place)

    monkeypatch.setattr(os, "rename", arrive_first)
    with pytest.raises(UsageError, match="is not empty"):
        write_tree(tmp_path / "p", TREE)
    assert read_tree(tmp_path) == {"p/mine": b"mine"}
