"""The ways in which one name is written: accents, umlauts, capitals, hyphens, endings."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

_LETTERS: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
}  # fmt: skip
"""Letters that Unicode does not decompose into a base letter and an accent."""

_TWO_LETTERS: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
_DIGRAPH: Final = re.compile("(?<![aeiouq])(?:ae|oe|ue|aa)")

_SHORTEST_PLAIN: Final = 4

_PARTICLE_WORDS: Final = """
    al aus bin da dal de del della den der des di dos du el en het ibn la las le les lo los mac mc
    of op san santa st ten ter the und van vom von y zu zum zur
"""
_TITLE_WORDS: Final = """
    doctor doktor don doña dr dra frau herr hr fr lady lord madame miss mlle mme monsieur mr mrs ms
    mx prof professor rev señor señora sir sr sra jr junior senior née né geb geborene
"""
_NO_NAMES: Final = frozenset(_PARTICLE_WORDS.split()) | frozenset(_TITLE_WORDS.split())

_NO_SPACES: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""Scripts that write words without spaces between them, or endings right behind a name."""

SEPARATORS: Final = "(?:[\\-‐-―]?\\s{1,200}|[\\s\\-‐-―'’‘ʼ`._·]{0,3})"
"""What may stand between the parts of a name: nothing, a hyphen, an apostrophe, or blanks.

Why so many blanks: between two lines of a file stand the end of one and the indent of the other.
"""

_BETWEEN: Final = re.compile("[\\s\\-‐-―'’‘ʼ`._·,]+")

_ENDINGS: Final = "(?:['’ʼ]?s|['’ʼ]|es|e[nr]s?|ns?|e)?"
"""Possessives and plurals: Miller's, Millers, Hans', Müllern, Hansens."""

_LONG_ENOUGH_FOR_ENDINGS: Final = 4

_AROUND: Final = ".:!?\"'’‘"
"""Signs that stand around a word and are no part of it."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without accents and capitals, and where each of its letters comes from.

    ``origin[i]`` is the index in the text of the character that gave ``letters[i]``; one more
    entry at the end is the text's length.
    """

    letters: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that ``letters[start:end]`` stands for."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text: Müller, MULLER and Muller are one; ß is ss."""
    if text.isascii():
        return Folded(text.lower(), tuple(range(len(text) + 1)))
    letters: list[str] = []
    origin: list[int] = []
    for index, sign in enumerate(text):
        plain = _folded(sign)
        letters.append(plain)
        origin += [index] * len(plain)
    return Folded("".join(letters), (*origin, len(text)))


@cache
def spellings(name: str) -> tuple[str, ...]:
    """A name folded in each way that it is written: Mueller also stands for Müller."""
    small = unicodedata.normalize("NFC", name).casefold()
    spelled = small
    for umlaut, digraph in _TWO_LETTERS.items():
        spelled = spelled.replace(umlaut, digraph)
    folded = fold(small).letters
    # Why only long ones: Sue is no way of writing Sü.
    plain = _DIGRAPH.sub(lambda found: found[0][0], folded) if len(folded) > _SHORTEST_PLAIN else ""
    return tuple(filter(None, dict.fromkeys((folded, fold(spelled).letters, plain))))


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name that identify by themselves: no titles, particles or initials."""
    words = [word.strip(_AROUND) for word in re.split(r"[\s,;/()\[\]]+", name)]
    barrels = [barrel for word in words for barrel in re.split("[-‐-―]", word) if barrel != word]
    return tuple(
        part
        for part in dict.fromkeys((*words, *barrels))
        if len(part) > 1 and part.casefold() not in _NO_NAMES and not part.isdigit()
    )


def pattern_of(name: str) -> re.Pattern[str]:
    """What finds a name in a folded text, in any of its spellings, with simple endings."""
    words = _BETWEEN.split(unicodedata.normalize("NFC", name).casefold())
    whole = SEPARATORS.join(_spelled(word, len(name)) for word in words if word)
    if not whole:
        return re.compile("(?!)")
    if _NO_SPACES.search(name):
        return re.compile(whole)
    ends = _ENDINGS if len(name) >= _LONG_ENOUGH_FOR_ENDINGS else "(?:['’ʼ]s?)?"
    return re.compile(rf"(?<![^\W\d_]){whole}{ends}(?![^\W\d_])")


def one_slip_apart(one: str, other: str) -> bool:
    """Whether a letter more, less, changed or exchanged with its neighbour makes two words one."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, sign in enumerate(short) if sign != long[i]), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return exchanged or short[at + 1 :] == long[at + 1 :]


def _spelled(word: str, length: int) -> str:
    """A pattern for a word of a name in which each umlaut may be a letter, or two."""
    parts = []
    for part in re.split("([äöüåø])", word):
        if part in _TWO_LETTERS:
            parts.append(f"{_TWO_LETTERS[part][0]}{_TWO_LETTERS[part][1]}?")
            continue
        plain = re.escape(fold(part).letters)
        if length > _SHORTEST_PLAIN:
            plain = _DIGRAPH.sub(lambda found: f"{found[0]}?", plain)
        parts.append(plain)
    return "".join(parts)


@cache
def _folded(sign: str) -> str:
    low = "".join(_LETTERS.get(each, each) for each in sign.casefold())
    marks = unicodedata.normalize("NFKD", low)
    return "".join(
        _LETTERS.get(each, each)
        for each in marks
        # Why without Cf: a soft hyphen or a joiner in a name cannot be seen.
        if not unicodedata.combining(each) and unicodedata.category(each) != "Cf"
    )
