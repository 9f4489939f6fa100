"""Folders appear with all their files or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from casebook.errors import CasebookError, MachineError, UsageError
from casebook.files import trees, write_tree
from casebook.files.disk import write_durably
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


@pytest.mark.parametrize("lent", [None, 0o755])
def test_a_private_folder_is_private_at_every_moment(
    lent: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its temporary too, whatever the folder had that stood there, and whatever the umask."""
    seen: list[int] = []

    def look(path: Path, data: bytes, *, private: bool) -> None:
        top = tmp_path / path.relative_to(tmp_path).parts[0]
        seen.append(stat.S_IMODE(top.stat().st_mode))
        write_durably(path, data, private=private)

    monkeypatch.setattr(trees, "write_durably", look)
    place = tmp_path / "p"
    if lent is not None:
        place.mkdir(mode=lent)
    before = os.umask(0)
    try:
        write_tree(place, TREE, private=True)
    finally:
        os.umask(before)
    assert seen == [0o700] * len(TREE)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (place, *place.rglob("*"))}
    assert len(modes) == 1 + 2 + len(TREE)
    assert modes == {path: 0o700 if path.is_dir() else 0o600 for path in modes}


@pytest.mark.parametrize("way", ["link", "link/inside", "ring"])
def test_a_link_that_leads_nowhere_is_refused(way: str, tmp_path: Path) -> None:
    """Hardly anybody knows where such a folder would come to."""
    (tmp_path / "link").symlink_to("elsewhere")
    (tmp_path / "ring").symlink_to("ring")
    with pytest.raises(UsageError, match=r"is a link to .*, which is not there"):
        write_tree(tmp_path / way, TREE)
    assert names(tmp_path) == ["link", "ring"]


def test_where_a_folder_stands_is_told(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert write_tree(tmp_path / "link", TREE) == tmp_path.resolve() / "real"
    assert write_tree(tmp_path / "link" / "inside", TREE) == tmp_path.resolve() / "real" / "inside"


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
