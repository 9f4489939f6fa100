"""The history of sealed marks is told in full, verified, and opened only where that is fair."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.marking.check_sheets import SheetSources
from casebook.workflow.marking.history import History, Unreadable, histories, open_sealed
from casebook.workflow.marking.new_sheets import NewSheets
from casebook.workflow.marking.sealing import change_sealed, seal_sheets

New = Callable[..., NewSheets]
Fill = Callable[..., None]

FIRST, SECOND = "2026-07-02T10:00:00Z", "2026-07-03T10:00:00Z"


@pytest.fixture
def sealed(new: New, graders: Path, fill: Fill, sources: SheetSources) -> Path:
    """Marks of Ana's: clear 1, then 0."""
    (sheet,) = new().sheets
    fill(sheet, 1)
    (done,) = seal_sheets([sheet], sources, FIRST)
    assert done.sealed is not None
    fill(sheet, 0)
    change_sealed(done.sealed, sheet, "Misread.", sources, SECOND)
    return done.sealed


@pytest.fixture
def other(new: New, sealed: Path, graders: Path, fill: Fill, sources: SheetSources) -> Path:
    """Marks of Dee's on the same work."""
    graders.write_text(graders.read_text("utf-8") + "  - {id: dee, name: Dee Lo}\n", "utf-8")
    (sheet,) = new("dee").sheets
    fill(sheet, 1)
    (done,) = seal_sheets([sheet], sources, FIRST)
    assert done.sealed is not None
    return done.sealed


def only(path: Path, own: Path | None = None) -> History:
    (history,) = histories([path], own=own).files
    assert isinstance(history, History)
    return history


def test_each_entry_is_told_with_what_changed(sealed: Path) -> None:
    history = only(sealed)
    assert [(each.number, each.moment, each.reason) for each in history.entries] == [
        (1, FIRST, None), (2, SECOND, "Misread."),
    ]  # fmt: skip
    assert [(each.about, each.what) for each in history.entries[1].changes] == [("clear", "level")]
    assert history.holds
    assert not history.values


def test_values_are_told_to_whoever_sealed_their_own(sealed: Path, other: Path) -> None:
    for own in (sealed, other):
        history = only(sealed, own)
        assert history.values
        (change,) = history.entries[1].changes
        assert (change.before, change.after) == ("1", "0")


def test_marks_stay_closed_until_ones_own_are_sealed(sealed: Path, other: Path) -> None:
    with pytest.raises(UnacceptableWork, match="stays closed: nobody reads"):
        open_sealed(sealed, None)
    assert open_sealed(sealed, other)[1].marks[0].level == 0
    assert open_sealed(sealed, sealed)[1].grader.id == "ana"


def test_own_marks_on_another_work_open_nothing(
    new: New, sealed: Path, fill: Fill, sources: SheetSources
) -> None:
    (sheet,) = new("ana", works=("observed",)).sheets
    fill(sheet, 1)
    (done,) = seal_sheets([sheet], sources, FIRST)
    with pytest.raises(UnacceptableWork, match="about another submission, work or rubric"):
        open_sealed(sealed, done.sealed)
    with pytest.raises(UnacceptableWork, match="about another"):
        histories([sealed], own=done.sealed)


def test_own_marks_that_do_not_hold_open_nothing(sealed: Path, other: Path) -> None:
    other.write_text(other.read_text("utf-8").replace(FIRST, SECOND), "utf-8")
    with pytest.raises(UnacceptableWork, match="does not hold"):
        open_sealed(sealed, other)


def test_an_unsealed_sheet_opens_nothing(sealed: Path) -> None:
    with pytest.raises(UsageError, match="is a mark-sheet, not sealed marks"):
        open_sealed(sealed, sealed.parent / "heel.ana.yaml")


def test_a_digest_that_was_written_down_is_found_by_its_beginning(sealed: Path) -> None:
    digests = [each.digest for each in only(sealed).entries]
    assert histories([sealed], digests).holds
    assert histories([sealed], [digests[0][:12].upper()]).holds
    gone = histories([sealed], ["0" * 64])
    assert gone.unknown == ("0" * 64,)
    assert not gone.holds


def test_an_end_that_was_cut_off_is_found_by_whoever_knows_the_seal(sealed: Path) -> None:
    newest = only(sealed).entries[-1].digest
    values = json.loads(sealed.read_bytes())
    del values["entries"][1]
    sealed.write_text(json.dumps(values), "utf-8")
    assert histories([sealed]).holds
    assert histories([sealed], [newest]).unknown == (newest,)


@pytest.mark.parametrize("written", ["", "abc", "x" * 12, "0" * 65])
def test_what_is_no_digest_is_refused(sealed: Path, written: str) -> None:
    with pytest.raises(UsageError, match="is no digest"):
        histories([sealed], [written])


def test_entries_that_were_swapped_are_told(sealed: Path) -> None:
    values = json.loads(sealed.read_bytes())
    values["entries"].reverse()
    sealed.write_text(json.dumps(values), "utf-8")
    history = only(sealed)
    assert not history.holds
    assert any("missing or was moved" in fault for fault in history.faults)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b'{"kind": "sealed-marks", "format": 1}',
        b'{"kind": "sealed-marks", "format": 2}',
        b"\x00" * 5_000_000,
        b"{}" + b" " * 5_000_000,
    ],
    ids=["empty", "cut", "list", "bare", "newer", "zeroes", "spaces"],
)
def test_a_file_that_is_no_use_hides_no_other(sealed: Path, content: bytes) -> None:
    broken = sealed.with_name("broken.sealed.json")
    broken.write_bytes(content)
    found = histories([broken, sealed])
    first, second = found.files
    assert isinstance(first, Unreadable)
    assert first.why
    assert isinstance(second, History)
    assert not found.holds


@pytest.mark.parametrize("entry", [0, 1])
def test_an_envelope_that_holds_nothing_is_told_and_compared_with_nothing(
    sealed: Path, entry: int
) -> None:
    values = json.loads(sealed.read_bytes())
    values["entries"][entry]["closed"] = "e30="
    sealed.write_text(json.dumps(values), "utf-8")
    history = only(sealed)
    assert f"entry {entry + 1} holds no mark sheet" in history.faults
    assert [each.changes for each in history.entries] == [(), ()]


def test_a_key_that_was_slipped_in_is_told(sealed: Path) -> None:
    """Nobody else's words may stand in a file that counts as sealed."""
    values = json.loads(sealed.read_bytes())
    values["entries"][0]["comment"] = "Fine by me."
    sealed.write_text(json.dumps(values), "utf-8")
    assert not histories([sealed]).holds


def test_a_file_written_otherwise_says_the_same(sealed: Path, tmp_path: Path) -> None:
    """Spaces, the order of keys and the file's name mean nothing."""
    values = dict(reversed(json.loads(sealed.read_bytes()).items()))
    copy = tmp_path / "renamed.json"
    copy.write_text(json.dumps(values, indent=7), "utf-8")
    assert histories([copy]).holds


def test_what_is_no_file_is_refused(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        histories([tmp_path / "nothing.json"])
    with pytest.raises(UsageError, match="holds no sealed marks"):
        histories([sealed.parent / "program"])
    assert [each.path for each in histories([sealed.parent]).files] == [sealed]
    shutil.copy(sealed, tmp_path / "target.json")
    (tmp_path / "link.json").symlink_to(tmp_path / "target.json")
    assert histories([tmp_path / "link.json"]).holds
