"""Reads judges' estimates from a CSV table, with the place of every cell.

Why not Python's csv module: it forgets the columns, and joins rows where a quotation mark is left
open. Commas, semicolons and tabs part cells, because spreadsheets write all three.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place, Span
from casebook.domain.marking.judgement import JudgementRow
from casebook.domain.record import MOST
from casebook.limits import LINE_CHARACTERS
from casebook.source.encoding import decode
from casebook.source.reader import quoted
from casebook.source.unseen import unseen_findings

NEEDED: Final = ("judge", "item", "expected")
COLUMNS: Final = ("round", *NEEDED, "top")
"""``round`` is 1 where there is no such column."""

MOST_ROUNDS: Final = 20

_MOST_LISTED: Final = 100
_SEPARATORS: Final = ",;\t"
_SEPARATOR_LINE: Final = re.compile(r"sep=.\s*", re.IGNORECASE)
"""What some spreadsheets want as the first line."""
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_COMMA_NUMBER: Final = re.compile(r"\d{1,9},\d{1,9}")
_START: Final = "begin with the line: round,judge,item,expected"


@dataclass(frozen=True, slots=True)
class JudgementReading:
    """The rows that could be read, and what is wrong with the others."""

    rows: tuple[JudgementRow, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of a file, the columns by their number, and what was found so far."""

    path: str
    separator: str
    columns: tuple[str, ...]
    findings: list[Finding] = field(default_factory=list)


def read_judgements(path: str, content: bytes) -> JudgementReading:
    """Read a judges' table.

    Args:
        path: What findings call the file.
        content: UTF-8 text, with or without a byte order mark. Its first line names the columns
            ``judge``, ``item`` and ``expected``, and may name ``round`` and ``top``, in any order.
    """
    text = decode(path, content)
    if isinstance(text, Finding):
        return JudgementReading((), (text,))
    lines = [
        (number, line)
        for number, line in enumerate(re.split("\r\n|\r|\n", text), 1)
        if line.strip() and not (number == 1 and _SEPARATOR_LINE.fullmatch(line))
    ]
    if not lines:
        return JudgementReading((), (codes.EMPTY_FILE.at(Place(path), "nothing is in it", _START),))
    table = _with_columns(path, *lines[0])
    if table.findings:
        return JudgementReading((), tuple(table.findings))
    rows = [row for number, line in lines[1:] if (row := _row(table, number, line))]
    if not rows and not table.findings:
        table.findings.append(
            codes.EMPTY_FILE.at(Place(path), "no estimate stands below the columns' names", _START)
        )
    return JudgementReading(tuple(rows), (*unseen_findings(path, text), *table.findings))


def listed(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """As many findings as somebody mends at once, and how many more there are."""
    left = len(findings) - _MOST_LISTED
    if left <= 0:
        return tuple(findings)
    more = codes.MORE_FAULTS.at(
        findings[_MOST_LISTED - 1].place,
        f"{left:,} more faults like these are not listed",
        "mend these first; is this a table of judges' estimates?",
    )
    return (*findings[:_MOST_LISTED], more)


def _with_columns(path: str, number: int, line: str) -> _Table:
    separator = max(_SEPARATORS, key=line.count)
    cells = _cells(path, number, line, separator)
    if isinstance(cells, Finding):
        return _Table(path, separator, (), [cells])
    names = tuple(cell.text.casefold() for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    return _Table(path, separator, names, list(_faults_of_columns(names, cells)))


def _faults_of_columns(names: Sequence[str], cells: Sequence[_Cell]) -> Iterator[Finding]:
    for at, (name, cell) in enumerate(zip(names, cells, strict=False)):
        if name in names[:at]:
            yield codes.KEY_TWICE.at(cell.place, f"the column {quoted(name)} stands here again")
        elif name not in COLUMNS:
            close = get_close_matches(name, COLUMNS, n=1)
            hint = f"did you mean `{close[0]}`?" if close else f"known: {', '.join(COLUMNS)}"
            yield codes.UNKNOWN_KEY.at(cell.place, f"no column is called {quoted(cell.text)}", hint)
    for name in NEEDED:
        if name not in names:
            yield codes.MISSING_KEY.at(cells[0].place, f"the column `{name}` is missing", _START)


def _row(table: _Table, number: int, line: str) -> JudgementRow | None:
    """The row, or None when it is blank or at fault; faults are kept with the table."""
    cells = _cells(table.path, number, line, table.separator)
    if isinstance(cells, Finding):
        table.findings.append(cells)
        return None
    if not any(cell.text for cell in cells):
        return None
    extra = [cell for cell in cells[len(table.columns) :] if cell.text]
    if extra or len(cells) < len(table.columns):
        table.findings.append(_wrong_count(table, cells, extra))
        return None
    by_column = dict(zip(table.columns, cells, strict=False))
    before = len(table.findings)
    table.findings.extend(_faults_of_text(by_column))
    number_in = partial(_number, table, by_column)
    round_number = number_in("round") if "round" in by_column else 1.0
    expected = number_in("expected")
    top = number_in("top") if "top" in by_column else None
    if len(table.findings) > before or round_number is None or expected is None:
        return None
    places = {name: cell.place for name, cell in by_column.items()}
    judge, item = by_column["judge"].text, by_column["item"].text
    return JudgementRow(int(round_number), judge, item, expected, top, places)


def _wrong_count(table: _Table, cells: Sequence[_Cell], extra: Sequence[_Cell]) -> Finding:
    place = extra[0].place if extra else cells[-1].place
    hint = "each column has one cell in each row; an empty one keeps its separator"
    if extra and table.separator == ",":
        hint = "a decimal is written with a point: 1.5; a comma in a name wants quotation marks"
    return codes.BROKEN_TABLE.at(
        place, f"this row has {len(cells)} cells, and there are {len(table.columns)} columns", hint
    )


def _faults_of_text(cells: Mapping[str, _Cell]) -> Iterator[Finding]:
    for name in ("judge", "item"):
        cell = cells[name]
        if not cell.text:
            yield codes.MISSING_KEY.at(cell.place, f"the cell `{name}` is empty", "fill it in")
        elif len(cell.text) > LINE_CHARACTERS:
            yield codes.TOO_LONG.at(
                cell.place, f"longer than the {LINE_CHARACTERS} characters taken", "shorten it"
            )


def _number(table: _Table, cells: Mapping[str, _Cell], name: str) -> float | None:
    """The number in a cell; None, with a finding, where there is none that can be."""
    cell = cells[name]
    text = cell.text
    if table.separator != "," and _COMMA_NUMBER.fullmatch(text):
        text = text.replace(",", ".")
    if not text:
        fault = codes.MISSING_KEY.at(
            cell.place, f"the cell `{name}` is empty", "an estimate that is missing is no zero"
        )
    elif not _NUMBER.fullmatch(text):
        code = codes.OUT_OF_RANGE if _NUMBER.fullmatch(text[1:]) else codes.WRONG_TYPE
        fault = code.at(
            cell.place,
            f"{quoted(cell.text)} is no number that can stand under `{name}`",
            "write digits alone, with a point for decimals: 1.5",
        )
    elif (limits := _out_of_limits(name, float(text))) is not None:
        fault = codes.OUT_OF_RANGE.at(cell.place, f"`{name}` is {limits}", "a slip of the pen?")
    else:
        return float(text)
    table.findings.append(fault)
    return None


def _out_of_limits(name: str, value: float) -> str | None:
    if name == "round" and not (value.is_integer() and 1 <= value <= MOST_ROUNDS):
        return f"a whole number from 1 to {MOST_ROUNDS}"
    if name == "top" and value <= 0:
        return "the item's highest points, above 0"
    return f"at most {MOST:,}" if value > MOST else None


def _cells(path: str, number: int, line: str, separator: str) -> list[_Cell] | Finding:
    """Cut one line into cells, by the rules of RFC 4180 but for line breaks inside of quotes."""
    pattern = _pattern(separator)
    cells: list[_Cell] = []
    at = 0
    while at <= len(line):
        found = pattern.match(line, at)
        if found is None:
            return codes.BROKEN_TABLE.at(
                Place(path, Span(number, at + 1, number, len(line) + 1)),
                "a quotation mark in this cell has no partner on the line",
                'put the whole cell in quotation marks, and double those inside: "say ""ah"""',
            )
        if found["inside"] is None:
            text, start, end = found["plain"].strip(), *found.span("plain")
        else:
            text, start, end = found["inside"].replace('""', '"').strip(), *found.span("inside")
            start, end = start - 1, end + 1
        cells.append(_Cell(text, Place(path, Span(number, start + 1, number, end + 1))))
        at = found.end() + 1
    return cells


def _pattern(separator: str) -> re.Pattern[str]:
    cut = re.escape(separator)
    blank = "[ ]*" if separator == "\t" else r"[ \t]*"
    return re.compile(
        rf'{blank}(?:"(?P<inside>(?:[^"]|"")*)"{blank}|(?P<plain>[^"{cut}]*))(?={cut}|$)'
    )
