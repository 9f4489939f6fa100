"""Tables for spreadsheets that no spreadsheet takes for a program.

A text that begins like a formula is run by the spreadsheet that opens it, whoever wrote it: a
candidate's title or a grader's note could send the office's table anywhere (CWE-1236).
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from casebook.characters import shown
from casebook.errors import UsageError

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CellKind = Literal["text", "number", "percent", "date"]
"""percent: 0 to 100, as everywhere in casebook."""

Cell: TypeAlias = str | int | float | date | None

ROWS_AT_MOST: Final = 1_048_575
TEXT_AT_MOST: Final = 32_767
"""What a sheet and a cell of Excel hold, the heading not counted (its published limits)."""

_CUT: Final = "… (cut)"

_STARTS: Final = "[=+\\-@＝＋－＠]"
"""Fullwidth signs are taken for plain ones where East Asian input is set."""

_BEGINS: Final = re.compile(rf"[\s\"'\u200b\ufeff]*{_STARTS}|[\t\r]")
# Why inside a text too: a spreadsheet set to another list separator begins a new cell at a
# semicolon or a tab, whatever quotation marks say.
_INSIDE: Final = re.compile(rf"(?<=[;\t\r\n])(?=(?:[^\S\t\r\n]|[\"'\u200b\ufeff])*{_STARTS})")
_GUARD: Final = "'"
_SURROGATES: Final = re.compile("[\ud800-\udfff]")

_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SHEET_NAME: Final = 31
_RESERVED_NAME: Final = "history"

_NARROWEST: Final = 8
_WIDEST: Final = 60
_FORMATS: Final[dict[CellKind, dict[str, Any]]] = {
    "text": {"text_wrap": True, "valign": "top"},
    "number": {"valign": "top"},
    "percent": {"num_format": "0.0%", "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
}
# Why a fixed moment: the same table gives the same bytes.
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what its cells hold."""

    name: str
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading; every row has one cell for each column, None where there is none.

    Raises:
        TypeError: A cell is not of its column's kind, or a row has another length.
        ValueError: A number is not finite: no cell says "nan".
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise TypeError(f"a row has {len(row)} cells, and {len(self.columns)} columns")
            for column, cell in zip(self.columns, row, strict=True):
                _hold(column, cell)


def csv_bytes(table: Table) -> bytes:
    """A table as CSV (RFC 4180): commas, decimal points, lines that end in CR and LF.

    Texts stand in quotation marks and numbers never do; a text that a spreadsheet would run gets
    an apostrophe in front. It begins with a byte order mark, since Excel reads every other CSV in
    the code page of its machine and spoils each umlaut.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([guarded(column.name) for column in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(*tables: Table) -> bytes:
    """Tables as an Excel workbook, a sheet each: real dates, real numbers, no formula.

    Their titles name the sheets and differ; the first one's names the workbook.

    Raises:
        UsageError: There are more rows than a sheet holds.
    """
    from xlsxwriter import Workbook

    for table in tables:
        _refuse_too_long(table)
    content = io.BytesIO()
    book = Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False},
    )  # fmt: skip
    title = _storable(tables[0].title)
    book.set_properties({"title": title, "created": _MADE.replace(tzinfo=None)})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format(looks) for kind, looks in _FORMATS.items()}
    # Why: a cell that is edited would become the formula that its text looks like.
    harmless = book.add_format({**_FORMATS["text"], "quote_prefix": True})
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.title))
        for index, column in enumerate(table.columns):
            width = _width(column, [row[index] for row in table.rows])
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, _storable(column.name), heading)
            for number, row in enumerate(table.rows, 1):
                cell = row[index]
                runs = isinstance(cell, str) and guarded(cell) != cell
                look = harmless if runs else formats[column.kind]
                _put(sheet, (number, index), cell, column.kind, look)
        sheet.freeze_panes(1, 0)
        if table.rows and table.columns:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return content.getvalue()


def _refuse_too_long(table: Table) -> None:
    if len(table.rows) > ROWS_AT_MOST:
        raise UsageError(
            f"{len(table.rows):,} rows are more than a sheet of Excel holds ({ROWS_AT_MOST:,})",
            hint="write CSV instead",
        )


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe stands before each start of a formula.

    Source:
        OWASP, "CSV Injection": ``=``, ``+``, ``-``, ``@``, tab and carriage return, and the
        separators and quotation marks by which one gets to the start of a cell.
    """
    safe = _INSIDE.sub(_GUARD, text)
    return f"{_GUARD}{safe}" if _BEGINS.match(text) else safe


def _hold(column: Column, cell: Cell) -> None:
    if cell is None:
        return
    if column.kind == "text":
        fits = isinstance(cell, str)
    elif column.kind == "date":
        fits = isinstance(cell, date) and not isinstance(cell, datetime)
    else:
        fits = isinstance(cell, int | float) and not isinstance(cell, bool)
    if not fits:
        raise TypeError(f"{column.name}: {type(cell).__name__} is no {column.kind}")
    if isinstance(cell, float) and not math.isfinite(cell):
        raise ValueError(f"{column.name}: {cell} is no number that a table holds")


def _csv_cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(_storable(cell)) if isinstance(cell, str) else cell


def _put(
    sheet: "Worksheet", place: tuple[int, int], cell: Cell, kind: CellKind, look: object
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        text = _storable(cell)
        fitting = text if len(text) <= TEXT_AT_MOST else text[: TEXT_AT_MOST - len(_CUT)] + _CUT
        sheet.write_string(*place, fitting, look)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, datetime.combine(cell, time()), look)
    else:
        sheet.write_number(*place, cell / 100 if kind == "percent" else cell, look)


def _storable(text: str) -> str:
    """A text without halves of characters, which no encoding holds, and nothing in secret."""
    return shown(_SURROGATES.sub("\ufffd", text))


def _sheet_name(title: str) -> str:
    """A name that Excel takes for a sheet: short, and without the signs it refuses."""
    name = _NOT_IN_SHEET_NAMES.sub(" ", _storable(title))[:_SHEET_NAME].strip("' ")
    return "Table" if not name or name.casefold() == _RESERVED_NAME else name


def _width(column: Column, cells: Sequence[Cell]) -> int:
    """A width, in characters, that shows most of a column."""
    longest = max(map(len, _shown(column, cells)), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _shown(column: Column, cells: Sequence[Cell]) -> Iterator[str]:
    yield column.name
    for cell in cells:
        if isinstance(cell, str):
            yield max(cell.split("\n"), key=len)
        elif isinstance(cell, date):
            yield cell.isoformat()
        elif cell is not None:
            yield f"{cell:.6g}"
