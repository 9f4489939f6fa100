"""Writes a report: as text for people, as JSON for programs, as annotations for GitHub."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.diagnostics.place import Span

Style: TypeAlias = Callable[[str, str], str]
"""Dresses a text in a role (error, warning, note, place, caret, hint) for a terminal."""

_SHOWN_COLUMNS: Final = 100


def plain(text: str, _: str) -> str:
    """Dress nothing: for files and pipes."""
    return text


def text_report(
    report: Report, sources: Mapping[str, bytes] | None = None, style: Style = plain
) -> str:
    """One finding a line, with its line of the file below it where ``sources`` has it."""
    blocks = [_block(finding, sources or {}, style) for finding in report.findings]
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


def json_report(report: Report) -> str:
    """The report as JSON: ``findings`` and ``summary``."""
    return json.dumps(report_values(report), indent=2, ensure_ascii=False)


def report_values(report: Report) -> dict[str, Any]:
    """The report as plain values."""
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
    """Show what a terminal would obey or hide: control and direction characters are escaped."""
    return "".join(
        f"\\u{ord(char):04x}" if unicodedata.category(char) in {"Cc", "Cf", "Cs"} else char
        for char in text
    )


def _block(finding: Finding, sources: Mapping[str, bytes], style: Style) -> str:
    place = finding.place
    where = f"{visible(place.path)}:{place.span.line}:{place.span.column}:"
    code = style(finding.code, finding.severity.value)
    hint = f"; {style(visible(finding.hint), 'hint')}" if finding.hint else ""
    line = f"{style(where, 'place')} {code} {visible(finding.message)}{hint}"
    excerpt = _excerpt(sources.get(place.path), place.span, finding.severity, style)
    return f"{line}\n{excerpt}" if excerpt else line


def _excerpt(content: bytes | None, span: Span, severity: Severity, style: Style) -> str | None:
    """The line with a caret under the place, cut to a window where it is very long."""
    if content is None:
        return None
    lines = content.decode("utf-8-sig", "replace").splitlines()
    if not span.line <= len(lines) or not lines[span.line - 1].strip():
        return None
    text = lines[span.line - 1]
    first = span.column - 1
    last = span.end_column - 1 if span.end_line == span.line else len(text)
    start = max(0, first - _SHOWN_COLUMNS // 2) if len(text) > _SHOWN_COLUMNS else 0
    shown = text[start : start + _SHOWN_COLUMNS]
    before = visible(text[start:first].replace("\t", " "))
    marked = visible(text[first : max(last, first + 1)].replace("\t", " ")) or " "
    carets = "^" * max(1, min(_width(marked), _SHOWN_COLUMNS - _width(before)))
    gutter = f"{span.line:>5} | "
    pad = " " * (len(gutter) - 2) + "| " + " " * _width(before)
    body = visible(shown.replace("\t", " "))
    return f"{style(gutter, 'gutter')}{body}\n{pad}{style(carets, severity.value)}"


def _width(text: str) -> int:
    """Terminal columns a text takes: wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _sentence(finding: Finding) -> str:
    return f"{finding.message}; {finding.hint}" if finding.hint else finding.message


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
