"""Marks become results, and what has no result says why."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.source.folder import DiskFolder
from casebook.source.load import load
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.received import receive
from casebook.workflow.score import Scoring, evaluate, score_path, score_portfolio

SHEET = """kind: mark-sheet
format: 1
program: program/program.yaml
level: 1
work: heel
grader: {name: Kim}
rubric: case
marks: [{criterion: clear, level: 1}]
"""


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def results(scoring: Scoring) -> list[tuple[str, str, float | None]]:
    """Each work, its result and its percentage to one digit."""
    return [
        (each.work, each.result, None if each.percent is None else round(each.percent, 1))
        for each in scoring.evaluations
    ]


# Safety 2 of 2, explaining 1 of 2, cycles 1 of 1, weights alike: (1 + 0.5 + 1) / 3 = 83.3 %.
OBSERVED = ("observed", "pass", 83.3)


def test_a_session_in_a_portfolio_is_scored_by_its_program(studio: Path, on: date) -> None:
    scoring = score_path(studio / "observation.yaml", on)
    assert results(scoring) == [OBSERVED]
    assert scoring.result == "pass"
    assert scoring.unscored == ()


def test_a_portfolio_is_scored_by_all_of_its_sessions(studio: Path, on: date) -> None:
    second = studio / "observation-2.yaml"
    shutil.copy(studio / "observation.yaml", second)
    replace(second, "id: observed", "id: second")
    replace(second, "{criterion: safety, level: 2}",
            '{criterion: safety, level: 0, note: Pressed on., at: "12:10"}')  # fmt: skip
    scoring = score_path(studio, on)
    assert [each[:2] for each in results(scoring)] == [("second", "fail"), ("observed", "pass")]
    assert scoring.result == "fail"


def test_a_missing_mark_leaves_the_result_open(studio: Path, on: date) -> None:
    replace(studio / "observation.yaml", "  - {criterion: explains, level: 1}\n", "")
    scoring = score_path(studio, on)
    assert results(scoring) == [("observed", "incomplete", None)]
    assert scoring.result == "incomplete"


def test_a_mark_sheet_is_scored_by_the_rubric_it_names(studio: Path, on: date) -> None:
    sheet = studio / "sheet.yaml"
    sheet.write_text(SHEET, "utf-8")
    assert results(score_path(sheet, on)) == [("heel", "pass", 100)]


def test_an_event_is_found_where_it_stands(studio: Path, on: date) -> None:
    """The second event stands on line 12 of its file, in column 5."""
    (work,) = score_path(studio, on).works
    place = work.place_of_event(1)
    assert (place.path, place.span.line, place.span.column) == (
        str(studio / "observation.yaml"), 12, 5,
    )  # fmt: skip


def test_only_what_is_found_in_the_sessions_is_reported(studio: Path, on: date) -> None:
    replace(studio / "cases" / "heel.yaml", "nprs: 6", "nprs: 66")
    replace(studio / "observation.yaml", 'until: "01:10"', 'until: "02:10"')
    replace(studio / "observation.yaml", 'at: "01:20"', 'at: "02:20"')
    checked = score_path(studio, on).checked
    assert [each.code for each in checked.report.findings] == ["CB502"]
    assert checked.report.files == 1


@pytest.mark.parametrize("name", ["observation.yaml", ""])
def test_a_session_with_faults_is_not_scored_by_what_is_left_of_it(
    studio: Path, on: date, name: str
) -> None:
    replace(studio / "observation.yaml", "level: 2", "level: two")
    scoring = score_path(studio / name if name else studio, on)
    assert scoring.works == ()
    assert scoring.result == "incomplete"
    assert "observation.yaml is not scored: its faults come first" in scoring.unscored[0]
    assert "CB203" in {each.code for each in scoring.checked.report.findings}


def test_a_session_that_cannot_be_read_is_not_passed_over(studio: Path, on: date) -> None:
    (studio / "observation-2.yaml").write_text("kind: [", "utf-8")
    scoring = score_path(studio, on)
    assert results(scoring) == [OBSERVED]
    assert "observation-2.yaml" in scoring.unscored[0]
    assert scoring.result == "incomplete"


def test_a_file_that_is_no_record_is_not_scored(tmp_path: Path, on: date) -> None:
    (tmp_path / "x.yaml").write_text("", "utf-8")
    assert score_path(tmp_path / "x.yaml", on).unscored


def test_a_portfolio_that_cannot_be_read_says_what_is_wrong(studio: Path, on: date) -> None:
    (studio / "portfolio.yaml").write_text("", "utf-8")
    scoring = score_path(studio, on)
    assert scoring.result == "incomplete"
    assert "cannot be read" in scoring.unscored[0]
    assert "CB104" in {each.code for each in scoring.checked.report.findings}


def test_a_portfolio_without_sessions_says_so(studio: Path, on: date) -> None:
    (studio / "observation.yaml").unlink()
    scoring = score_path(studio, on)
    assert scoring.unscored == (f"the portfolio {studio} has no observed session",)
    assert scoring.checked.report.findings == ()


def test_without_a_rubric_there_is_no_result(studio: Path, on: date) -> None:
    replace(studio / "program" / "program.yaml", ", rubrics/session.yaml", "")
    for path in (studio, studio / "observation.yaml"):
        scoring = score_path(path, on)
        assert scoring.result == "incomplete"
        assert "no such rubric" in scoring.unscored[0]
    sheet = studio / "sheet.yaml"
    sheet.write_text(SHEET.replace("rubric: case", "rubric: cases"), "utf-8")
    assert "no such rubric" in score_path(sheet, on).unscored[0]


def test_nothing_is_scored_by_half_a_program(studio: Path, on: date) -> None:
    """A broken pass mark is left out of the rubric; what it would have decided is open."""
    replace(studio / "program" / "rubrics" / "session.yaml", "pass_percent: 60", "pass_percent: x")
    assert score_path(studio, on).result == "incomplete"
    with pytest.raises(UsageError, match="the program cannot be used"):
        score_path(studio / "observation.yaml", on)


def test_a_session_outside_a_portfolio_needs_its_program_named(
    studio: Path, tmp_path: Path, on: date
) -> None:
    alone = tmp_path / "alone.yaml"
    shutil.copy(studio / "observation.yaml", alone)
    with pytest.raises(UsageError, match="nothing says which program"):
        score_path(alone, on)
    for program in (studio / "program", studio / "program" / "program.yaml"):
        assert results(score_path(alone, on, program)) == [OBSERVED]


def test_a_program_named_for_a_mark_sheet_stands_for_the_one_it_names(
    studio: Path, tmp_path: Path, on: date
) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET, "utf-8")
    with pytest.raises(UsageError, match="the program cannot be used"):
        score_path(sheet, on)
    scoring = score_path(sheet, on, studio / "program")
    assert results(scoring) == [("heel", "pass", 100)]
    assert scoring.checked.report.findings == ()


def test_a_file_without_marks_is_refused(studio: Path, on: date) -> None:
    with pytest.raises(UsageError, match="a case-study has no marks"):
        score_path(studio / "cases" / "heel.yaml", on)


def test_a_portfolio_in_memory_is_scored_alike(studio: Path, on: date) -> None:
    portfolio = examine_portfolio(DiskFolder(studio), on).portfolio
    assert portfolio is not None
    (evaluation,) = score_portfolio(portfolio)
    assert (evaluation.work, evaluation.result) == ("observed", "pass")
    sheet = load("sheet.yaml", SHEET.encode()).piece
    assert sheet is not None
    marked = evaluate(sheet.record, portfolio.program)
    assert marked is not None
    assert marked.judges == "case-study"


def test_a_portfolio_may_be_named_by_its_own_file(studio: Path, on: date) -> None:
    assert results(score_path(studio / "portfolio.yaml", on)) == results(score_path(studio, on))


def test_an_unknown_kind_is_answered_with_the_one_that_may_be_meant(
    tmp_path: Path, on: date
) -> None:
    (tmp_path / "x.yaml").write_text("kind: marksheet\nformat: 1\n", "utf-8")
    scoring = score_path(tmp_path / "x.yaml", on)
    assert scoring.result == "incomplete"
    assert "did you mean `mark-sheet`?" in [each.hint for each in scoring.checked.report.findings]


def second_sheet(folder: Path) -> Path:
    """Another grader's marks on the session: safety 2 of 2, explaining 2 of 2."""
    folder.mkdir(exist_ok=True)
    path = folder / "second.yaml"
    marks = "[{criterion: safety, level: 2}, {criterion: explains, level: 2}]"
    text = SHEET.replace("work: heel", "work: observed").replace("rubric: case", "rubric: session")
    path.write_text(text.replace("[{criterion: clear, level: 1}]", marks), "utf-8")
    return path


def test_a_sheet_on_a_session_takes_its_protocol_from_the_submission(
    studio: Path, on: date, tmp_path: Path
) -> None:
    """(1 + 1 + 1) / 3 = 100 %: the cycles are those of the record, whoever marks."""
    sheet = second_sheet(tmp_path / "marks")
    marked = receive(studio, on).marked()
    assert results(score_path(sheet, on, marked=marked)) == [("observed", "pass", 100)]


def test_a_sheet_that_lies_in_the_portfolio_takes_it_from_there(studio: Path, on: date) -> None:
    assert results(score_path(second_sheet(studio), on)) == [("observed", "pass", 100)]


def test_without_the_session_its_cycles_have_no_level(
    studio: Path, on: date, tmp_path: Path
) -> None:
    shutil.copytree(studio / "program", tmp_path / "marks" / "program")
    sheet = second_sheet(tmp_path / "marks")
    assert results(score_path(sheet, on)) == [("observed", "incomplete", None)]


def test_a_sheet_is_not_scored_against_another_submission(
    studio: Path, on: date, tmp_path: Path
) -> None:
    sheet = second_sheet(tmp_path / "marks")
    marked = receive(studio, on).marked()
    sheet.write_text(f"{sheet.read_text('utf-8')}submission: {marked.digest}\n", "utf-8")
    assert results(score_path(sheet, on, marked=marked)) == [("observed", "pass", 100)]
    replace(studio / "observation.yaml", "level: 1", "level: 2")
    with pytest.raises(UsageError, match="is about another submission"):
        score_path(sheet, on, marked=receive(studio, on).marked())


@pytest.mark.parametrize("name", ["", "observation.yaml"])
def test_what_is_no_sheet_needs_no_submission(studio: Path, on: date, name: str) -> None:
    with pytest.raises(UsageError, match="is no mark sheet"):
        score_path(studio / name, on, marked=receive(studio, on).marked())
