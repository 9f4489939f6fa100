"""Where the names of a private list stand in a file: in its text, and in its own name."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place, Span
from casebook.rules.privacy.listed_names import ListedNames, NameFound
from casebook.rules.privacy.published import citations_in, references_in
from casebook.rules.privacy.text_lines import lines_of

_REMEDY: Final = (
    'write the pseudonym; if it is no name here, put "except:" and the words around it on a line '
    "of your private list"
)
_RENAME: Final = (
    'give the file another name, and correct it where the file is named; or put "except:" and '
    "the words of its name on a line of your private list"
)
_LINES_SHOWN: Final = 5
_HOLD_REFERENCES: Final = (".yaml", ".yml")


def names_in_text(path: str, text: str, names: ListedNames) -> Iterator[Finding]:
    """Find listed names in the whole text of a file, comments and all.

    The author of a published work who has such a name is only noted.
    """
    found = names.within(text)
    if not found:
        return
    starts = [line.start for line in lines_of(text)]
    cited = citations_in(text)
    listed = tuple(references_in(text)) if path.endswith(_HOLD_REFERENCES) else ()
    for each in found:
        start, end = _point(starts, each.start), _point(starts, each.end)
        place = Place(path, Span(*start, *end))
        shown = " ".join(text[each.start : each.end].split())
        if _within(cited, each.start) or _within(listed, each.start):
            yield _author(place, shown)
        else:
            yield _finding(each, place, shown)


def names_in_name(path: str, names: ListedNames) -> Iterator[Finding]:
    """Find listed names in a file's own path."""
    for each in names.within_name(path):
        shown = path[each.start : each.end]
        if each.sure:
            said = f"'{shown}' in the file's name stands in your private list"
            yield codes.LISTED_NAME.at(Place(path), said, _RENAME)
        elif each.how == "word":
            said = f"'{shown}' in the file's name is a word, and a name of your private list"
            yield codes.LIKE_A_NAME.at(Place(path), said, "is it the name here? then rename it")


def counted_by_file(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Put what is only like a name into one line for each file, and leave the rest as it is."""
    alike: dict[str, list[Finding]] = {}
    for each in findings:
        if each.code == codes.LIKE_A_NAME.id:
            alike.setdefault(each.place.path, []).append(each)
        else:
            yield each
    for path, notes in alike.items():
        yield notes[0] if len(notes) == 1 else _counted(path, notes)


def _counted(path: str, notes: list[Finding]) -> Finding:
    ordered = sorted(notes, key=lambda each: (each.place.span.line, each.place.span.column))
    lines = list(dict.fromkeys(each.place.span.line for each in ordered))
    shown = ", ".join(map(str, lines[:_LINES_SHOWN]))
    more = ", …" if len(lines) > _LINES_SHOWN else ""
    where = f"line{'s' * (len(lines) > 1)} {shown}{more}"
    return codes.LIKE_A_NAME.at(
        Place(path, ordered[0].place.span),
        f"{len(notes)} words are like names of your private list, or stand in references: {where}",
        "`casebook privacy` shows each; take out those that name somebody you know",
    )


def _author(place: Place, shown: str) -> Finding:
    said = f"'{shown}' is a name of your private list, and in a reference"
    return codes.LIKE_A_NAME.at(place, said, "is it the author of that work? then leave it")


def _finding(found: NameFound, place: Place, shown: str) -> Finding:
    if found.sure:
        return codes.LISTED_NAME.at(place, f"'{shown}' stands in your private list", _REMEDY)
    if found.how == "slip":
        said = f"'{shown}' is one letter away from a name of your private list"
        return codes.LIKE_A_NAME.at(place, said, "is it the name, misspelt? then take it out")
    said = f"'{shown}' is a word, and a name of your private list"
    return codes.LIKE_A_NAME.at(place, said, "is it the name here? then take it out")


def _within(stretches: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether an offset lies in one of several stretches, which follow each other."""
    at = bisect_right(stretches, offset, key=itemgetter(0)) - 1
    return at >= 0 and offset < stretches[at][1]


def _point(starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
