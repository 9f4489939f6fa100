"""CSV as other programs and spreadsheets write it: any separator, any line end, either decimal."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from casebook.diagnostics.finding import Finding
from casebook.exchange.foreign import fault

_SEPARATORS: Final = ",;\t"
_BYTE_ORDER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_WESTERN: Final = "cp1252"
_NUMBER: Final = re.compile(r"(\d{1,7})(?:[.,](\d{1,6}))?|[.,](\d{1,6})")
_EXCELS_LINE: Final = re.compile(r"\Asep=.\r?\n")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a CSV and the line that it begins on."""

    line: int
    cells: tuple[str, ...]

    def cell(self, index: int | None) -> str:
        """The text of a cell, nothing where the row is too short or there is no such column."""
        return self.cells[index].strip() if index is not None and index < len(self.cells) else ""


def decoded(content: bytes) -> str:
    """The text of a CSV: UTF-8, UTF-16 with its mark, or the code page of western Windows."""
    if content.startswith(_BYTE_ORDER_MARKS):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(_WESTERN, "replace")


def read_rows(path: str, text: str) -> tuple[Row, ...] | Finding:
    """The rows of a CSV that hold anything, the heading first; else what is wrong with it."""
    # Why: a first line that only names the separator is Excel's own, and no heading.
    body = _EXCELS_LINE.sub("", text)
    skipped = text.count("\n", 0, len(text) - len(body))
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=_separator(body), strict=True)
    rows: list[Row] = []
    begins = 1 + skipped
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begins, tuple(cells)))
            begins = reader.line_num + 1 + skipped
    except csv.Error as error:
        hint = "look for a quotation mark that is never closed, or save the table as CSV again"
        return fault(path, begins, f"this is no CSV: {error}", hint)
    if not rows:
        return fault(path, 1, "the file holds no table", "save the table as CSV again")
    return tuple(rows)


def headings(row: Row) -> tuple[str, ...]:
    """The names of the columns: small letters, single spaces."""
    return tuple(" ".join(cell.replace("_", " ").split()).casefold() for cell in row.cells)


def column(names: Sequence[str], *wanted: str) -> int | None:
    """The first column with one of some names."""
    return next((index for index, name in enumerate(names) if name in wanted), None)


def number(text: str) -> Fraction | None:
    """A number that is not negative, with a decimal point or a decimal comma; else None."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return Fraction(f"{found[1] or 0}.{found[2] or found[3] or 0}")


def written(rows: Iterator[Sequence[str]]) -> bytes:
    """Rows as CSV (RFC 4180) in UTF-8.

    Why without a byte order mark: a platform that reads it would take the mark for a part of the
    first heading. Why no apostrophe before a formula: the platform would show it.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _separator(text: str) -> str:
    """The separator that the heading uses most; texts below it may hold any of them."""
    heading = text.lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=heading.count)
