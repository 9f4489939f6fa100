"""The private list of names is read as people write it, and never read as a part of a folder."""

import os
from pathlib import Path

import pytest

from casebook import limits
from casebook.errors import UsageError
from casebook.source.folder import DiskFolder, MemoryFolder
from casebook.source.private_names import (
    PRIVATE_NAMES_FILE,
    copies_of,
    is_private,
    private_list_in,
    read_private_list,
)


def listed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / PRIVATE_NAMES_FILE
    path.write_text(text, encoding="utf-8")
    return path


def test_one_name_a_line_with_comments_and_exceptions(tmp_path: Path) -> None:
    text = "# people\nJane Miller  # her\n\n  José\nexcept: rose hip\nJosé\nExcept:\n"
    private = read_private_list(listed(tmp_path, text))
    assert private.names == ("Jane Miller", "José")
    assert private.excepted == ("rose hip",)


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / PRIVATE_NAMES_FILE
    path.write_bytes(b"\xef\xbb\xbfJane\r\nRose\r\n")
    assert read_private_list(path).names == ("Jane", "Rose")


def test_another_encoding_and_too_many_names_are_refused(tmp_path: Path) -> None:
    path = tmp_path / PRIVATE_NAMES_FILE
    path.write_bytes("José".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        read_private_list(path)
    listed(tmp_path, "\n".join(f"Name{n}" for n in range(limits.PRIVATE_NAMES + 1)))
    with pytest.raises(UsageError, match="at most"):
        read_private_list(path)


def test_a_portfolio_may_have_none(tmp_path: Path) -> None:
    assert private_list_in(tmp_path) is None


@pytest.mark.parametrize(
    "name", ["private-names.txt", "a/Private-Names.TXT", "a\\private-names.txt"]
)
def test_it_is_known_by_its_name_in_any_folder(name: str) -> None:
    assert is_private(name)
    assert not is_private("private-names.txt.bak/form.pdf")


def test_a_folder_is_read_as_if_it_were_not_there(tmp_path: Path) -> None:
    listed(tmp_path, "Jane")
    (tmp_path / "a.txt").write_text("a")
    folder = DiskFolder(tmp_path)
    assert folder.names() == ("a.txt",)
    with pytest.raises(UsageError, match="private list"):
        folder.read(PRIVATE_NAMES_FILE, 100)
    memory = MemoryFolder("m", {PRIVATE_NAMES_FILE: b"Jane", "a.txt": b"a"})
    assert memory.names() == ("a.txt",)
    with pytest.raises(UsageError, match="private list"):
        memory.read(PRIVATE_NAMES_FILE, 100)


def test_a_link_to_it_is_refused_too(tmp_path: Path) -> None:
    listed(tmp_path, "Jane")
    (tmp_path / "form.txt").symlink_to(PRIVATE_NAMES_FILE)
    with pytest.raises(UsageError, match="private list"):
        DiskFolder(tmp_path).read("form.txt", 100)


def test_a_copy_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = listed(tmp_path, "Jane\n")
    os.link(path, tmp_path / "form.txt")
    contents = {"form.txt": (tmp_path / "form.txt").read_bytes(), "other.txt": b"Jane"}
    assert copies_of(read_private_list(path), contents) == ("form.txt",)
