"""Graders summed up: a result goes before sealed marks, and those before the sheet."""

import json
from pathlib import Path

import pytest

from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import change, seal
from casebook.errors import UsageError
from casebook.evaluation.grader_record import GraderRecord
from casebook.resources import programs_dir
from casebook.workflow.reporting.graders import sum_up_graders
from tests.portfolios.results import MakeResult, written

SUBMISSION = "5b" * 32
OTHER = "6c" * 32


def sheet_of(grader: str, level: int | None, submission: str | None = SUBMISSION) -> MarkSheet:
    """A sheet on an NKT case with one criterion marked."""
    mark = {"criterion": "findings"} | ({} if level is None else {"level": level})
    return MarkSheet.model_validate(
        {
            "kind": "mark-sheet", "format": 1, "program": "nkt", "level": 1, "work": "case-1",
            "submission": submission, "grader": {"name": grader.title(), "id": grader},
            "rubric": "case-study", "rubric_digest": "77" * 32, "marks": [mark],
        }
    )  # fmt: skip


def put(folder: Path, name: str, values: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def put_sheet(folder: Path, sheet: MarkSheet, name: str = "case-1.yaml") -> Path:
    return put(folder, name, sheet.model_dump(mode="json", exclude_none=True))


def put_sealed(folder: Path, sheet: MarkSheet, *reasons: str) -> Path:
    chain = seal(sheet, "2026-10-01T10:00:00Z")
    for number, reason in enumerate(reasons, start=2):
        chain = change(chain, sheet, f"2026-10-0{number}T10:00:00Z", reason)
    values = chain.model_dump(mode="json", exclude_none=True)
    return put(folder, f"case-1.{chain.grader}.sealed.json", values)


def only(paths: list[Path]) -> GraderRecord:
    (record,) = sum_up_graders(paths).graders
    return record


def test_a_result_tells_levels_totals_and_what_was_agreed(
    tmp_path: Path, result: MakeResult
) -> None:
    for number in range(5):
        whole = result({"ames": (2, 1), "brandt": (0, 2)}, submission=f"{number:064x}")
        written(tmp_path / f"{number}.result.json", whole)
    ames, brandt = sum_up_graders([tmp_path]).graders
    # 75 against (75 + 50) / 2 = 62.5, five times.
    assert (ames.works, ames.mean_percent, ames.mean_below_agreed) == (5, 75, -12.5)
    assert (brandt.mean_below_agreed, brandt.mean_distance) == (12.5, 12.5)
    # Safety at 0 of 2 is a failure; agreed at a mean of 1 it is passed.
    assert (brandt.failures, brandt.overruled) == (5, 5)


def test_sealed_marks_without_a_result_stay_closed(tmp_path: Path) -> None:
    record = only([put_sealed(tmp_path, sheet_of("ames", 3), "a slip", "another")])
    assert (record.works, record.opened, record.mean_level) == (1, 0, None)
    assert (record.changes, record.changed_works) == (2, 1)
    assert (record.first, record.last) == ("2026-10-01", "2026-10-03")


def test_the_sheet_that_was_sealed_opens_nothing_either(tmp_path: Path) -> None:
    put_sheet(tmp_path, sheet_of("ames", 3))
    put_sealed(tmp_path, sheet_of("ames", 3))
    record = only([tmp_path])
    assert (record.works, record.opened) == (1, 0)


def test_a_work_is_counted_once_and_keeps_its_day_of_sealing(
    tmp_path: Path, result: MakeResult
) -> None:
    written(tmp_path / "s.result.json", result({"ames": (2, 1)}))
    put_sealed(tmp_path, sheet_of("ames", 3))
    put_sheet(tmp_path, sheet_of("ames", 1))
    record = only([tmp_path])
    assert (record.works, record.opened, record.mean_percent) == (1, 1, 75)
    assert (record.first, record.last) == ("2026-10-01", "2026-10-01")


def test_a_sheet_counts_by_its_programs_rubric(tmp_path: Path) -> None:
    """Level 2 of 3 is two thirds of the scale; without the other marks there is no total."""
    record = only([put_sheet(tmp_path, sheet_of("ames", 2))])
    assert record.mean_level == pytest.approx(200 / 3)
    assert (record.works, record.totals, record.first) == (1, 0, None)


def test_sheets_that_name_no_submission_are_works_of_their_own(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        put_sheet(tmp_path, sheet_of("ames", 2, None), name)
    assert only([tmp_path]).works == 2


def test_one_grader_can_be_asked_for_by_id_or_name(tmp_path: Path, result: MakeResult) -> None:
    written(tmp_path / "s.result.json", result({"ames": (2, 1), "brandt": (1, 1)}))
    for asked in ("ames", "Ames"):
        assert [each.grader for each in sum_up_graders([tmp_path], grader=asked).graders] == [
            "ames"
        ]
    with pytest.raises(UsageError, match="nothing here was marked by 'nobody'"):
        sum_up_graders([tmp_path], grader="nobody")


def test_what_cannot_be_counted_is_named(tmp_path: Path) -> None:
    sealed = put_sealed(tmp_path, sheet_of("ames", 3))
    values = json.loads(sealed.read_text())
    values["entries"][0]["moment"] = "2026-10-09T10:00:00Z"
    sealed.write_text(json.dumps(values))
    sheet = sheet_of("brandt", 1).model_copy(update={"program": "missing.yaml"})
    put_sheet(tmp_path, sheet, "brandt.yaml")
    put(tmp_path, "broken.yaml", {"kind": "mark-sheet", "format": 1})
    put(tmp_path, "notes.yaml", {"kind": "rubric", "format": 1})
    found = sum_up_graders([tmp_path])
    assert found.graders == ()
    assert sorted(Path(each.path).name for each in found.left_out) == [
        "brandt.yaml", "broken.yaml", "case-1.ames.sealed.json",
    ]  # fmt: skip
    assert {Path(each.place.path).name for each in found.checked.report.findings} == {"broken.yaml"}


def test_a_file_without_marks_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a program has no marks"):
        sum_up_graders([programs_dir() / "nkt" / "program.yaml"])
    with pytest.raises(UsageError, match="there are no marks"):
        sum_up_graders([tmp_path])
