"""Writes a report: as text for people, as JSON for programs, as annotations for GitHub."""

import json
import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from casebook.characters import piled_marks
from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.diagnostics.place import Span

Style: TypeAlias = Callable[[str, str], str]
"""Dresses a text in a role (error, warning, note, place, gutter, hint) for a terminal."""

_SHOWN_COLUMNS: Final = 100
_INDENT: Final = "  "
_GUTTER: Final = len("99999 | ")
_CONTROLS: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that a terminal obeys or hides, or that end a line where none should end."""

_HIDING: Final = frozenset("\u034f\u115f\u1160\u3164\uffa0")
"""Letters and marks that take room, or none, without anything to be seen."""

_SELECTORS: Final = range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)
_NOT_PLAIN: Final = re.compile(r"[^\n -~]")
_LINE_BREAK: Final = re.compile("\r\n|\r|\n")
_FOUR_DIGITS: Final = 0xFFFF


def plain(text: str, _: str) -> str:
    """Dress nothing: for files and pipes."""
    return text


def text_report(
    report: Report,
    sources: Mapping[str, bytes] | None = None,
    style: Style = plain,
    width: int | None = None,
) -> str:
    """The findings as text, with how many there are in the last line.

    Args:
        report: The findings.
        sources: The content of files by their paths, for showing the lines that are at fault.
        style: Dresses the parts.
        width: Columns of a terminal: the remedy then stands on lines of its own. Without it each
            finding is one line, ``path:line:column: CODE fact; remedy``.
    """
    if width is None:
        blocks = [_line(finding, style) for finding in report.findings]
    else:
        blocks = [_block(each, sources or {}, style, width) for each in report.findings]
    return "\n".join((*blocks, summary_line(report, style)))


def summary_line(report: Report, style: Style = plain) -> str:
    """How many of what was found, in one line."""
    files = _count(report.files, "file")
    parts = [
        style(_count(number, severity.value), severity.value)
        for severity in Severity
        if (number := report.count(severity))
    ]
    return f"{files} checked: {', '.join(parts) if parts else 'nothing to report'}"


def report_values(report: Report) -> dict[str, Any]:
    """The report as plain values: ``findings`` and ``summary``."""
    return {
        "findings": [finding_values(finding) for finding in report.findings],
        "summary": {
            "files": report.files,
            **{f"{severity}s": report.count(severity) for severity in Severity},
        },
    }


def finding_values(finding: Finding) -> dict[str, Any]:
    """One finding as plain values."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.place.path,
        "line": finding.place.span.line,
        "column": finding.place.span.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def json_text(values: object, *, ascii_only: bool = False) -> str:
    """Values as JSON that is safe on a terminal: what it would obey or hide is escaped.

    Args:
        values: Plain values.
        ascii_only: Escape everything else that is not ASCII too, for streams that cannot hold it.
    """
    text = json.dumps(values, indent=2, ensure_ascii=False)
    if ascii_only:
        return _NOT_PLAIN.sub(lambda found: _in_json(found[0]), text)
    return _replaced(text, _in_json, keeping="\n")


def github_report(report: Report) -> str:
    """Workflow commands that GitHub shows beside the line."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    return "\n".join(
        f"::{levels[finding.severity]} file={_property(finding.place.path)},"
        f"line={finding.place.span.line},col={finding.place.span.column},"
        f"title={_property(finding.code)}::{_data(_sentence(finding))}"
        for finding in report.findings
    )


def visible(text: str) -> str:
    """Show what a terminal would obey or hide: its characters are escaped.

    Escaped are control and direction characters, what takes no room, and of the marks on one letter
    those that no writing has, since they would be painted over other lines.
    """
    if text.isascii() and text.isprintable():
        return text
    return _replaced(text, _escaped)


def _replaced(text: str, escape: Callable[[str], str], keeping: str = "") -> str:
    piled = {at for trick in piled_marks(text) for at in range(trick.start, trick.end)}
    return "".join(
        escape(char) if at in piled or (_controls(char) and char not in keeping) else char
        for at, char in enumerate(text)
    )


def _controls(char: str) -> bool:
    return (
        unicodedata.category(char) in _CONTROLS
        or char in _HIDING
        or any(ord(char) in each for each in _SELECTORS)
    )


def _escaped(char: str) -> str:
    number = ord(char)
    return f"\\u{number:04x}" if number <= _FOUR_DIGITS else f"\\U{number:08x}"


def _in_json(char: str) -> str:
    """Escape a character as JSON has it: by its one or two units of UTF-16."""
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _line(finding: Finding, style: Style) -> str:
    hint = f"; {style(visible(finding.hint), 'hint')}" if finding.hint else ""
    return f"{_where(finding, style)} {visible(finding.message)}{hint}"


def _block(finding: Finding, sources: Mapping[str, bytes], style: Style, width: int) -> str:
    """A finding for reading: the fact, the line with a caret, and the remedy below."""
    place = finding.place
    grave = finding.severity is Severity.ERROR
    message = finding.message if grave else f"{finding.severity.value}: {finding.message}"
    facts = _wrapped(message, width, first=len(_where(finding, plain)) + 1)
    lines = [f"{_where(finding, style)} {facts[0]}", *(_INDENT + more for more in facts[1:])]
    columns = min(_SHOWN_COLUMNS, max(width - _GUTTER, _GUTTER))
    if content := sources.get(place.path):
        lines += _excerpt(content, place.span, finding.severity, style, columns)
    if finding.hint:
        lines += [_INDENT + style(line, "hint") for line in _wrapped(finding.hint, width)]
    return "\n".join((*lines, ""))


def _where(finding: Finding, style: Style) -> str:
    place = finding.place
    where = f"{visible(place.path)}:{place.span.line}:{place.span.column}:"
    return f"{style(where, 'place')} {style(finding.code, finding.severity.value)}"


def _wrapped(text: str, width: int, first: int = len(_INDENT)) -> list[str]:
    """Break a text into lines that fit below an indent, the first behind ``first`` columns."""
    filler = "." * (first - len(_INDENT))
    lines = textwrap.wrap(
        f"{filler}{visible(text)}",
        max(width - len(_INDENT), _SHOWN_COLUMNS // 4),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [lines[0].removeprefix(filler), *lines[1:]] if lines else [""]


def _excerpt(
    content: bytes, span: Span, severity: Severity, style: Style, columns: int
) -> list[str]:
    """The line, cut to ``columns`` where it is longer, and a line with a caret under the place."""
    lines = _LINE_BREAK.split(content.decode("utf-8-sig", "replace"))
    if not span.line <= len(lines) or not lines[span.line - 1].strip():
        return []
    text = lines[span.line - 1].replace("\t", " ")
    first = span.column - 1
    last = span.end_column - 1 if span.end_line == span.line else len(text)
    start = max(0, first - columns // 2) if len(text) > columns else 0
    before = visible(text[start:first])
    marked = visible(text[first : max(last, first + 1)]) or " "
    carets = "^" * max(1, min(_width(marked), columns - _width(before)))
    gutter = f"{span.line:>{_GUTTER - 3}} | "
    pad = "| ".rjust(_GUTTER) + " " * _width(before)
    return [
        f"{style(gutter, 'gutter')}{visible(text[start : start + columns])}",
        f"{style(pad, 'gutter')}{style(carets, severity.value)}",
    ]


def _width(text: str) -> int:
    """Terminal columns a text takes: wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _sentence(finding: Finding) -> str:
    return f"{finding.message}; {finding.hint}" if finding.hint else finding.message


def _data(text: str) -> str:
    """A text as GitHub reads it: its own marks, and what a terminal obeys, are escaped."""
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"
