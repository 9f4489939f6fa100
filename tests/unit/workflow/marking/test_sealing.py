"""Finished sheets are sealed once; after that there are only dated changes."""

import json
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from casebook.domain.marking.sealed_marks import SealedMarks, chain_faults, seal
from casebook.errors import UnacceptableWork, UsageError
from casebook.limits import FILE_BYTES
from casebook.workflow.marking import sealing
from casebook.workflow.marking.check_sheets import SheetSources
from casebook.workflow.marking.new_sheets import NewSheets
from casebook.workflow.marking.sealed_file import SealedFile, read_sealed, sealed_bytes
from casebook.workflow.marking.sealing import Sealing, change_sealed, seal_sheets

New = Callable[..., NewSheets]
Fill = Callable[..., None]

FIRST, SECOND = "2026-07-02T10:00:00Z", "2026-07-03T10:00:00Z"


@pytest.fixture
def sheet(new: New, graders: Path, fill: Fill) -> Path:
    """A finished sheet."""
    (path,) = new().sheets
    fill(path)
    return path


@pytest.fixture
def sealed(sheet: Path, sources: SheetSources) -> Path:
    (done,) = seal_sheets([sheet], sources, FIRST)
    assert done.sealed is not None
    return done.sealed


def states(sealings: tuple[Sealing, ...]) -> list[str]:
    return [each.state for each in sealings]


def test_a_finished_sheet_is_sealed_beside_itself(sheet: Path, sources: SheetSources) -> None:
    (done,) = seal_sheets([sheet], sources, FIRST)
    assert (done.state, done.why) == ("sealed", None)
    assert done.sealed == sheet.parent / "heel.ana.sealed.json"
    record = read_sealed(done.sealed).record
    assert record.seal == done.seal
    assert record.entries[0].moment == FIRST
    assert (record.sheet().marks[0].level, record.grader) == (1, "ana")


def test_the_file_is_json_and_shows_no_mark(sealed: Path) -> None:
    values = json.loads(sealed.read_bytes())
    assert values["kind"] == "sealed-marks"
    assert "level" not in sealed.read_text("utf-8")


@pytest.mark.parametrize(
    "right, wrong, why",
    [
        ("    level: 1", "    level:", "1 criterion wants a mark"),
        ("conflict: none", "conflict:", "does not say what stands between"),
        ("conflict: none", "conflict: taught", "it is not right"),
        ("level: 1\n    place", "level: 9\n    place", "it is not right"),
        ("rubric_digest: ", "rubric_digest: 00000000", "it is not right"),
        ("  id: ana\n", "", "does not say the grader's id"),
    ],
)
def test_what_is_not_finished_or_not_right_is_refused(
    sheet: Path, sources: SheetSources, right: str, wrong: str, why: str
) -> None:
    text = sheet.read_text("utf-8")
    assert right in text
    sheet.write_text(text.replace(right, wrong), "utf-8")
    (done,) = seal_sheets([sheet], sources, FIRST)
    assert done.state == "refused"
    assert why in (done.why or "")
    assert list(sheet.parent.glob("*.json")) == []


def test_one_that_is_refused_stops_no_other(new: New, sheet: Path, sources: SheetSources) -> None:
    new("ana", works=("observed",))
    assert states(seal_sheets([sheet.parent], sources, FIRST)) == ["sealed", "refused"]


def test_sealing_again_is_refused_and_changes_nothing(
    sheet: Path, sealed: Path, sources: SheetSources, fill: Fill
) -> None:
    """A folder with sheets that were sealed before just as they are may be sealed again."""
    before = sealed.read_bytes()
    (again,) = seal_sheets([sheet], sources, SECOND)
    assert again.state == "refused"
    assert "casebook mark change" in (again.why or "")
    assert states(seal_sheets([sheet.parent], sources, SECOND)) == ["unchanged"]
    fill(sheet, 0)
    (changed,) = seal_sheets([sheet.parent], sources, SECOND)
    assert changed.state == "refused"
    assert f"mark change {sealed} {sheet} --reason" in (changed.why or "")
    assert sealed.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"notes of the user's own\n"])
def test_a_file_that_stands_in_the_way_is_left_alone(
    sheet: Path, sources: SheetSources, content: bytes
) -> None:
    target = sheet.parent / "heel.ana.sealed.json"
    target.write_bytes(content)
    assert states(seal_sheets([sheet.parent], sources, FIRST)) == ["refused"]
    assert target.read_bytes() == content


def test_a_link_that_leads_nowhere_is_not_written_through(
    sheet: Path, sources: SheetSources, tmp_path: Path
) -> None:
    (sheet.parent / "heel.ana.sealed.json").symlink_to(tmp_path / "elsewhere.json")
    assert states(seal_sheets([sheet], sources, FIRST)) == ["refused"]
    assert not (tmp_path / "elsewhere.json").exists()


def test_a_change_is_added_with_its_reason(
    sheet: Path, sealed: Path, sources: SheetSources, fill: Fill
) -> None:
    before = read_sealed(sealed).record
    fill(sheet, 0)
    after = change_sealed(sealed, sheet, "Misread.", sources, SECOND)
    assert read_sealed(sealed).record == after
    assert after.entries[0] == before.entries[0]
    assert (after.entries[1].reason, after.entries[1].moment) == ("Misread.", SECOND)
    assert after.sheet().marks[0].level == 0


def test_nothing_changed_is_no_change(sheet: Path, sealed: Path, sources: SheetSources) -> None:
    with pytest.raises(UnacceptableWork, match="nothing to change"):
        change_sealed(sealed, sheet, "Why not.", sources, SECOND)


@pytest.mark.parametrize(
    "level, reason, moment, error",
    [
        (0, " ", SECOND, "the reason is empty"),
        (0, "x" * 20_001, SECOND, "the reason has 20,001 characters"),
        (0, "Misread.", "2026-07-01T10:00:00Z", "lies before the newest entry"),
        (9, "Misread.", SECOND, "not finished, or not right"),
    ],
)
def test_a_change_that_is_refused_changes_nothing(
    sheet: Path, sealed: Path, sources: SheetSources, fill: Fill,
    *, level: int, reason: str, moment: str, error: str,
) -> None:  # fmt: skip
    before = sealed.read_bytes()
    fill(sheet, level)
    with pytest.raises((UsageError, UnacceptableWork), match=error):
        change_sealed(sealed, sheet, reason, sources, moment)
    assert sealed.read_bytes() == before


def test_anothers_sheet_cannot_be_added(
    new: New, sealed: Path, sources: SheetSources, fill: Fill
) -> None:
    graders = sealed.parent.parent / "graders.yaml"
    graders.write_text(graders.read_text("utf-8") + "  - {id: dee, name: Dee Lo}\n", "utf-8")
    (other,) = new("dee").sheets
    fill(other, 0)
    with pytest.raises(UnacceptableWork, match="about another work"):
        change_sealed(sealed, other, "Misread.", sources, SECOND)


def test_nothing_is_added_to_what_does_not_hold(
    sheet: Path, sealed: Path, sources: SheetSources, fill: Fill
) -> None:
    sealed.write_text(sealed.read_text("utf-8").replace(FIRST, SECOND), "utf-8")
    fill(sheet, 0)
    with pytest.raises(UnacceptableWork, match="entry 1 is not as it was sealed"):
        change_sealed(sealed, sheet, "Misread.", sources, SECOND)


def test_a_change_through_a_link_is_refused(
    sheet: Path, sealed: Path, sources: SheetSources, fill: Fill
) -> None:
    """The link would become a second file, and the first would lack the change."""
    link = sealed.with_name("link.sealed.json")
    link.symlink_to(sealed)
    fill(sheet, 0)
    with pytest.raises(UsageError, match="is a link"):
        change_sealed(link, sheet, "Misread.", sources, SECOND)
    assert link.is_symlink()


def test_a_change_that_somebody_made_meanwhile_is_not_lost(
    sheet: Path, sealed: Path, sources: SheetSources, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sheet, 0)

    def meanwhile(record: SealedMarks) -> bytes:
        sealed.write_text(sealed.read_text("utf-8") + "\n", "utf-8")
        return sealed_bytes(record)

    monkeypatch.setattr(sealing, "sealed_bytes", meanwhile)
    with pytest.raises(UnacceptableWork, match="by somebody else just now"):
        change_sealed(sealed, sheet, "Misread.", sources, SECOND)
    assert len(read_sealed(sealed).record.entries) == 1


@pytest.mark.parametrize("reason", ["a\u2028b", "a\x7fb", "a\ufeffb"])
def test_a_reason_that_no_file_could_give_back_is_refused(
    sheet: Path, sealed: Path, sources: SheetSources, fill: Fill, reason: str
) -> None:
    before = sealed.read_bytes()
    fill(sheet, 0)
    with pytest.raises(UnacceptableWork, match="cannot be sealed in one file"):
        change_sealed(sealed, sheet, reason, sources, SECOND)
    assert sealed.read_bytes() == before


def test_marks_are_not_sealed_into_a_file_too_large_to_be_read_again(
    sealed: Path,
) -> None:
    """Base64 takes four signs for three: 80 notes of 20,000 signs come to 2.1 MB."""
    assert FILE_BYTES == 2_000_000
    record = read_sealed(sealed).record.sheet()
    marks = [
        record.marks[0].model_copy(update={"criterion": f"c{number}", "note": "n" * 20_000})
        for number in range(80)
    ]
    large = record.model_copy(update={"marks": marks})
    with pytest.raises(UnacceptableWork, match="cannot be sealed in one file"):
        sealed_bytes(seal(large, FIRST))


def test_of_two_who_seal_at_one_moment_one_is_told_that_it_is_sealed(
    sheet: Path, sources: SheetSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other's file appears after this run has looked, and stays."""
    rival = sheet.parent / "heel.ana.sealed.json"

    def meanwhile(record: SealedMarks) -> bytes:
        rival.write_bytes(sealed_bytes(seal(record.sheet(), SECOND)))
        return sealed_bytes(record)

    monkeypatch.setattr(sealing, "sealed_bytes", meanwhile)
    (done,) = seal_sheets([sheet], sources, FIRST)
    assert (done.state, done.seal) == ("refused", read_sealed(rival).record.seal)
    assert read_sealed(rival).record.entries[0].moment == SECOND


def test_of_two_changes_at_one_moment_none_is_lost(
    sheet: Path, sealed: Path, sources: SheetSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read the chain, and meet where each looks again before it writes."""
    gate = threading.Barrier(2)
    looked = threading.local()

    def read_and_wait(path: Path) -> SealedFile:
        found = read_sealed(path)
        looked.times = getattr(looked, "times", 0) + 1
        with suppress(threading.BrokenBarrierError):
            gate.wait(timeout=10 if looked.times == 1 else 0.3)
        return found

    monkeypatch.setattr(sealing, "read_sealed", read_and_wait)
    told: list[str] = []

    def change_to(comments: str) -> None:
        own = sheet.with_name(f"{comments}.yaml")
        text = re.sub(
            "^comments:.*$", f"comments: {comments}", sheet.read_text("utf-8"), flags=re.MULTILINE
        )
        own.write_text(text, "utf-8")
        try:
            told.append(change_sealed(sealed, own, "Read again.", sources, SECOND).seal)
        except UnacceptableWork as error:
            told.append(str(error))

    runs = [threading.Thread(target=change_to, args=(each,)) for each in ("one", "two")]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    record = read_sealed(sealed).record
    assert len(record.entries) == 2
    assert not chain_faults(record)
    assert record.seal in told
    assert sum("was changed by somebody else just now" in each for each in told) == 1
