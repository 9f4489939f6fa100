"""Which characters can be printed: what the vendored typefaces have, and what needs no letter."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CodePoints:
    """A set of characters, kept as ranges: ``firsts`` and ``lasts`` are in rising order."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    @classmethod
    def of(cls, ranges: str) -> "CodePoints":
        """Read ranges in hexadecimal, such as "20-7E A0".

        Raises:
            ValueError: Something in it is no number.
        """
        pairs = [each.partition("-") for each in ranges.split()]
        return cls(
            tuple(int(first, 16) for first, _, _ in pairs),
            tuple(int(last or first, 16) for first, _, last in pairs),
        )

    def __contains__(self, character: str) -> bool:
        """Whether the one character is in the set."""
        number = ord(character)
        at = bisect_right(self.firsts, number) - 1
        return at >= 0 and number <= self.lasts[at]


INVISIBLE: Final = CodePoints.of(
    "9-A D AD 34F 61C 17B4-17B5 180B-180E 200B-200F 202A-202E 2060-206F FE00-FE0F FEFF 1D173-1D17A "
    "E0000-E0FFF"
)
"""What needs no letter: line ends, joiners, variation selectors, marks of direction.

Source: Unicode, DerivedCoreProperties, ``Default_Ignorable_Code_Point``, without the fillers.
"""

_BLANK: Final = re.compile("[\0\v\f\x1c-\x1f\x85\u115f\u1160\u2028\u2029\u3164\uffa0]+")
"""Rarer line ends, NUL, and the fillers of Korean: WeasyPrint stumbles over them; a space will do.
"""

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PLAIN: Final = b"\t\n\r" + bytes(range(0x20, 0x7F))
_MARK: Final = re.compile("[\u0300-\u036f\u1100-\u11ff]")
_IN_PIECES: Final = re.compile("[^\u0300-\u036f][\u0300-\u036f]+|[\u1100-\u11ff]+")
_NAMELESS: Final = {
    "Cc": "a control character", "Co": "a program's own sign", "Cs": "half a character"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What each vendored file has letters for.

    Attributes:
        files: The characters of each file, by its name under ``templates/fonts``, in the order in
            which they are asked.
    """

    files: Mapping[str, CodePoints]

    def lacking(self, text: str) -> tuple[str, ...]:
        """The characters of a text that no file has, in the order of their codes."""
        return tuple(
            character
            for character in special(text)
            if not any(character in having for having in self.files.values())
        )

    def files_for(self, text: str, beyond: Iterable[str]) -> dict[str, str]:
        """The files that a text needs beside some that are there anyway, each with its characters.

        Args:
            text: What is to be printed; characters that no file has are passed over.
            beyond: The names of the files that are there anyway.
        """
        there = [self.files[name] for name in beyond]
        needed: dict[str, str] = {}
        for character in special(text):
            if any(character in having for having in there):
                continue
            for name, having in self.files.items():
                if character in having:
                    needed[name] = needed.get(name, "") + character
                    break
        return needed


def special(text: str) -> Iterator[str]:
    """Each character that is neither plain ASCII nor invisible, once, in the order of codes."""
    for character in sorted(set(_unusual(text))):
        if character not in INVISIBLE:
            yield character


def composed(text: str) -> str:
    """The text as it is set: a letter and its marks in one character where Unicode has one.

    Some keyboards and file systems write them in pieces, and typefaces draw the whole better.
    Blanks of rare kinds become spaces.
    """
    unusual = _unusual(text)
    if _BLANK.search(unusual):
        text = _BLANK.sub(" ", text)
    if _MARK.search(unusual):
        text = _IN_PIECES.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return text


def in_xml(text: str) -> str:
    """The text with codes for what no XML may hold, such as control characters (XML 1.0, 2.2)."""
    return _NO_XML.sub(lambda found: f"[{code_of(found[0])}]", text)


def _unusual(text: str) -> str:
    """What of a text is more than plain ASCII."""
    # Why in bytes: a page holds megabytes of pictures, and this passes them in milliseconds.
    content = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return content.decode("utf-8", "surrogatepass")


def code_of(character: str) -> str:
    """A character's code as it stands in Unicode's tables: "U+00E9"."""
    return f"U+{ord(character):04X}"


def name_of(character: str) -> str:
    """A character's name in Unicode's tables."""
    nameless = _NAMELESS.get(unicodedata.category(character), "a character without a name")
    return unicodedata.name(character, nameless)
