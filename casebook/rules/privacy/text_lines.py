"""The lines of a text, as editors count them: whatever ends them, on whatever system."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LINE_BREAK: Final = re.compile("\r\n|\r|\n")
"""Why not all that Python takes for the end of a line: editors and YAML count no other."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line without its end.

    Attributes:
        number: From 1.
        start: Where in the text it begins.
        text: Its characters.
    """

    number: int
    start: int
    text: str


def lines_of(text: str) -> Iterator[TextLine]:
    """The lines of a text, the empty one behind its last end of a line included."""
    start, number = 0, 1
    for found in _LINE_BREAK.finditer(text):
        yield TextLine(number, start, text[start : found.start()])
        start, number = found.end(), number + 1
    yield TextLine(number, start, text[start:])
