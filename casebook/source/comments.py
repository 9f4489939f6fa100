"""The comments of a YAML file: nothing reads them, but they travel with the file."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from casebook.diagnostics.place import Places, Span

_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#(.{1,20000})")


def comments_of(places: Places) -> Iterator[tuple[Span, str]]:
    """Each comment with its place, without the ``#``."""
    covered = _covered(places)
    for number, line in enumerate(places.lines, 1):
        if "#" not in line:
            continue
        bare = line
        for start, end in covered.get(number, ()):
            bare = bare[:start] + "x" * (len(bare[start:end])) + bare[end:]
        if found := _COMMENT.search(bare):
            column = found.start(1) + 1
            yield Span(number, column, number, len(line) + 1), line[found.start(1) :]


def _covered(places: Places) -> Mapping[int, list[tuple[int, int]]]:
    """The columns of each line that are keys or texts, counted from 0."""
    inner = {way[:-1] for way in places.values if way}
    texts = (span for way, span in places.values.items() if way not in inner)
    covered: dict[int, list[tuple[int, int]]] = {}
    for span in (*texts, *places.keys.values()):
        for number in range(span.line, span.end_line + 1):
            start = span.column - 1 if number == span.line else 0
            length = len(places.lines[number - 1]) if number <= len(places.lines) else 0
            end = span.end_column - 1 if number == span.end_line else length
            covered.setdefault(number, []).append((start, end))
    return covered
