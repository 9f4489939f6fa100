"""Whether every character of a text can be printed, and every word has an end."""

from collections.abc import Iterator
from typing import Any, Final

from casebook import limits
from casebook.characters import endless_word
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece
from casebook.domain.work.repertoire import Repertoire, code_of, composed, name_of
from casebook.rules.prose import texts

_NAMED: Final = 3
"""So many characters are named; a text in a foreign script would name dozens."""

_NOT_PRINTED: Final = {"file", "form"}
"""Names of files, which no page shows."""


def check_lettering(piece: Piece[Any], repertoire: Repertoire) -> Iterator[Finding]:
    """Refuse words without an end; warn of characters that no typeface has: pages print codes."""
    for way, text in texts(piece.record):
        if way[-1] in _NOT_PRINTED:
            continue
        if word := endless_word(text):
            yield codes.ENDLESS_WORD.at(
                piece.places.of(*way),
                f"a word has {len(word):,} letters; at most {limits.WORD_CHARACTERS} are taken",
                "put blanks between its words",
            )
        lacking = repertoire.lacking(composed(text))
        if lacking:
            first = min(lacking, key=text.find)
            yield codes.NO_GLYPH.at(
                piece.places.of_character(first, *way),
                f"no typeface here has {_named(lacking)}",
                f"write it with other characters; a page shows [{code_of(first)}] in its place",
            )


def _named(characters: tuple[str, ...]) -> str:
    names = [f"{code_of(each)} {name_of(each)}" for each in characters[:_NAMED]]
    if len(characters) > _NAMED:
        return f"{', '.join(names)} and {len(characters) - _NAMED} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
