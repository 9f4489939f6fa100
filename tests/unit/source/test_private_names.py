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
    lists_not_read,
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


@pytest.mark.parametrize(
    "written",
    [
        '"Elm Street 12"', "“Elm Street 12”", "„Elm Street 12“", "‟Elm Street 12”",
        "«Elm Street 12»", "« Elm Street 12 »", "»Elm Street 12«", "‘Elm Street 12’",
        "‚Elm Street 12‘", "'Elm Street 12'", '“Elm Street 12"', "‹Elm Street 12›  # home",
    ],
)  # fmt: skip
def test_quotes_of_any_kind_make_a_name_count_as_a_whole(tmp_path: Path, written: str) -> None:
    assert read_private_list(listed(tmp_path, written)).names == ('"Elm Street 12"',)


@pytest.mark.parametrize("written", ["Jane O’Neill", "Jane O'Neill", "’t Hooft", "Hans’"])
def test_an_apostrophe_is_no_quote(tmp_path: Path, written: str) -> None:
    assert read_private_list(listed(tmp_path, written)).names == (written,)


def test_quotes_within_a_name_are_no_part_of_it(tmp_path: Path) -> None:
    text = 'Robert “Bob” Miller\n“Elm Street\n""\nexcept: “rose hip”\n'
    private = read_private_list(listed(tmp_path, text))
    assert private.names == ("Robert Bob Miller", "Elm Street")
    assert private.excepted == ("rose hip",)


def test_a_portfolio_may_have_none(tmp_path: Path) -> None:
    assert private_list_in(tmp_path) is None


@pytest.mark.parametrize(
    "name",
    [
        "private-names.txt", "a/Private-Names.TXT", "a\\private-names.txt", "private-names.txt.txt",
        "private-names", "private_names.txt", "Private Names.docx", "private-names (1).txt",
        "private-names.txt~", "private-names.txt.bak", "private-name.txt",
        "Copy of private-names.txt",
    ],
)  # fmt: skip
def test_it_is_known_by_its_name_in_any_folder(name: str) -> None:
    assert is_private(name)


@pytest.mark.parametrize(
    "name",
    ["private-names.txt.bak/form.pdf", "cases/private-namesake.yaml", "names.txt", "private.txt",
     "attachments/no-private-names.pdf"],
)  # fmt: skip
def test_another_file_is_not_taken_for_it(name: str) -> None:
    assert not is_private(name)


def test_a_list_of_another_name_or_place_is_known_not_to_be_read(tmp_path: Path) -> None:
    """One beside a portfolio's own file is read, and so is one that is linked to."""
    folders = ("cases", "build", ".git", "other")
    lists = [f"{folder}/private-names.txt" for folder in folders]
    for name in (*lists, "other/main.yaml", "private-names.txt.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Jane")
    assert lists_not_read(tmp_path, "main.yaml", {"build"}) == (
        "cases/private-names.txt", "private-names.txt.txt",
    )  # fmt: skip
    (tmp_path / "private-names.txt").symlink_to("private-names.txt.txt")
    assert lists_not_read(tmp_path, "main.yaml", {"build"}) == ("cases/private-names.txt",)


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
