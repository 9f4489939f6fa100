"""Looks for the names of a private list in texts, names of files and addresses.

A name is found however it is written: with other capitals or accents, as Mueller or Müller, with
a hyphen, a space or nothing between its parts, and with a possessive or plural ending. Parts of a
name count by themselves; a word that is one slip away from a long name is noted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from casebook.rules.privacy.everyday_names import EVERYDAY_NAMES
from casebook.rules.privacy.name_spellings import (
    Folded,
    fold,
    parts_of,
    pattern_of,
    spellings,
)
from casebook.rules.privacy.slips import Slips

_LONG: Final = 6
"""Letters from which on a name may be misspelt by one letter and still be seen."""

_INSIDE_WORDS: Final = 4
"""Letters from which on a part counts inside an address or the name of a file: jmiller@."""

_SHORT: Final = 3
"""Letters up to which a part in small letters is more likely an ordinary word: al, will, may."""

_ADDRESS: Final = re.compile(
    r"[\w.+%-]{1,64}@[A-Za-z0-9.-]{1,200}|@[\w.]{2,60}|https?://\S{1,300}|www\.\S{1,300}"
)
_WORD: Final = re.compile(r"[^\W\d_]{4,60}")


How: TypeAlias = Literal["whole", "part", "inside", "slip", "word"]
"""As a whole, a part of it, inside an address, one slip away, or as what may be a word."""


@dataclass(frozen=True, slots=True)
class NameFound:
    """Where something of a listed name stands: ``text[start:end]``.

    ``sure`` is False for what may be an ordinary word, and for one slip of the pen.
    """

    start: int
    end: int
    how: How

    @property
    def sure(self) -> bool:
        """Whether it is more than a likeness."""
        return self.how in {"whole", "part", "inside"}


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    pattern: re.Pattern[str]
    everyday: bool


class ListedNames:
    """The names of a private list, ready to be looked for.

    Args:
        names: As they are written; one in double quotes counts only as a whole.
        excepted: Phrases that may stand although a name is in them, such as "rose hip".
    """

    def __init__(self, names: tuple[str, ...], excepted: tuple[str, ...] = ()) -> None:
        self.count = len(names)
        self._wholes = [pattern_of(name.strip('"')) for name in names if _is_whole(name)]
        parts = dict.fromkeys(
            part for name in names if not name.startswith('"') for part in parts_of(name)
        )
        self._parts = [_Part(part, pattern_of(part), _is_everyday(part)) for part in parts]
        self._slips = Slips(
            {folded for part in parts for folded in spellings(part) if len(folded) >= _LONG}
        )
        self._inside: dict[str, How] = {
            folded: "word" if _is_everyday(part) else "inside"
            for part in parts
            for folded in spellings(part)
            if len(folded) >= _INSIDE_WORDS and folded.isalpha()
        }
        self._excepted = [pattern_of(phrase) for phrase in excepted]

    def __bool__(self) -> bool:
        return bool(self.count)

    def within(self, text: str) -> tuple[NameFound, ...]:
        """What of the names stands in a text, in its order, without overlaps."""
        folded = fold(text)
        search = _Search(len(text))
        for span in _spans(self._excepted, folded):
            search.cover(span)
        for span in _spans(self._wholes, folded):
            search.take(span, "whole")
        for part in self._parts:
            for start, end in _spans([part.pattern], folded):
                search.take((start, end), _how(part, text[start:end]))
        for address in _ADDRESS.finditer(text):
            for (start, end), how in self._inside_word(address[0]):
                search.take((address.start() + start, address.start() + end), how)
        for span in self._slips_in(text):
            search.take(span, "slip")
        return search.found()

    def within_name(self, name: str) -> tuple[NameFound, ...]:
        """What of the names stands in the name of a file, joined to other words too."""
        search = _Search(len(name))
        words = re.sub("[_.]", " ", name)
        for span in _spans(self._excepted, fold(words)):
            search.cover(span)
        for found in self.within(words):
            search.take((found.start, found.end), found.how)
        for span, how in self._inside_word(name):
            search.take(span, how)
        return search.found()

    def _inside_word(self, word: str) -> Iterator[tuple[tuple[int, int], How]]:
        """Where parts of names stand in one word; one that is a word itself may mean just that."""
        folded = fold(word)
        for part, how in self._inside.items():
            at = folded.letters.find(part)
            if at >= 0:
                yield folded.span(at, at + len(part)), how

    def _slips_in(self, text: str) -> Iterator[tuple[int, int]]:
        if not self._slips:
            return
        judged: dict[str, bool] = {}
        for match in _WORD.finditer(text):
            word = match[0]
            if len(word) < _LONG - 1 or word[0].islower():
                continue
            if word not in judged:
                judged[word] = self._slips.is_near(fold(word).letters)
            if judged[word]:
                yield match.span()


class _Search:
    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)
        self._found: list[NameFound] = []

    def cover(self, span: tuple[int, int]) -> None:
        self._taken[span[0] : span[1]] = b"\x01" * (span[1] - span[0])

    def take(self, span: tuple[int, int], how: How | None) -> None:
        if how is not None and not any(self._taken[span[0] : span[1]]):
            self.cover(span)
            self._found.append(NameFound(*span, how))

    def found(self) -> tuple[NameFound, ...]:
        return tuple(sorted(self._found, key=lambda each: each.start))


def _spans(patterns: Iterable[re.Pattern[str]], folded: Folded) -> Iterator[tuple[int, int]]:
    """Where patterns stand in a text, by its own characters."""
    for pattern in patterns:
        for match in pattern.finditer(folded.letters):
            yield folded.span(*match.span())


def _how(part: _Part, written: str) -> How | None:
    """How sure a part of a name is one, where it is written like this."""
    if not written.islower():
        return "part"
    if len(part.name) < _SHORT:
        return None
    return "word" if part.everyday or len(part.name) == _SHORT else "part"


def _is_whole(name: str) -> bool:
    """Whether a name counts as a whole, beside its parts."""
    return len(name.strip('"').split()) > 1 or name.startswith('"') or not parts_of(name)


def _is_everyday(part: str) -> bool:
    return fold(part).letters in EVERYDAY_NAMES
