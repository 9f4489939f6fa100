"""What a text hides from its readers, as findings: the tricks of ``casebook.characters``."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from typing import Final

from casebook import limits
from casebook.characters import Trick, TrickKind, tricks
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code, Finding, Severity
from casebook.diagnostics.place import Place, Span

_LISTED: Final = 20
"""So many tricks of one kind are listed for a file."""

_LINE_START: Final = re.compile("\r\n|\r|\n|^")

_CODES: Final[Mapping[TrickKind, Code]] = {
    "control": codes.CONTROL_CHARACTER,
    "direction": codes.TURNED_ROUND,
    "marks": codes.PILED_MARKS,
    "unseen": codes.UNSEEN_CHARACTER,
    "tag": codes.HIDDEN_LETTERS,
    "selector": codes.EMPTY_SELECTOR,
}

_FIRST_TAG: Final = 0xE0000
_BLANK_TAG: Final = "\U000e001f"
_SHOWN: Final = 40


def unseen_findings(path: str, text: str) -> tuple[Finding, ...]:
    """What a whole file hides, in values, keys and comments, each at its place.

    JSON is written by programs; it is not warned of what people slip in without harm.
    """
    listed = _listed(text, warning=not is_json(text))
    if not listed:
        return ()
    starts = [found.end() for found in _LINE_START.finditer(text)]
    findings = []
    for trick in listed:
        line = bisect_right(starts, trick.start)
        column = trick.start - starts[line - 1] + 1
        span = Span(line, column, line, column + trick.end - trick.start)
        findings.append(_finding(trick, text, Place(path, span)))
    return tuple(findings)


def is_json(text: str) -> bool:
    """Whether a file is written in JSON, as casebook's own records are."""
    return text.lstrip().startswith("{")


def escaped_findings(text: str, place: Place, *, warning: bool) -> tuple[Finding, ...]:
    """What a value in double quotes hides by escapes, which its line does not show, at a place."""
    return tuple(_finding(trick, text, place) for trick in _listed(text, warning=warning))


def _listed(text: str, *, warning: bool) -> list[Trick]:
    counts: Counter[TrickKind] = Counter()
    listed = []
    for trick in tricks(text):
        if not warning and _CODES[trick.kind].severity is Severity.WARNING:
            continue
        counts[trick.kind] += 1
        if counts[trick.kind] <= _LISTED:
            listed.append(trick)
    return listed


def _finding(trick: Trick, text: str, place: Place) -> Finding:
    message, hint = _said(trick, text[trick.start : trick.end])
    return _CODES[trick.kind].at(place, message, hint)


def _said(trick: Trick, stretch: str) -> tuple[str, str]:
    """The fact and the remedy."""
    match trick.kind:
        case "control":
            fact = f"{_code(trick.first)} stands here, which cannot be seen"
            remedy = "remove it"
        case "direction":
            fact = f"{_named(trick.first)} can show this text in another order than it is read in"
            remedy = "remove it; Hebrew and Arabic run to the left by themselves"
        case "marks":
            most = limits.COMBINING_MARKS
            fact = f"one letter has {len(stretch) + most} marks; at most {most} are taken"
            remedy = "leave the marks that the word is written with"
        case "unseen":
            fact = f"{_named(trick.first)} stands here, and nothing here needs it"
            remedy = "type the word again; such characters come along with text that is copied"
        case "tag":
            letters = "".join(chr(ord(each) - _FIRST_TAG) for each in stretch if each > _BLANK_TAG)
            fact = f"invisible letters stand here: {letters[:_SHOWN]!r}"
            remedy = "remove them; delete what stands around them, and type it again"
        case "selector":
            fact = f"{_named(trick.first)} stands behind a character that has no other form"
            remedy = "type the character again"
    return fact, remedy


def _named(character: str) -> str:
    return f"{_code(character)} {unicodedata.name(character, 'without a name')}"


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
