"""A folder on the disk and one in memory hold, list and read files alike."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from casebook.errors import CasebookError, MachineError, UsageError
from casebook.source.folder import DiskFolder, Folder, MemoryFolder, matching

Make: TypeAlias = Callable[[dict[str, bytes]], Folder]

FILES = {
    "portfolio.yaml": b"a",
    "cases/a.yaml": b"b",
    "cases/old/b.yaml": b"c",
    "attachments/form.pdf": b"d",
    "build": b"a file of that name is no folder of ours",
}
LEFT_OUT = {
    ".hidden.yaml": b"x",
    "cases/.a.yaml.swp": b"x",
    ".git/config": b"x",
    "cases/.cache/x.yaml": b"x",
}


@pytest.fixture(params=["disk", "memory"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes a folder of files, once on the disk and once in memory."""

    def on_disk(files: dict[str, bytes]) -> Folder:
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        return DiskFolder(tmp_path)

    def in_memory(files: dict[str, bytes]) -> Folder:
        return MemoryFolder(str(tmp_path), files)

    return on_disk if request.param == "disk" else in_memory


def test_files_are_listed_in_order_without_hidden_ones(make: Make) -> None:
    """Names go with forward slashes; what begins with a point is left out, folders too."""
    assert make(FILES | LEFT_OUT).names() == tuple(sorted(FILES))


def test_what_casebook_made_is_left_out(make: Make) -> None:
    """The folder ``build`` at the top is ours; one of that name further down is not."""
    files = {"build/packet.pdf": b"x", "build/a/b.html": b"x", "cases/build/a.yaml": b"x"}
    assert make(files).names() == ("cases/build/a.yaml",)


def test_a_folder_knows_and_reads_its_files(make: Make, tmp_path: Path) -> None:
    """What is there is held and read; what is not there is neither."""
    folder = make(FILES)
    assert folder.title == str(tmp_path)
    assert folder.holds("cases/a.yaml")
    assert folder.read("cases/a.yaml", 10) == b"b"
    assert not folder.holds("cases/b.yaml")
    with pytest.raises(UsageError, match="there is no file"):
        folder.read("cases/b.yaml", 10)


@pytest.mark.parametrize("name", ["../a.yaml", "/etc/passwd", "cases/../../a", "", "a\\b", "C:/a"])
def test_no_name_leads_out_of_a_folder(make: Make, name: str) -> None:
    """Neither to look nor to read."""
    folder = make(FILES)
    with pytest.raises(UsageError):
        folder.holds(name)
    with pytest.raises(UsageError):
        folder.read(name, 10)


def test_a_limit_is_kept(make: Make) -> None:
    """A file of as many bytes as allowed is read, one byte more is refused."""
    folder = make({"a": b"x" * 5})
    assert len(folder.read("a", 5)) == 5
    with pytest.raises(UsageError, match="larger than"):
        folder.read("a", 4)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """What lies elsewhere is not a part of the folder, whatever links to it."""
    (tmp_path / "secret").write_bytes(b"x")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "inside").symlink_to(root / "file")
    (root / "file").write_bytes(b"y")
    folder = DiskFolder(root)
    with pytest.raises(UsageError, match="out of the folder"):
        folder.holds("link")
    assert folder.read("inside", 10) == b"y"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other rights")
def test_a_folder_that_cannot_be_looked_into_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files would be missed without a word, so the machine is named as what refuses."""

    def refuse(top: object, onerror: Callable[[OSError], None]) -> list[object]:
        onerror(PermissionError(13, "Permission denied", "cases"))
        return []

    monkeypatch.setattr(os, "walk", refuse)
    with pytest.raises(MachineError, match="cannot look into cases: permission denied") as caught:
        DiskFolder(tmp_path).names()
    assert caught.value.hint


def test_a_file_behind_a_closed_door_is_no_missing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system will not say whether a file is there, that is what is said."""

    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied", "cases")

    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(CasebookError, match="cannot look into"):
        DiskFolder(tmp_path).holds("cases/a.yaml")


def test_patterns_do_not_reach_into_folders() -> None:
    """A star stands for a name at its own depth, and capital letters count."""
    names = ("a.yaml", "cases/b.yaml", "cases/old/c.yaml", "D.YAML")
    assert matching(names, ("*.yaml",)) == ["a.yaml"]
    assert matching(names, ("cases/*.yaml", "cases/*/*.yaml")) == [
        "cases/b.yaml", "cases/old/c.yaml",
    ]  # fmt: skip
