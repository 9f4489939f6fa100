"""Where a stretch of a value's text stands in its file.

A text may be folded over lines, indented and in quotes; its words are what both have in common.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Final, TypeAlias

from casebook.diagnostics.place import Loc, Place, Places, Span

_WORD: Final = re.compile(r"\S{1,20000}")

_Word: TypeAlias = tuple[int, int, int, int]
"""Where a word begins and ends in the text, its line and column in the file."""

_begins_at: Final[Callable[[_Word], int]] = itemgetter(0)
_ends_at: Final[Callable[[_Word], int]] = itemgetter(1)


class Passages:
    """The places of stretches of one value's text.

    Args:
        places: Of the file.
        way: To the value.
        text: The value, as it was read.
    """

    def __init__(self, places: Places, way: Loc, text: str) -> None:
        self._path = places.path
        self._around = places.of(*way)
        self._text = text
        self._ends: list[_Word] = []
        span = places.values.get(way)
        if span is not None:
            self._align(places.lines[span.line - 1 : span.end_line], span)

    def place(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``; the value's own where it is written with escapes."""
        at = bisect_right(self._ends, start, key=_ends_at)
        behind = bisect_left(self._ends, end, key=_begins_at)
        if at >= behind:
            return self._around
        first, last = self._ends[at], self._ends[behind - 1]
        column = first[3] + max(0, start - first[0])
        end_column = last[3] + min(end, last[1]) - last[0]
        return Place(self._path, Span(first[2], column, last[2], end_column))

    def _align(self, lines: Sequence[str], span: Span) -> None:
        written = [
            (line[: span.end_column - 1] if number == span.end_line else line, number)
            for number, line in enumerate(lines, span.line)
        ]
        words: list[tuple[str, int, int]] = []
        for line, number in written:
            begin = span.column - 1 if number == span.line else 0
            words += [(m[0], number, m.start() + 1) for m in _WORD.finditer(line, begin)]
        words = _without_marks(words, span.line)
        read = [(match[0], match.start(), match.end()) for match in _WORD.finditer(self._text)]
        if [word for word, _, _ in words] == [word for word, _, _ in read]:
            self._ends = [
                (start, end, number, column)
                for (_, start, end), (_, number, column) in zip(read, words, strict=True)
            ]


def _without_marks(words: list[tuple[str, int, int]], line: int) -> list[tuple[str, int, int]]:
    """Words without the quotes around a text, and without the sign that begins a block of text."""
    if not words:
        return words
    if words[0][0][0] in "|>":
        return [word for word in words if word[1] != line]
    if words[0][0][0] in "\"'":
        first, *more = words
        words = [(first[0][1:], first[1], first[2] + 1), *more]
        last = words[-1]
        words[-1] = (last[0][:-1], last[1], last[2])
    return [word for word in words if word[0]]
