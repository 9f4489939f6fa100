"""What the YAML parser complains of, said to someone who never heard of YAML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, what helps, and whether to point where the broken thing began."""

    message: str
    hint: str
    at_start: bool = False


NOT_CLOSED: Final = Complaint(
    "a bracket or a brace is opened here and not closed",
    "close it with ] or }, with commas between the items",
    at_start=True,
)
KEY_OUT_OF_LINE: Final = Complaint(
    "this key does not fit the lines above",
    "line it up with its neighbours; write a space after a key's colon, and quotes around a text "
    "that has one",
)
_TEXT_AFTER_QUOTE: Final = Complaint(
    "the text goes on after its closing quotation mark",
    "double a quotation mark that belongs to the text ('') or use the other kind around it",
)
_EMPTY_PLACE: Final = Complaint(
    "a value is missing here, or a comma or bracket is too much",
    "write [one, two], with one comma between two items; other text stands in quotes",
)
_BACKSLASH: Final = Complaint(
    "a backslash means something special in double quotes", "use single quotes instead"
)
_FORBIDDEN_START: Final = Complaint(
    "a text cannot begin with this character", "put the text in quotes"
)
_TEXT_BELOW: Final = Complaint(
    "nothing may follow the sign > or | on its line", "begin the text on the next line, indented"
)
_TAB: Final = Complaint("a tab stands where spaces indent", "use spaces; most editors can convert")
_HEADER_LINE: Final = Complaint(
    "a line that begins with % or ... means something special",
    "remove it, or indent it under the text it belongs to",
)

_COMPLAINTS: Final = (
    (
        "mapping values are not allowed",
        Complaint(
            "a colon stands where none can",
            'put the whole text in quotes: title: "Low back: a case report"',
        ),
    ),
    (
        "could not find expected ':'",
        Complaint(
            "a line is neither `key: value` nor part of a text",
            "write `key: value`, or indent the line under the text it belongs to",
            at_start=True,
        ),
    ),
    (
        "unexpected end of stream",
        Complaint(
            "a quotation mark is opened here and never closed",
            "close it with the same mark",
            at_start=True,
        ),
    ),
    (
        "unexpected document indicator",
        Complaint(
            "a quotation mark is opened here and never closed",
            "close it with the same mark",
            at_start=True,
        ),
    ),
    ("did not find expected ',' or", NOT_CLOSED),
    ("did not find expected key", KEY_OUT_OF_LINE),
    (
        "did not find expected '-'",
        Complaint(
            "the indent does not fit the list above", "begin each item with `- ` in one column"
        ),
    ),
    (
        "unexpected ':'",
        Complaint(
            "a colon stands inside a text between brackets",
            "write a space after a key's colon, and quotes around a text that has one",
        ),
    ),
    ("cannot start any token", _FORBIDDEN_START),
    ("mapping keys are not allowed", _FORBIDDEN_START),
    ("alphabetic or numeric character", _FORBIDDEN_START),
    ("expected whitespace", _FORBIDDEN_START),
    ("expected tag URI", _FORBIDDEN_START),
    ("expected '!'", _FORBIDDEN_START),
    ("expected '>'", _FORBIDDEN_START),
    ("octet", _FORBIDDEN_START),
    ("undefined tag handle", _FORBIDDEN_START),
    ("unknown escape character", _BACKSLASH),
    ("hexdecimal number", _BACKSLASH),
    ("invalid Unicode character escape", _BACKSLASH),
    ("expected node content", _EMPTY_PLACE),
    ("comment or line break", _TEXT_BELOW),
    (
        "block sequence entries are not allowed",
        Complaint(
            "a list cannot begin on the line of its key",
            "begin the list on a line of its own, or put the text in quotes",
        ),
    ),
    ("indentation indicator", _TEXT_BELOW),
    ("tab character", _TAB),
    ("document start", _HEADER_LINE),
    ("digit or '.'", _HEADER_LINE),
    ("version number", _HEADER_LINE),
    ("non-alphabetical", _HEADER_LINE),
    ("directive", _HEADER_LINE),
    ("incompatible YAML document", _HEADER_LINE),
)  # fmt: skip

_KEY_AND_TEXT: Final = re.compile(r" *(?:- +)*(?P<key>[^\W\d][\w-]*):[ ]+[^\s#|>\[{]")
_FEWEST_INDENT: Final = 2
"""A single space more is a slip of the indent, and no key below another."""


def in_plain_words(problem: str, before: str = "") -> Complaint:
    """Say what the parser means.

    Args:
        problem: The parser's own words.
        before: The line it stopped in, up to where it stopped.
    """
    found = next((each for part, each in _COMPLAINTS if part in problem), None)
    if found is None:
        return Complaint(
            f"YAML cannot read this: {problem}", "compare with `casebook new --sample`"
        )
    if "did not find expected key" in problem and ("'" in before or '"' in before):
        return _TEXT_AFTER_QUOTE
    if "mapping values" in problem and ":" not in before:
        return KEY_OUT_OF_LINE
    return found


def text_above_keys(lines: Sequence[str], line: int) -> tuple[int, int, Complaint] | None:
    """Find the key that has both a text behind it and keys of its own below it.

    Args:
        lines: The lines of the file.
        line: The one, from 0, whose key does not fit.

    Returns:
        Line and column of that key, from 0, and what to say; None where it is no such slip.
    """
    indent = _indent(lines[line]) if line < len(lines) else 0
    for above in range(line - 1, -1, -1):
        bare = lines[above].strip()
        if not bare or bare.startswith("#") or _indent(lines[above]) >= indent:
            continue
        found = _KEY_AND_TEXT.match(lines[above])
        if found is None or indent - found.start("key") < _FEWEST_INDENT:
            return None
        complaint = Complaint(
            f"line {above + 1} has a text after `{found['key']}:`, and keys stand below it",
            "give the text a key of its own below; or, if the next key does not belong to "
            f"`{found['key']}`, line it up with its neighbours",
        )
        return above, found.start("key"), complaint
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
