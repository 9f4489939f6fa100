"""Marks are found in files and folders, once each, and what cannot be used is named."""

import shutil
from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.workflow.moderating.handed_in import read_pile, stray_marks
from tests.portfolios.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def plain(office: Office) -> Path:
    """A sheet that is not sealed, beside the sealed marks of another grader."""
    folder = office.submission()
    office.mark(folder, "ana", (1, 2))
    path = office.marks / "s01" / "heel.bo.yaml"
    path.write_text(office.sheet(folder, "bo", (1, 3)).model_dump_json(exclude_none=True), "utf-8")
    return path


def test_a_folder_gives_its_sealed_marks_once(office: Office, plain: Path) -> None:
    """Sheets and other files are passed over; a file and its folder are one file."""
    (plain.parent / "notes.yaml").write_text("kind: graders\n", "utf-8")
    sealed = plain.parent / "heel.ana.sealed.json"
    pile = read_pile([office.marks, sealed, plain.parent])
    assert [each.sheet.grader.id for each in pile.marks] == ["ana"]
    assert not pile.unusable


def test_drafts_in_a_folder_are_known_and_not_heard(office: Office, plain: Path) -> None:
    """Not those that lie beside their sealed marks, nor those that nobody can read."""
    shutil.copy(plain, plain.parent / "heel.ana.yaml")
    (plain.parent / "broken.yaml").write_bytes(b"\xff\xfe")
    (plain.parent / "gone.yaml").symlink_to(office.root / "nowhere.yaml")
    pile = read_pile([office.marks])
    assert [each.path for each in pile.drafts] == [str(plain)]
    assert [each.sheet.grader.id for each in pile.marks] == ["ana"]
    assert not read_pile([office.marks], unsealed=True).drafts


def test_a_copy_counts_once(office: Office, plain: Path) -> None:
    """The same chain under another name."""
    shutil.copy(plain.parent / "heel.ana.sealed.json", plain.parent / "copy.sealed.json")
    assert len(read_pile([office.marks]).marks) == 1


def test_unsealed_sheets_are_taken_when_wanted_and_not_beside_their_seal(
    office: Office, plain: Path
) -> None:
    """Of ana the sealed marks count, and not the sheet they were made of."""
    folder = office.submissions / "s01"
    text = office.sheet(folder, "ana", (0, 0)).model_dump_json(exclude_none=True)
    (plain.parent / "heel.ana.yaml").write_text(text, "utf-8")
    pile = read_pile([office.marks], unsealed=True)
    found = {each.sheet.grader.id: each.sealed is not None for each in pile.marks}
    assert found == {"ana": True, "bo": False}


def test_a_sheet_named_without_being_wanted_is_named_back(plain: Path) -> None:
    """With the command that seals it."""
    (lost,) = read_pile([plain]).unusable
    assert lost.says == f"{plain} is not sealed; `casebook mark seal {plain}` seals it"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"kind: sealed-marks\nformat: 1\n"])
def test_a_broken_file_hides_no_other(office: Office, plain: Path, content: bytes) -> None:
    """It is named, and the others are read."""
    (plain.parent / "broken.sealed.json").write_bytes(content)
    pile = read_pile([office.marks])
    assert len(pile.marks) == 1
    assert "cannot be read as it is written; `casebook check" in pile.unusable[0].says


def test_what_holds_no_marks_is_refused_by_name(office: Office, plain: Path) -> None:
    """A file that was named is meant; so is one that is missing."""
    with pytest.raises(UsageError, match="a case-study holds no marks"):
        read_pile([office.submissions / "s01" / "cases" / "heel.yaml"])
    with pytest.raises(UsageError, match="there is no file"):
        read_pile([office.root / "nowhere.sealed.json"])


def test_marks_about_other_submissions_are_strays(office: Office, plain: Path) -> None:
    """All of them are told, or only those that were named."""
    sealed = plain.parent / "heel.ana.sealed.json"
    known = str(read_pile([sealed]).marks[0].submission)
    pile = read_pile([office.marks])
    assert not list(stray_marks(pile, [known]))
    (told,) = stray_marks(pile, ["0" * 64])
    assert "is about another submission" in told
    assert not list(stray_marks(pile, ["0" * 64], named=True))
    assert list(stray_marks(read_pile([sealed]), ["0" * 64], named=True))


def test_a_file_that_tells_no_submission_is_told_wherever_it_is_used(
    office: Office, plain: Path
) -> None:
    """Nobody knows whose marks it holds."""
    text = plain.read_text("utf-8").replace('"submission"', '"rubric_digest"', 1)
    plain.write_text(text, "utf-8")
    pile = read_pile([plain], unsealed=True)
    assert not pile.marks
    assert list(stray_marks(pile, ["0" * 64], named=True)) == [pile.unusable[0].says]
