"""Files are found by their own names and in folders, each once."""

from pathlib import Path

from casebook.source.named_files import files_named, folders_near

SUFFIXES = (".yaml", ".sealed.json")


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", "utf-8")
    return path


def test_folders_are_searched_and_named_files_are_taken_whatever_they_are_called(
    tmp_path: Path,
) -> None:
    odd, below = put(tmp_path / "notes.txt"), put(tmp_path / "marks" / "below" / "b.sealed.json")
    inside = put(tmp_path / "marks" / "a.yaml")
    put(tmp_path / "marks" / "a.result.json")
    put(tmp_path / "marks" / ".hidden.yaml")
    found = files_named([odd, tmp_path / "marks"], SUFFIXES)
    assert [(each.path, each.itself) for each in found] == [
        (inside, False), (below, False), (odd, True),
    ]  # fmt: skip


def test_a_file_counts_once_and_as_named_itself_where_it_was(tmp_path: Path) -> None:
    sheet = put(tmp_path / "a.yaml")
    (tmp_path / "link.yaml").symlink_to(sheet)
    for paths in ([tmp_path, sheet], [sheet, tmp_path], [tmp_path / "." / "a.yaml", tmp_path]):
        (found,) = files_named(paths, SUFFIXES)
        assert (found.path.resolve(), found.itself) == (sheet, True)


def test_what_is_not_there_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    (found,) = files_named([tmp_path / "nowhere.yaml"], SUFFIXES)
    assert found.itself


def test_the_folder_of_a_file_and_the_two_around_it_are_near() -> None:
    assert folders_near(Path("/office/a/b/c/marks.yaml")) == (
        Path("/office/a/b/c"), Path("/office/a/b"), Path("/office/a"),
    )  # fmt: skip
