"""Many graders' sheets read at once, finished or not."""

import shutil
from pathlib import Path

import pytest

from casebook.domain.marking.sealed_marks import SealedMarks, change, seal
from casebook.errors import UsageError
from casebook.source.load import load
from casebook.workflow.programs import program_reading
from casebook.workflow.statistics.compared_sheets import ComparedReading, read_compared_sheets
from tests.portfolios.rated import write_sheet

DIGEST = "a" * 64


def names(reading: ComparedReading) -> list[str]:
    return [Path(sheet.path).name for sheet in reading.sheets]


def why(reading: ComparedReading) -> dict[str, str]:
    return {Path(each.path).name: each.why for each in reading.left_out}


def codes(reading: ComparedReading) -> list[str]:
    return [finding.code for finding in reading.checked.report.findings]


def replace(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_a_folder_is_searched_for_sheets_and_nothing_else_in_it_is_told(desk: Path) -> None:
    write_sheet(desk / "a.yaml", 4, None)
    (desk / "below").mkdir()
    below = write_sheet(desk / "below" / "b.yml", 5, None, grader="Lee")
    replace(below, "program: program.yaml", "program: nkt")
    (desk / "compose.yaml").write_text("services: {}\n", "utf-8")
    (desk / "notes.txt").write_text("kind: mark-sheet\n", "utf-8")
    reading = read_compared_sheets([desk])
    assert names(reading) == ["a.yaml", "b.yml"]
    assert (why(reading), codes(reading)) == ({}, [])


def test_a_file_named_twice_counts_once(desk: Path) -> None:
    sheet = write_sheet(desk / "a.yaml", 4, None)
    assert names(read_compared_sheets([sheet, desk, desk / "." / "a.yaml"])) == ["a.yaml"]


def test_an_unfinished_sheet_counts_with_what_it_has(desk: Path) -> None:
    """No total and no result, and no finding: a missing mark is none."""
    write_sheet(desk / "a.yaml", None, None)
    reading = read_compared_sheets([desk])
    (sheet,) = reading.sheets
    assert (dict(sheet.marks.levels), sheet.marks.passed) == ({"safe": 1}, None)
    assert codes(reading) == []


def test_the_result_follows_the_rubric(desk: Path) -> None:
    """50 + 2.5 * 12 = 80 % passes at 80; without the must-pass criterion nothing does."""
    for name, quality, safe in (("a", 12, 1), ("b", 11, 1), ("c", 20, 0)):
        write_sheet(desk / f"{name}.yaml", quality, None, safe=safe, grader=name)
    assert [sheet.marks.passed for sheet in read_compared_sheets([desk]).sheets] == [
        True, False, False,
    ]  # fmt: skip


def test_a_mark_that_is_no_mark_is_told_and_left_out(desk: Path) -> None:
    """An unknown level, an unknown criterion, and one that is marked twice."""
    sheet = write_sheet(desk / "a.yaml", 4, None, safe=7)
    replace(sheet, "criterion: quality", "criterion: qualty")
    twice = write_sheet(desk / "b.yaml", 4, None, grader="Lee")
    replace(twice, "  - {criterion: quality, level: 4}",
            "  - {criterion: quality, level: 4}\n  - {criterion: quality, level: 5}")  # fmt: skip
    reading = read_compared_sheets([desk])
    assert [dict(each.marks.levels) for each in reading.sheets] == [{}, {"safe": 1}]
    assert codes(reading) == ["CB802", "CB801", "CB803"]


def test_what_cannot_be_read_is_left_out_and_told(desk: Path) -> None:
    write_sheet(desk / "good.yaml", 4, None)
    (desk / "broken.yaml").write_text("kind: mark-sheet\nmarks: [", "utf-8")
    write_sheet(desk / "form.yaml", 4, None, more="wrong: 1")
    (desk / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    reading = read_compared_sheets([desk])
    assert names(reading) == ["good.yaml"]
    assert set(why(reading)) == {"broken.yaml", "form.yaml", "binary.yaml"}
    assert {finding.place.path for finding in reading.checked.report.findings} == set(
        reading.checked.sources
    )
    assert len(codes(reading)) == 3


@pytest.mark.parametrize("name", ["program.yaml", "compose.yaml"])
def test_another_kind_that_is_named_is_refused(desk: Path, name: str) -> None:
    (desk / "compose.yaml").write_text("services: {}\n", "utf-8")
    with pytest.raises(UsageError, match="has no marks to count here"):
        read_compared_sheets([desk / name])


def test_a_path_that_is_not_there_is_refused(desk: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        read_compared_sheets([desk / "nowhere"])


def test_two_different_sheets_of_one_grader_on_one_work_both_stay_out(desk: Path) -> None:
    """Neither is known to be the one that counts."""
    write_sheet(desk / "a.yaml", 4, None)
    write_sheet(desk / "b.yaml", 5, None, grader="kim")
    reading = read_compared_sheets([desk])
    assert names(reading) == []
    assert "otherwise in" in why(reading)["a.yaml"]
    assert "b.yaml" in why(reading)["a.yaml"]
    assert "submission" in why(reading)["b.yaml"]


def test_two_sheets_with_the_same_marks_count_once(desk: Path) -> None:
    write_sheet(desk / "a.yaml", 4, None)
    write_sheet(desk / "copy.yaml", 4, None, more="comments: Well done.")
    reading = read_compared_sheets([desk])
    assert (names(reading), why(reading)) == (["a.yaml"], {})


def test_the_same_work_of_two_submissions_is_two_works(desk: Path) -> None:
    write_sheet(desk / "a.yaml", 4, None, more=f"submission: {'a' * 64}")
    write_sheet(desk / "b.yaml", 5, None, more=f"submission: {'b' * 64}")
    reading = read_compared_sheets([desk])
    assert [sheet.marks.submission[0] for sheet in reading.sheets] == ["a", "b"]


def test_a_graders_id_goes_before_the_name(desk: Path) -> None:
    sheet = write_sheet(desk / "a.yaml", 4, None)
    replace(sheet, "{name: Kim}", "{name: Kim, id: kim-lee}")
    write_sheet(desk / "b.yaml", 4, None, grader="'Kim   Lee'")
    graders = [each.marks.grader for each in read_compared_sheets([desk]).sheets]
    assert graders == ["kim-lee", "Kim Lee"]


def sealed_marks(desk: Path, quality: int = 4) -> SealedMarks:
    """A sheet of Kim's that is sealed by the rubric as it stands."""
    rubric = program_reading(str(desk / "program.yaml")).rubrics[0].record
    path = write_sheet(desk / "draft.yaml", quality, None, more=f"submission: {DIGEST}")
    replace(path, "{name: Kim}", "{name: Kim, id: kim}")
    replace(path, "rubric: case\n", f"rubric: case\nrubric_digest: {rubric.digest}\n")
    piece = load("draft.yaml", path.read_bytes()).piece
    assert piece is not None
    return seal(piece.record, "2026-07-01T10:00:00Z")


def test_sealed_marks_count_before_a_draft(desk: Path) -> None:
    """The newest entry does; what the draft says by now does not matter."""
    sealed = sealed_marks(desk)
    marks = [each.model_copy(update={"level": 1}) for each in sealed.sheet().marks]
    later = sealed.sheet().model_copy(update={"marks": marks})
    sealed = change(sealed, later, "2026-07-02T10:00:00Z", "A slip of the pen.")
    (desk / "case-1.sealed.json").write_text(sealed.model_dump_json(exclude_none=True), "utf-8")
    reading = read_compared_sheets([desk])
    assert (names(reading), why(reading), codes(reading)) == (["case-1.sealed.json"], {}, [])
    assert dict(reading.sheets[0].marks.levels) == {"safe": 1, "quality": 1}


def test_marks_whose_seal_does_not_hold_are_left_out(desk: Path) -> None:
    sealed = sealed_marks(desk)
    (desk / "draft.yaml").unlink()
    text = sealed.model_dump_json(exclude_none=True).replace('"kim"', '"lee"')
    (desk / "case-1.sealed.json").write_text(text, "utf-8")
    reading = read_compared_sheets([desk])
    assert names(reading) == []
    assert "its seal does not hold" in why(reading)["case-1.sealed.json"]


def test_a_rubric_that_changed_since_is_not_taken_for_the_one_used(desk: Path) -> None:
    write_sheet(desk / "a.yaml", 4, None, more=f"rubric_digest: {DIGEST}")
    write_sheet(desk / "b.yaml", 4, None, grader="Lee")
    old, new = read_compared_sheets([desk]).sheets
    assert (old.rubric, old.used.digest, old.marks.passed) == (None, DIGEST, None)
    assert new.rubric is not None
    assert new.used.digest == new.rubric.digest
    assert dict(old.marks.levels) == {"safe": 1, "quality": 4}


def test_without_its_program_levels_are_taken_as_they_are(desk: Path) -> None:
    """Of two marks for one criterion neither counts, as with a rubric."""
    sheet = write_sheet(desk / "a.yaml", 4, None, safe=9)
    replace(sheet, "program: program.yaml", "program: nowhere.yaml")
    replace(sheet, "marks:\n", "marks:\n  - {criterion: odd, level: 1}\n"
            "  - {criterion: odd, level: 2}\n  - {criterion: late}\n")  # fmt: skip
    (found,) = read_compared_sheets([desk]).sheets
    assert found.rubric is None
    assert dict(found.marks.levels) == {"safe": 9, "quality": 4}
    assert found.used.program == "nowhere.yaml"


def test_a_program_that_is_named_is_taken_for_all(desk: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(write_sheet(desk / "a.yaml", 4, None), elsewhere / "a.yaml")
    program = program_reading(str(desk / "program.yaml")).program
    (found,) = read_compared_sheets([elsewhere], program).sheets
    assert found.rubric is not None
