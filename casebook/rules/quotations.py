"""Whether the places that marks name are in the work that was marked."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.portfolio import Piece
from casebook.domain.record import Record, clock
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.rules.prose import texts

_QUOTED: Final = re.compile('[“„«»"]([^“”„«»"]{3,})[”“«»"]')
_BETWEEN_PARTS: Final = re.compile(r"\[?(?:…|\.{3})\]?|;")
_REFERENCE: Final = re.compile(r"\[(?:@[^\]]+|\d+(?:[,–-] ?\d+)*)\]")
_WORD: Final = re.compile(r"\w+")
_SHOWN: Final = 60

_SIGNPOSTS: Final = frozenset(
    {
        "a", "all", "and", "at", "figure", "first", "from", "in", "last", "ledger", "line", "map",
        "note", "notes", "of", "on", "page", "paragraph", "picture", "section", "table", "text",
        "the", "timeline", "to", "whole",
    }
)  # fmt: skip
"""Words that say where something stands, beside the names of a work's parts and numbers."""


def check_places(piece: Piece[MarkSheet], work: CaseStudy | Observation) -> Iterator[Finding]:
    """Find quotations that the work does not hold, and times outside of it.

    A quotation may leave words out with an ellipsis; quotation marks, hyphens, line breaks and
    capitals make no difference. Words that only name parts of the work, such as "day 16;
    client perspective", are no quotation.
    """
    held = "\n".join(_letters(text) for _, text in texts(work))
    parts = _names_of_parts(work) | _SIGNPOSTS
    for index, mark in enumerate(piece.record.marks):
        for quotation in _quotations(mark.place or ""):
            names_parts = all(
                word in parts or word.isdigit() for word in _WORD.findall(quotation.casefold())
            )
            if not names_parts and _letters(quotation) not in held:
                yield codes.NOT_QUOTED.at(
                    piece.places.of("marks", index, "place"),
                    f"the work does not say '{_shown(quotation)}'",
                    "copy the words as they stand there, with … where you leave some out; where "
                    "this is no quotation, leave it",
                )
    yield from check_times(piece, work)


def check_times(
    piece: Piece[MarkSheet] | Piece[Observation], work: CaseStudy | Observation
) -> Iterator[Finding]:
    """Find marks whose time the work cannot have."""
    for index, mark in enumerate(piece.record.marks):
        if mark.at is None:
            continue
        place = piece.places.of("marks", index, "at")
        if isinstance(work, CaseStudy):
            yield codes.NOT_COHERENT.at(
                place, "a case study has no times", "quote the words in `place` instead"
            )
        elif work.duration is not None and mark.at > work.duration:
            yield codes.NOT_COHERENT.at(
                place,
                f"{clock(mark.at)} lies after the session's end at {clock(work.duration)}",
                "correct the time",
            )


def _quotations(place: str) -> Iterator[str]:
    """What of a place has to be found: what is in quotation marks, or else all of it."""
    quoted = _QUOTED.findall(place)
    for text in quoted or [place]:
        for part in _BETWEEN_PARTS.split(text):
            if _letters(part):
                yield part.strip()


def _letters(text: str) -> str:
    """Letters and digits alone: what survives a copy out of a page."""
    spread = unicodedata.normalize("NFKC", _REFERENCE.sub("", text)).casefold()
    return "".join(_WORD.findall(spread)).replace("_", "")


def _names_of_parts(value: Any) -> set[str]:  # noqa: ANN401 - any field
    """The words in the names of a record's fields, and of those of the records inside it."""
    words: set[str] = set()
    if isinstance(value, Record):
        for name in type(value).model_fields:
            words |= {*name.split("_")} | _names_of_parts(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            words |= _names_of_parts(item)
    return words


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
