"""Many sheets read at once."""

import shutil
from pathlib import Path

import pytest

from casebook.domain.marking.sealed_marks import seal
from casebook.errors import UsageError
from casebook.source.load import load
from casebook.workflow.programs import program_reading
from casebook.workflow.statistics.scored_sheets import (
    SEALED_INSTEAD,
    SheetReading,
    read_scored_sheets,
)
from tests.portfolios.rated import write_school, write_sheet, write_sheets

DIGEST = "a" * 64


def names(reading: SheetReading) -> list[str]:
    return [Path(sheet.path).name for sheet in reading.sheets]


def why(reading: SheetReading) -> dict[str, str]:
    return {Path(each.path).name: each.why for each in reading.left_out}


def test_a_folder_is_searched_for_what_has_marks(desk: Path) -> None:
    """Programs and rubrics beside the sheets are passed over."""
    write_sheets(desk)
    reading = read_scored_sheets([desk])
    assert len(reading.sheets) == 16
    assert reading.left_out == ()
    assert reading.rubric is not None
    assert reading.rubric.id == "case"
    first = reading.sheets[0]
    # borderline-0: 50 + 2.5 * 4.
    assert (first.work, first.percent, first.rating, first.safe) == (
        "borderline-0", 60, "borderline", True,
    )  # fmt: skip


def test_a_file_named_twice_counts_once(desk: Path) -> None:
    sheet = write_sheet(desk / "a.yaml", 4, "pass")
    assert names(read_scored_sheets([sheet, desk, desk / "." / "a.yaml"])) == ["a.yaml"]


def test_what_cannot_be_scored_is_left_out_and_told(desk: Path) -> None:
    write_sheet(desk / "good.yaml", 4, "pass")
    write_sheet(desk / "incomplete.yaml", None, "pass")
    write_sheet(desk / "rating.yaml", 4, "passs")
    write_sheet(desk / "level.yaml", 99, "pass")
    write_sheet(desk / "step.yaml", 4, "pass", safe=7)
    (desk / "broken.yaml").write_text("kind: [", "utf-8")
    lost = write_sheet(desk / "lost.yaml", 5, "pass")
    lost.write_text(lost.read_text("utf-8").replace("program.yaml", "other.yaml"), "utf-8")
    shutil.copy(desk / "good.yaml", desk / "good-2.yaml")
    reading = read_scored_sheets([desk])
    assert names(reading) == ["good-2.yaml"]
    told = why(reading)
    assert told["incomplete.yaml"] == "it is incomplete: no mark for 'Quality'"
    assert told["rating.yaml"] == "the rubric has no global rating `passs`"
    assert told["level.yaml"] == told["broken.yaml"] == "it has faults of form, which come first"
    assert told["step.yaml"] == "it is incomplete: no mark for 'Safe'"
    assert told["lost.yaml"].startswith("the program cannot be used")
    assert told["good.yaml"] == f"it is a copy of {desk / 'good-2.yaml'}"
    assert {each.code for each in reading.checked.report.findings} >= {
        "CB204", "CB802", "CB806",
    }  # fmt: skip
    # Why a sheet without marks is left out is said above, and is no fault besides.
    assert "CB804" not in {each.code for each in reading.checked.report.findings}


def test_a_file_that_cannot_be_opened_does_not_hide_the_others(desk: Path) -> None:
    write_sheet(desk / "a.yaml", 4, "pass")
    (desk / "gone.yaml").symlink_to(desk / "nowhere.yaml")
    reading = read_scored_sheets([desk])
    assert names(reading) == ["a.yaml"]
    assert "no file" in why(reading)["gone.yaml"]


def test_a_session_without_all_of_its_marks_is_left_out(studio: Path) -> None:
    """It is told what is missing, or that nothing judges it."""
    session = studio / "observation.yaml"
    text = session.read_text("utf-8")
    session.write_text(text.replace("  - {criterion: explains, level: 1}\n", ""), "utf-8")
    reading = read_scored_sheets([session])
    assert why(reading)["observation.yaml"] == "it is incomplete: no mark for 'Explaining'"
    program = studio / "program" / "program.yaml"
    program.write_text(program.read_text("utf-8").replace(", rubrics/session.yaml", ""), "utf-8")
    reading = read_scored_sheets([session])
    assert why(reading)["observation.yaml"] == "its program has no rubric for it"


def test_a_failed_must_pass_criterion_is_kept_in_mind(desk: Path) -> None:
    (sheet,) = read_scored_sheets([write_sheet(desk / "a.yaml", 20, None, safe=0)]).sheets
    assert (sheet.percent, sheet.safe, sheet.rating) == (50, False, None)


def test_a_named_file_without_marks_is_refused(desk: Path) -> None:
    with pytest.raises(UsageError, match="a rubric has no marks"):
        read_scored_sheets([desk / "case.yaml"])
    with pytest.raises(UsageError, match="there is no file"):
        read_scored_sheets([desk / "nothing.yaml"])


def test_totals_by_two_rubrics_are_not_mixed(desk: Path, tmp_path: Path) -> None:
    """The refusal names both; the same rubric in another folder is no other one."""
    here, there = write_sheet(desk / "a.yaml", 4, "pass"), tmp_path / "there"
    write_school(there)
    other = write_sheet(there / "b.yaml", 5, "pass")
    assert len(read_scored_sheets([here, other]).sheets) == 2
    rubric = there / "case.yaml"
    rubric.write_text(rubric.read_text("utf-8").replace("pass_percent: 80", "pass_percent: 70"))
    with pytest.raises(UsageError, match="not all marked by the same rubric") as caught:
        read_scored_sheets([here, other])
    assert "a.yaml" in str(caught.value)
    assert "b.yaml" in str(caught.value)
    # One program named for all makes them one.
    assert len(read_scored_sheets([here, other], desk / "program.yaml").sheets) == 2


def test_one_rubric_of_several_can_be_taken(studio: Path, desk: Path) -> None:
    """A session and a case study of one folder go by different rubrics."""
    write_sheet(desk / "a.yaml", 4, "pass")
    with pytest.raises(UsageError, match="same rubric"):
        read_scored_sheets([studio, desk / "a.yaml"])
    assert names(read_scored_sheets([studio, desk / "a.yaml"], rubric_id="session")) == [
        "observation.yaml"
    ]
    assert read_scored_sheets([desk], rubric_id="other").sheets == ()


def test_a_session_outside_a_portfolio_is_left_out_unless_its_program_is_named(
    studio: Path, desk: Path
) -> None:
    alone = desk / "alone.yaml"
    shutil.copy(studio / "observation.yaml", alone)
    assert "nothing says which program" in why(read_scored_sheets([alone]))["alone.yaml"]
    (sheet,) = read_scored_sheets([alone], studio / "program").sheets
    assert (sheet.work, sheet.grader) == ("observed", "Robin Hale")


def test_sealed_marks_go_before_the_draft_they_were_sealed_from(desk: Path) -> None:
    """Sealed marks that were changed in silence do not count at all."""
    program = program_reading(str(desk / "program.yaml")).program
    assert program is not None
    more = f"submission: {DIGEST}\nrubric_digest: {program.rubrics[0].digest}"
    draft = write_sheet(desk / "draft.yaml", 4, "pass", more=more)
    draft.write_text(draft.read_text("utf-8").replace("{name: Kim}", "{name: Kim, id: kim}"))
    piece = load("draft.yaml", draft.read_bytes()).piece
    assert piece is not None
    text = seal(piece.record, "2026-06-01T10:00:00Z").model_dump_json(exclude_none=True)
    sealed = desk / "draft.sealed.json"
    sealed.write_text(text, "utf-8")
    reading = read_scored_sheets([desk])
    assert names(reading) == ["draft.sealed.json"]
    assert why(reading)["draft.yaml"] == SEALED_INSTEAD
    sealed.write_text(text.replace("2026-06-01", "2026-06-02"), "utf-8")
    reading = read_scored_sheets([desk])
    assert names(reading) == ["draft.yaml"]
    assert "its seal does not hold" in why(reading)["draft.sealed.json"]


def test_two_sheets_of_one_grader_that_differ_are_both_left_out(desk: Path) -> None:
    """Where sheets do not say their submission, they may be of two candidates, and both count."""
    for at, quality in enumerate((4, 5)):
        write_sheet(desk / f"{at}.yaml", quality, "pass", more=f"submission: {DIGEST}")
        write_sheet(desk / f"open-{at}.yaml", quality, "pass")
    reading = read_scored_sheets([desk])
    assert names(reading) == ["open-0.yaml", "open-1.yaml"]
    assert "marked this work otherwise in" in why(reading)["0.yaml"]
    assert set(why(reading)) == {"0.yaml", "1.yaml"}


def test_marks_by_another_wording_of_the_rubric_do_not_count(desk: Path) -> None:
    write_sheet(desk / "a.yaml", 4, "pass", more=f"rubric_digest: {DIGEST}")
    assert "another wording" in why(read_scored_sheets([desk]))["a.yaml"]
