"""Whatever path is given, everything there is checked, once, and named as the user named it."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import seal
from casebook.errors import UsageError
from casebook.workflow.check import check_file, check_paths
from casebook.workflow.programs import show_program

SHEET = """kind: mark-sheet
format: 1
program: nkt
level: 1
work: heel
grader: {name: Kim}
rubric: case-study
"""


@pytest.fixture
def here(studio: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small portfolio, with two faults, and the user beside it."""
    case = studio / "cases" / "heel.yaml"
    case.write_text(case.read_text("utf-8").replace("nprs: 6", "nprs: 66"), "utf-8")
    (studio / "attachments" / "consent-a.pdf").unlink()
    monkeypatch.chdir(studio.parent)
    return Path("studio")


FAULTS = [("studio/cases/heel.yaml", 6, "CB307"), ("studio/cases/heel.yaml", 10, "CB304")]


def found(*paths: Path | str, on: date) -> list[tuple[str, int, str]]:
    report = check_paths([Path(path) for path in paths], on).report
    return [(each.place.path, each.place.span.line, each.code) for each in report.findings]


def test_a_portfolio_is_checked_whole(here: Path, on: date) -> None:
    checked = check_paths([here], on)
    assert found(here, on=on) == FAULTS
    assert checked.report.files == len(checked.sources) == 6


def test_a_portfolios_own_file_stands_for_the_portfolio(here: Path, on: date) -> None:
    assert found(here / "portfolio.yaml", on=on) == FAULTS


def test_one_case_alone_goes_by_the_program_around_it(here: Path, on: date) -> None:
    """Its attachments are looked for too: their names count from the portfolio's folder."""
    checked = check_paths([here / "cases" / "heel.yaml"], on)
    assert found(here / "cases" / "heel.yaml", on=on) == FAULTS
    assert checked.report.files == 1


def test_one_session_alone_goes_by_the_program_around_it(here: Path, on: date) -> None:
    (here / "attachments" / "consent-b.pdf").unlink()
    assert found(here / "observation.yaml", on=on) == [("studio/observation.yaml", 9, "CB307")]


def test_nothing_is_found_twice_however_often_it_is_named(here: Path, on: date) -> None:
    """A portfolio, the same by another way, its file, a case in it, and the case by a link."""
    link = Path("link.yaml")
    link.symlink_to(here / "cases" / "heel.yaml")
    ways = [
        here / "cases" / "heel.yaml", here, here.absolute(), here / "portfolio.yaml", link,
    ]  # fmt: skip
    checked = check_paths(ways, on)
    assert found(*ways, on=on) == FAULTS
    assert checked.report.files == 6


def test_a_path_is_called_as_it_was_named_first(here: Path, on: date) -> None:
    assert found(here, here.absolute(), on=on) == FAULTS


def test_several_portfolios_are_checked_together(here: Path, on: date) -> None:
    shutil.copytree(here, "other")
    assert [path.split("/")[0] for path, _, _ in found(here, "other", on=on)] == [
        "other", "other", "studio", "studio",
    ]  # fmt: skip


def test_a_file_outside_a_portfolio_is_held_to_what_every_program_wants(
    here: Path, on: date
) -> None:
    """Without a portfolio nothing says where attachments lie, so none is missed."""
    shutil.copy(here / "cases" / "heel.yaml", "alone.yaml")
    assert found("alone.yaml", on=on) == [("alone.yaml", 10, "CB304")]
    shutil.copy(here / "observation.yaml", "session.yaml")
    assert found("session.yaml", on=on) == []


def test_where_the_program_around_cannot_be_read_a_file_says_so(here: Path, on: date) -> None:
    own = here / "portfolio.yaml"
    own.write_text(own.read_text("utf-8").replace("program/program.yaml", "no/program.yaml"))
    assert found(here / "observation.yaml", on=on) == [("studio/portfolio.yaml", 5, "CB311")]


def test_a_programs_file_and_its_folder_are_checked_with_the_rubrics(here: Path, on: date) -> None:
    rubric = here / "program" / "rubrics" / "case.yaml"
    rubric.write_text(rubric.read_text("utf-8").replace("pass_percent: 50", "pass_percent: 150"))
    expected = [("studio/program/rubrics/case.yaml", 6, "CB204")]
    assert found(here / "program", on=on) == expected
    assert found(here / "program" / "program.yaml", on=on) == expected


def test_a_program_without_a_record_gives_its_own_faults_alone(tmp_path: Path, on: date) -> None:
    (tmp_path / "program.yaml").write_text("kind: program\nformat: 9\n", "utf-8")
    assert [code for _, _, code in found(tmp_path, on=on)] == ["CB208"]


def test_a_rubric_is_checked_by_its_form(here: Path, on: date) -> None:
    assert found(here / "program" / "rubrics" / "case.yaml", on=on) == []


def test_a_mark_sheet_is_checked_by_the_program_it_names(
    here: Path, on: date, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET, "utf-8")
    assert {code for _, _, code in found(sheet, on=on)} == {"CB804"}
    sheet.write_text(SHEET.replace("program: nkt", "program: nktt"), "utf-8")
    assert [(line, code) for _, line, code in found(sheet, on=on)] == [(3, "CB311")]


def test_another_program_can_be_named_for_one_file(tmp_path: Path, on: date) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET.replace("program: nkt", "program: nktt"), "utf-8")
    checked = check_file(sheet, on, show_program("nkt"))
    assert {each.code for each in checked.report.findings} == {"CB804"}


def test_a_file_that_is_no_record_gives_its_faults(tmp_path: Path, on: date) -> None:
    (tmp_path / "x.yaml").write_text("title: no kind\n", "utf-8")
    assert [code for _, _, code in found(tmp_path / "x.yaml", on=on)] == ["CB207"]


@pytest.mark.parametrize(
    "name,words",
    [("-", "standard input"), ("nowhere.yaml", "no file"), ("studio/cases", "no portfolio")],
)
def test_a_path_that_cannot_be_checked_is_refused(
    here: Path, name: str, words: str, on: date
) -> None:
    with pytest.raises(UsageError, match=words):
        check_paths([Path(name)], on)


def test_a_file_called_hyphen_is_a_file(here: Path, on: date) -> None:
    shutil.copy(here / "observation.yaml", "-")
    assert found("-", on=on) == []


def test_an_examiner_who_taught_the_candidate_is_found(here: Path, on: date) -> None:
    """In the whole portfolio, and in the observation checked alone."""
    main = here / "portfolio.yaml"
    text = main.read_text("utf-8")
    main.write_text(text.replace("hours: 10", "hours: 10\n  instructor: Hale, Robin"), "utf-8")
    expected = ("studio/observation.yaml", 7, "CB812")
    assert expected in found(here, on=on)
    assert found(here / "observation.yaml", on=on) == [expected]
    main.write_text(text + "ties: {close_to: [robin hale]}\n", "utf-8")
    assert expected in found(here, on=on)
    main.write_text(text + "ties: {close_to: [Kim Lee]}\n", "utf-8")
    assert expected not in found(here, on=on)


def test_sealed_marks_are_checked_by_their_chain(tmp_path: Path, on: date) -> None:
    values = {
        "kind": "mark-sheet", "format": 1, "program": "nkt", "level": 1, "work": "heel",
        "submission": "a" * 64, "grader": {"name": "Ana", "id": "ana"}, "rubric": "case-study",
        "rubric_digest": "b" * 64,
    }  # fmt: skip
    sealed = seal(MarkSheet.model_validate(values), "2026-07-01T10:00:00Z")
    path = tmp_path / "heel.ana.sealed.json"
    path.write_text(json.dumps(sealed.model_dump(mode="json"), indent=1), "utf-8")
    assert found(path, on=on) == []
    path.write_text(path.read_text("utf-8").replace("T10:00", "T11:00"), "utf-8")
    assert [code for _, _, code in found(path, on=on)] == ["CB816"]


def test_a_list_of_graders_is_checked(tmp_path: Path, on: date) -> None:
    path = tmp_path / "graders.yaml"
    text = "kind: graders\nformat: 1\ngraders:\n  - {id: a, name: Ana}\n  - {id: b, name: ana}\n"
    path.write_text(text, "utf-8")
    assert [(line, code) for _, line, code in found(path, on=on)] == [(5, "CB301")]
