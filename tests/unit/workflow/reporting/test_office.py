"""The office's tables: a row for each submission and each work, and nothing a spreadsheet runs."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from casebook.domain.outcome.issued import IssuedResult
from casebook.errors import UsageError
from casebook.workflow.reporting.office import OfficeSummary, sum_up_results, write_tables
from tests.portfolios.results import MakeResult, written


@pytest.fixture
def folder(tmp_path: Path, result: MakeResult) -> Path:
    """A pass, a fail with a formula for a name, and a result that an appeal has replaced.

    Each grader's levels of safety and of why, of 2 each, weighted alike: (2, 1) is 75 %,
    (1, 1) is 50 %, (2, 0) is 50 %, (0, 2) is 50 %.
    """
    found = tmp_path / "results"
    written(
        found / "a.result.json", result({"ames": (2, 1), "brandt": (1, 1)}, submission="aa" * 32)
    )
    formula = '=HYPERLINK("https://example.org")'
    written(
        found / "b.result.json",
        result({"ames": (0, 2), "castell": (0, 1)}, candidate=formula, submission="bb" * 32),
    )
    old = result({"ames": (2, 0)}, submission="cc" * 32, candidate="Zoë")
    written(found / "c.result.json", old)
    written(found / "c.after-appeal.result.json", followed(old, result))
    return found


def followed(old: IssuedResult, result: MakeResult) -> IssuedResult:
    follows = {"result": old.digest, "appeal": "2e" * 32, "outcome": "upheld", "reason": "Anew."}
    levels = {"dunne": (2, 1)}
    return result(
        levels, submission=old.submission, candidate="Zoë", follows=follows,
        issued=date(2026, 11, 2), appeal_until=None,
    )  # fmt: skip


def workbook(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def column(summary: OfficeSummary, name: str) -> list[object]:
    at = [each.name for each in summary.submissions.columns].index(name)
    return [row[at] for row in summary.submissions.rows]


def test_only_results_that_count_are_in_the_figures(folder: Path) -> None:
    overview = sum_up_results([folder]).overview
    assert overview.submissions == {"pass": 2, "fail": 1, "incomplete": 0}
    assert overview.works == {"pass": 2, "fail": 1, "incomplete": 0}
    assert (overview.replaced, overview.graders) == (1, 4)
    assert overview.rules == {"within-tolerance": 3}
    assert overview.last_appeal == date(2026, 11, 9)


def test_a_replaced_result_keeps_its_row_and_says_so(folder: Path) -> None:
    summary = sum_up_results([folder])
    assert column(summary, "counts") == ["yes", "yes", "no", "yes"]
    assert column(summary, "appeal") == [None, None, None, "upheld"]
    # (75 + 50) / 2 = 62.5, which is the pass mark; (50 + 25) / 2 = 37.5; 50; 75.
    assert column(summary, "lowest margin") == [-25.0, 0.0, -12.5, 12.5]


def test_a_workbook_has_both_tables_with_numbers_and_days_as_such(
    folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "summary.xlsx"
    write_tables(sum_up_results([folder]), target)
    book = workbook(target)
    assert book.sheetnames == ["Submissions", "Works"]
    names = [cell.value for cell in book["Works"][1]]
    rows = [
        dict(zip(names, (cell.value for cell in row), strict=True))
        for row in book["Works"].iter_rows(min_row=2)
    ]
    assert [row["total"] for row in rows] == [0.375, 0.625, 0.5, 0.75]
    assert {row["pass mark"] for row in rows} == {0.625}
    assert rows[1]["graders' totals"] == "Ames 75; Brandt 50"
    assert rows[0]["must-pass failed"] == "Safety"
    assert rows[0]["issued"] == datetime(2026, 10, 12)  # noqa: DTZ001 - a day of a spreadsheet
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 100
    assert not any(cell.data_type == "f" for cell in cells)


def test_a_csv_file_has_one_of_the_tables_and_runs_nothing(folder: Path, tmp_path: Path) -> None:
    summary = sum_up_results([folder])
    found = {}
    for rows in ("submissions", "works"):
        target = tmp_path / f"{rows}.csv"
        write_tables(summary, target, rows=rows)
        found[rows] = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert len(found["submissions"]) == len(found["works"]) == 4
    assert found["submissions"][0]["candidate"].startswith("'=HYPERLINK")
    assert found["works"][0]["total"] == "37.5"


def test_a_total_below_the_pass_mark_never_reads_as_the_pass_mark(
    tmp_path: Path, result: MakeResult
) -> None:
    """62.49 % rounded to a place is the pass mark of 62.5 %; it is cut instead."""
    whole = result({"ames": (2, 1)})
    work = whole.works[0].model_copy(update={"percent": 62.49, "result": "fail"})
    written(tmp_path / "a.result.json", whole.model_copy(update={"works": (work,)}))
    summary = sum_up_results([tmp_path])
    at = [each.name for each in summary.works.columns].index("total")
    assert summary.works.rows[0][at] == 62.4


def test_a_table_is_a_workbook_or_csv_and_replaces_nothing(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"neither a \.csv nor an \.xlsx"):
        sum_up_results([folder], tmp_path / "summary.ods")
    mine = tmp_path / "mine.csv"
    mine.write_text("my own")
    with pytest.raises(UsageError, match="casebook did not make it"):
        write_tables(sum_up_results([folder]), mine)
    assert mine.read_text() == "my own"
    write_tables(sum_up_results([folder]), mine, force=True)
    assert mine.read_text() != "my own"


def test_without_a_result_there_is_advice(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        sum_up_results([tmp_path])
