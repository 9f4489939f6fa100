"""A check says what is wrong in a sheet, and what is left to do."""

import shutil
from collections.abc import Callable
from dataclasses import replace as with_values
from datetime import date
from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.workflow.marking.check_sheets import (
    CheckedSheet,
    SheetSources,
    check_sheets,
    report_on,
)
from casebook.workflow.marking.new_sheets import NewSheets

New = Callable[..., NewSheets]
Fill = Callable[..., None]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def told(checked: tuple[CheckedSheet, ...]) -> list[tuple[str, str]]:
    return [(each.code, each.severity.value) for each in report_on(checked).report.findings]


@pytest.fixture
def sheet(new: New, graders: Path) -> Path:
    return new().sheets[0]


def test_what_is_left_to_do_is_a_note_in_a_draft_and_an_error_at_last(
    sheet: Path, sources: SheetSources
) -> None:
    assert told(check_sheets([sheet], sources, final=False)) == [
        ("CB813", "note"), ("CB804", "note"),
    ]  # fmt: skip
    (checked,) = check_sheets([sheet], sources, final=True)
    assert told((checked,)) == [("CB813", "error"), ("CB804", "error")]
    assert not checked.sound
    assert len(checked.left_to_do) == 2
    assert report_on([checked], left_to_do=False).report.findings == ()


def test_a_finished_sheet_has_nothing_to_report(
    sheet: Path, sources: SheetSources, fill: Fill
) -> None:
    fill(sheet)
    assert told(check_sheets([sheet], sources, final=True)) == []


def test_a_sheet_is_checked_without_its_submission_too(sheet: Path, fill: Fill, on: date) -> None:
    """Then its own program is looked for beside it, and nothing about the work is said."""
    fill(sheet)
    replace(sheet, "    place: >-\n", "    place: Words that nobody wrote\n")
    assert told(check_sheets([sheet], SheetSources(on), final=True)) == []
    (sheet.parent / "program" / "program.yaml").unlink()
    assert told(check_sheets([sheet], SheetSources(on), final=True)) == [("CB311", "error")]


def test_a_quotation_is_looked_for_in_the_work(
    sheet: Path, sources: SheetSources, fill: Fill
) -> None:
    fill(sheet)
    replace(sheet, "    place: >-\n", "    place: stairs hurt MORE than runs\n")
    assert told(check_sheets([sheet], sources, final=True)) == []
    replace(sheet, "stairs hurt MORE", "stairs hurt less")
    (checked,) = check_sheets([sheet], sources, final=True)
    assert told((checked,)) == [("CB811", "warning")]
    assert checked.sound


def test_a_submission_that_was_changed_is_another_one(
    sheet: Path, sources: SheetSources, fill: Fill, studio: Path
) -> None:
    fill(sheet)
    replace(studio / "cases" / "heel.yaml", "Stairs hurt", "Stairs ached")
    assert told(check_sheets([sheet], sources, final=True)) == [("CB814", "error")]


def test_a_sheet_that_does_not_say_its_submission_is_told_the_digest(
    sheet: Path, sources: SheetSources, fill: Fill
) -> None:
    fill(sheet)
    line = next(each for each in sheet.read_text("utf-8").splitlines() if "submission: " in each)
    replace(sheet, f"{line}\n", "")
    (checked,) = check_sheets([sheet], sources, final=True)
    assert [each.hint for each in checked.findings] == [f"write `{line}`"]


def test_a_sheet_for_other_rules_is_told(
    sheet: Path, sources: SheetSources, fill: Fill, on: date
) -> None:
    """Another policy, with the rubric as it was; one that says no rules is as old as it is."""
    fill(sheet)
    program = sheet.parent / "program" / "program.yaml"
    replace(program, "rubrics:", "marking: {graders: 2}\nrubrics:")
    (checked,) = check_sheets([sheet], SheetSources(on), final=True)
    assert told((checked,)) == [("CB821", "error")]
    line = next(each for each in sheet.read_text("utf-8").splitlines() if "program_digest" in each)
    hint = str(checked.findings[0].hint)
    replace(sheet, line, hint[hint.index("`program_digest") :].strip("`"))
    assert told(check_sheets([sheet], SheetSources(on), final=True)) == []
    replace(program, "graders: 2", "graders: 3")
    (line,) = (each for each in sheet.read_text("utf-8").splitlines() if "program_dig" in each)
    replace(sheet, f"{line}\n", "")
    assert told(check_sheets([sheet], SheetSources(on), final=True)) == []


def test_a_changed_rubric_is_told(sheet: Path, sources: SheetSources, fill: Fill, on: date) -> None:
    fill(sheet)
    replace(sheet.parent / "program" / "rubrics" / "case.yaml", "Nothing is clear", "Unclear")
    assert told(check_sheets([sheet], SheetSources(on), final=True)) == [("CB815", "error")]
    # With the submission, its own rules count: those that it was handed in under.
    assert told(check_sheets([sheet], sources, final=True)) == []


@pytest.mark.parametrize(
    "right, wrong, codes",
    [
        ("name: Ana Ruiz", "name: Kim Larsen", ["CB812", "CB818"]),
        ("id: ana", "id: bo", ["CB812", "CB818"]),
        ("conflict: none", "conflict: treated", ["CB812"]),
    ],
    ids=["the candidate", "another's id", "declared"],
)
def test_whoever_must_not_judge_is_found(
    sheet: Path, sources: SheetSources, fill: Fill, *, right: str, wrong: str, codes: list[str]
) -> None:
    fill(sheet)
    replace(sheet, right, wrong)
    found = told(check_sheets([sheet], sources, final=True))
    assert sorted(each[0] for each in found) == codes


def test_a_tie_that_came_to_light_later_is_found(
    sheet: Path, sources: SheetSources, fill: Fill, graders: Path
) -> None:
    fill(sheet)
    replace(graders, "    credentials: Teacher of anatomy\n",
            "    declares: [{candidate: Larsen Kim, relation: close}]\n")  # fmt: skip
    assert told(check_sheets([sheet], sources, final=True)) == [("CB812", "error")]


def test_a_list_that_is_named_goes_before_the_one_nearby(
    sheet: Path, sources: SheetSources, fill: Fill, graders: Path, tmp_path: Path
) -> None:
    fill(sheet)
    other = tmp_path / "others.yaml"
    other.write_text("kind: graders\nformat: 1\ngraders: [{id: zoe, name: Zoe Ash}]\n", "utf-8")
    named = with_values(sources, graders=other)
    assert told(check_sheets([sheet], named, final=True)) == [("CB818", "error")]


def test_a_folder_is_searched_for_sheets_and_other_files_are_passed_over(
    sheet: Path, sources: SheetSources
) -> None:
    broken = sheet.parent / "broken.yaml"
    broken.write_text("kind: mark-sheet\nformat: 1\nmarks: [\n", "utf-8")
    checked = check_sheets([sheet.parent], sources, final=False)
    assert [each.path.name for each in checked] == ["broken.yaml", "heel.ana.yaml"]
    assert checked[0].piece is None
    assert not any(each.named for each in checked)


def test_what_is_no_sheet_is_refused_by_name(
    sheet: Path, sources: SheetSources, studio: Path
) -> None:
    with pytest.raises(UsageError, match="is no mark sheet, but a case-study"):
        check_sheets([studio / "cases" / "heel.yaml"], sources, final=False)
    with pytest.raises(UsageError, match="there is no mark sheet in"):
        check_sheets([studio / "attachments"], sources, final=False)
    with pytest.raises(UsageError, match="there is no file"):
        check_sheets([studio / "nothing.yaml"], sources, final=False)


def test_of_several_submissions_a_sheet_says_which(
    sheet: Path, fill: Fill, studio: Path, on: date, tmp_path: Path
) -> None:
    fill(sheet)
    shutil.copytree(studio, tmp_path / "all" / "one")
    shutil.copytree(studio, tmp_path / "all" / "two")
    replace(tmp_path / "all" / "two" / "portfolio.yaml", "Kim Larsen", "Lou Park")
    folder = SheetSources(on, (tmp_path / "all",))
    assert told(check_sheets([sheet], folder, final=True)) == []
    line = next(each for each in sheet.read_text("utf-8").splitlines() if "submission: " in each)
    replace(sheet, f"{line}\n", "")
    assert told(check_sheets([sheet], folder, final=False)) == [
        ("CB814", "error"), ("CB817", "note"),
    ]  # fmt: skip
