"""Where the names of a private list stand in a file: in its text, and in its own name."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place, Span
from casebook.rules.privacy.listed_names import ListedNames, NameFound

_REMEDY: Final = (
    'write the pseudonym; if it is no name here, put "except:" and the words around it on a line '
    "of your private list"
)


_CITATION: Final = re.compile(r"\[@[^\]\n]{1,200}\]")
_REFERENCES: Final = re.compile(r"^references:[^\n]*(?:\n(?:[ \t#-][^\n]*)?)*", re.MULTILINE)
"""The list of references in a file, up to the next key without an indent."""


def names_in_text(path: str, text: str, names: ListedNames) -> Iterator[Finding]:
    """Find listed names in the whole text of a file, comments and all.

    The author of a published work who has such a name is only noted.
    """
    found = names.within(text)
    if not found:
        return
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    published = [
        match.span() for shape in (_CITATION, _REFERENCES) for match in shape.finditer(text)
    ]
    for each in found:
        start, end = _point(starts, each.start), _point(starts, each.end)
        if any(first <= each.start < last for first, last in published):
            yield _author(Place(path, Span(*start, *end)), text[each.start : each.end])
            continue
        place = Place(path, Span(*start, *end))
        yield _finding(each, place, " ".join(text[each.start : each.end].split()))


def names_in_name(path: str, names: ListedNames) -> Iterator[Finding]:
    """Find listed names in a file's own path."""
    for each in names.within_name(path):
        if each.sure:
            yield codes.TELLING_NAME.at(
                Place(path),
                f"'{path[each.start : each.end]}' in the file's name stands in your private list",
                "give the file another name, and correct it where the file is named",
            )


def _author(place: Place, shown: str) -> Finding:
    said = f"'{' '.join(shown.split())}' is a name of your private list, and in a reference"
    return codes.LIKE_A_NAME.at(place, said, "is it the author of that work? then leave it")


def _finding(found: NameFound, place: Place, shown: str) -> Finding:
    if found.sure:
        return codes.LISTED_NAME.at(place, f"'{shown}' stands in your private list", _REMEDY)
    if found.how == "slip":
        said = f"'{shown}' is one letter away from a name of your private list"
        return codes.LIKE_A_NAME.at(place, said, "is it the name, misspelt? then take it out")
    said = f"'{shown}' is a word, and a name of your private list"
    return codes.LIKE_A_NAME.at(place, said, "is it the name here? then take it out")


def _point(starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
