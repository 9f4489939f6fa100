"""Tables for spreadsheets: numbers stay numbers, texts stay texts, nothing is run."""

import csv
import io
import re
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import UsageError
from casebook.exchange import tables
from casebook.exchange.tables import (
    TEXT_AT_MOST,
    Cell,
    CellKind,
    Column,
    Table,
    csv_bytes,
    guarded,
    xlsx_bytes,
)

COLUMNS = (
    Column("Candidate"),
    Column("Marks", "number"),
    Column("Total", "percent"),
    Column("Released", "date"),
)
MARKS = Table(
    "Marks: July",
    COLUMNS,
    (('Öz, "Jo"', -3.5, 72.5, date(2026, 7, 1)), ('=HYPERLINK("x")', 2, None, None)),
)

STARTS = "=+-@＝＋－＠"
hostile = st.builds(
    "{}{}{}".format,
    st.sampled_from(
        ["", " ", "\t", "\r", "\n", '"', "'", ' "', "a;", "a\t", "a\n", "\u200b", "x\r"]
    ),
    st.sampled_from([*STARTS, "==", "-1+", "=cmd|' /C calc'!A0", '@SUM("a")']),
    st.text(max_size=12),
)  # fmt: skip
texts = hostile | st.text(max_size=30)


def of_texts(*cells: str) -> Table:
    return Table("T", tuple(Column(f"c{i}") for i in range(len(cells))), (cells,))


def cells_of(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows()]


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take a cell of a CSV for a formula."""
    return re.match(rf"[\s\"\u200b\ufeff]*[{re.escape(STARTS)}]", cell) is not None


def test_csv_has_a_byte_order_mark_quoted_texts_and_bare_numbers() -> None:
    assert csv_bytes(MARKS).decode("utf-8") == (
        '\ufeff"Candidate","Marks","Total","Released"\r\n'
        '"Öz, ""Jo""",-3.5,72.5,"2026-07-01"\r\n'
        "\"'=HYPERLINK(\"\"x\"\")\",2,\"\",\"\"\r\n"
    )  # fmt: skip


@pytest.mark.parametrize("sign", [*STARTS, "\t", "\r"])
def test_each_start_of_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert guarded(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("before", ["", " ", '"', "  '", "\t", "\u200b"])
def test_what_stands_before_a_formula_does_not_hide_it(before: str) -> None:
    assert guarded(f"{before}=1").startswith("'")


@pytest.mark.parametrize("text", ["", "a = b", "left-sided", "3 - 4", "x@example.org", "\n"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.lists(texts, min_size=1, max_size=4))
def test_no_separator_makes_a_cell_of_a_csv_run(cells: list[str]) -> None:
    """The file is opened with commas, semicolons or tabs between its cells."""
    content = csv_bytes(of_texts("first", *cells)).decode("utf-8-sig")
    for separator in ",;\t":
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=separator))
        assert rows
        assert [cell for row in rows for cell in row if runs(cell)] == []


@given(st.lists(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
                min_size=1, max_size=5))  # fmt: skip
def test_numbers_of_a_csv_read_as_the_same_numbers(numbers: list[float]) -> None:
    table = Table("T", tuple(Column(str(i), "number") for i in range(len(numbers))),
                  (tuple(numbers),))  # fmt: skip
    last = csv_bytes(table).decode("utf-8-sig").splitlines()[-1]
    assert [float(each) for each in last.split(",")] == [float(each) for each in numbers]


def test_a_workbook_holds_texts_numbers_shares_and_days() -> None:
    heading, first, second = cells_of(xlsx_bytes(MARKS))
    assert [cell.value for cell in heading] == ["Candidate", "Marks", "Total", "Released"]
    assert [cell.value for cell in first] == ['Öz, "Jo"', -3.5, 0.725, datetime(2026, 7, 1)]  # noqa: DTZ001 - a day
    assert [cell.data_type for cell in first] == ["s", "n", "n", "d"]
    assert first[2].number_format == "0.0%"
    assert first[3].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in second] == ['=HYPERLINK("x")', 2, None, None]
    assert second[0].data_type == "s"
    assert second[0].quotePrefix
    assert not first[0].quotePrefix


def test_the_heading_of_a_sheet_stays_in_view_and_filters() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(MARKS))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet.title == "Marks  July"
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width


@given(st.lists(texts, min_size=1, max_size=4))
def test_no_text_becomes_a_formula_or_a_link_in_a_workbook(cells: list[str]) -> None:
    content = xlsx_bytes(of_texts(*cells, "https://example.org", "12"))
    _, row = cells_of(content)
    assert {cell.data_type for cell in row} <= {"s", "n"}
    assert all(cell.data_type == "s" or cell.value is None for cell in row)
    assert all(cell.hyperlink is None for cell in row)
    assert b"<f>" not in b"".join(_parts(content))


def _parts(content: bytes) -> list[bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [book.read(name) for name in book.namelist()]


def test_the_same_table_gives_the_same_bytes() -> None:
    """Nothing of the clock stands in a workbook: its parts carry fixed moments."""
    import zipfile

    content = xlsx_bytes(MARKS)
    assert content == xlsx_bytes(MARKS)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert {each.date_time[0] for each in book.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")


def test_a_text_longer_than_a_cell_says_that_it_is_cut() -> None:
    (_, (cell,)) = cells_of(xlsx_bytes(of_texts("x" * (TEXT_AT_MOST + 1))))
    assert len(cell.value) == TEXT_AT_MOST
    assert cell.value.endswith("… (cut)")


@pytest.mark.parametrize(
    "title, name",
    [("", "Table"), ("History", "Table"), ("[a]:b*?/\\", "a  b"), ("x" * 40, "x" * 31),
     ("'quoted'", "quoted")],
)  # fmt: skip
def test_any_title_gives_a_sheet_a_name_that_excel_takes(title: str, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Table(title, (Column("a"),), ()))))
    assert book.sheetnames == [name]


@pytest.mark.parametrize(
    "kind, cell",
    [("text", 1), ("number", "1"), ("number", True), ("percent", date(2026, 7, 1)),
     ("date", "2026-07-01"), ("date", datetime(2026, 7, 1))],  # noqa: DTZ001 - refused for its time
)  # fmt: skip
def test_a_cell_of_another_kind_than_its_column_is_refused(kind: CellKind, cell: Cell) -> None:
    with pytest.raises(TypeError, match="is no"):
        Table("T", (Column("a", kind),), ((cell,),))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        Table("T", (Column("a", "number"),), ((number,),))


def test_a_row_has_as_many_cells_as_there_are_columns() -> None:
    with pytest.raises(TypeError, match="2 columns"):
        Table("T", (Column("a"), Column("b")), (("x",),))


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_AT_MOST", 1)
    with pytest.raises(UsageError, match="more than a sheet"):
        xlsx_bytes(MARKS)
