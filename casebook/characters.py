"""What characters can do to a text in secret: turn it round, hide in it, pile up, never end.

Every writing system keeps what it needs: joiners in Persian and in the scripts of India, isolates
around Hebrew in an English sentence, selectors and tags in emoji. What no writing needs is named.

Source:
    Unicode Technical Report 36 (security considerations), Annex 9 (directions), Annex 15 (runs of
    marks); Boucher and Anderson, Trojan Source (2021), CVE-2021-42574.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from casebook import limits

TrickKind = Literal["control", "direction", "marks", "unseen", "tag", "selector"]


@dataclass(frozen=True, slots=True)
class Trick:
    """A stretch of a text that no reader would expect, from ``start`` to ``end``.

    Attributes:
        kind: ``control``: a character that commands a machine; ``direction``: one that turns
            letters round, or begins a direction and never ends it; ``marks``: more marks on one
            letter than any writing has; ``unseen``: takes no room, and no script here needs it;
            ``tag``: letters written in invisible tags; ``selector``: chooses the form of nothing.
        start: Where it begins, in characters.
        end: Where it ends.
        first: The character it begins with; of a run of marks the first one too many.
    """

    kind: TrickKind
    start: int
    end: int
    first: str


# Scripts whose letters join or stack, where joiners choose between two spellings; and emoji.
_JOINING: Final = (
    "\u0600-\u109f\u1780-\u18af\u1900-\u1bff\ua800-\ua8ff\ua930-\uaaff\uabc0-\uabff\ufb50-\ufdff"
    "\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
    "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
)
# Scripts written without blanks, where a place to break the line may have to be shown.
_UNSPACED: Final = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u2e80-\ua4cf\uf900-\ufaff"
    "\uff00-\uffef\U00020000-\U0003ffff"
)
_JAMO: Final = "\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff"

_CONTROL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_COMMANDS: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DIRECTION: Final = re.compile("[\u202a-\u202e\u2066-\u2069\n]")
_OVERRIDES: Final = "\u202d\u202e"
_EMBEDDINGS: Final = "\u202a\u202b"
_ISOLATES: Final = "\u2066\u2067\u2068"
_END_OF_EMBEDDING: Final = "\u202c"
_END_OF_ISOLATE: Final = "\u2069"
_UNSEEN: Final = re.compile(
    "[\u17b4\u17b5\u180e\u2060-\u2065\u206a-\u206f\ufff9-\ufffb\u3164\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]+"
    "|(?<![\u0590-\u05ff])\u034f"
    f"|(?<![{_JOINING}])[\u200c\u200d](?![{_JOINING}])"
    f"|(?<![{_UNSPACED}])\u200b(?![{_UNSPACED}])"
    f"|(?<![{_JAMO}])[\u115f\u1160](?![{_JAMO}])"
    r"|(?<!\w)\u00ad|\u00ad(?!\w)"
    "|[\u061c\u200e\u200f]{3,}"
)
_TAGS: Final = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)"
    "|[\U000e0000-\U000e007f]+"
)
_SELECTORS: Final = re.compile(
    "(^|.)([\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+)", re.DOTALL
)
_IDEOGRAPH: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MONGOLIAN: Final = re.compile("[\u1800-\u18af]")
_FOREIGN: Final = re.compile(f"[^\0-\x7f]{{{limits.COMBINING_MARKS + 1},}}")
_LONG: Final = re.compile(rf"(?:(?![{_UNSPACED}])[^\W_]){{{limits.WORD_CHARACTERS + 1},}}")
_FIRST_WITH_FORMS: Final = "\u0600"
"""Letters before this one, such as Latin, Greek, Cyrillic and Hebrew, have no forms to choose."""


def tricks(text: str) -> Iterator[Trick]:
    """Everything in a text that no writing needs; plain ASCII takes microseconds."""
    for found in _CONTROL.finditer(text):
        yield _trick("control", found)
    if not text.isascii():
        yield from _turned(text)
        yield from piled_marks(text)
        for found in _UNSEEN.finditer(text):
            yield _trick("unseen", found)
        yield from _tags(text)
        yield from _selectors(text)


def endless_word(text: str) -> str | None:
    """The first word that is longer than words of any language are, in scripts that have blanks."""
    if len(text) <= limits.WORD_CHARACTERS:
        return None
    found = _LONG.search(text)
    return found[0] if found else None


def shown(text: str) -> str:
    """A text to be read: what commands, turns round, hides letters or piles up stands as its code.

    Characters that take no room and change nothing are left as they are.
    """
    found = [_trick("control", each) for each in _COMMANDS.finditer(text)]
    if not text.isascii():
        found += [*_turned(text), *piled_marks(text), *_tags(text)]
        found.sort(key=lambda trick: trick.start)
    pieces, at = [], 0
    for trick in found:
        pieces += [text[at : trick.start], f"[U+{ord(trick.first):04X}]"]
        at = trick.end
    return "".join((*pieces, text[at:])) if found else text


def without_tricks(text: str) -> str:
    """A text without anything that no writing needs."""
    while found := list(tricks(text)):
        hidden = {at for trick in found for at in range(trick.start, trick.end)}
        text = "".join(each for at, each in enumerate(text) if at not in hidden)
    return text


def piled_marks(text: str) -> Iterator[Trick]:
    """The marks on one letter that are more than any writing has."""
    for stretch in _FOREIGN.finditer(text):
        marks = 0
        for at, character in enumerate(stretch[0] + "\0", start=stretch.start()):
            if unicodedata.combining(character) or unicodedata.category(character) == "Me":
                marks += 1
                continue
            if marks > limits.COMBINING_MARKS:
                start = at - marks + limits.COMBINING_MARKS
                yield Trick("marks", start, at, text[start])
            marks = 0


def _turned(text: str) -> Iterator[Trick]:
    """Overrides, and directions that do not end in their line or were never begun."""
    opened: list[re.Match[str]] = []
    for found in _DIRECTION.finditer(text):
        mark = found[0]
        if mark == "\n":
            yield from _never_ended(opened)
            opened.clear()
        elif mark in _OVERRIDES:
            yield _trick("direction", found)
            opened.append(found)
        elif mark in _EMBEDDINGS + _ISOLATES:
            opened.append(found)
        elif opened and (mark == _END_OF_ISOLATE) == (opened[-1][0] in _ISOLATES):
            opened.pop()
        else:
            yield _trick("direction", found)
    yield from _never_ended(opened)


def _never_ended(opened: list[re.Match[str]]) -> Iterator[Trick]:
    return (_trick("direction", each) for each in opened if each[0] not in _OVERRIDES)


def _tags(text: str) -> Iterator[Trick]:
    """Invisible letters; the flags of England, Scotland and Wales are written with them."""
    for found in _TAGS.finditer(text):
        if not found["flag"]:
            yield _trick("tag", found)


def _selectors(text: str) -> Iterator[Trick]:
    for found in _SELECTORS.finditer(text):
        before, selectors = found.groups()
        if len(selectors) > 1 or not _has_forms(before, selectors):
            yield Trick("selector", found.start(2), found.end(2), selectors[0])


def _has_forms(character: str, selector: str) -> bool:
    """Whether a character has several forms for a selector to choose from."""
    if selector >= "\U000e0100":
        return _IDEOGRAPH.match(character) is not None
    if selector < "\ufe00":
        return _MONGOLIAN.match(character) is not None
    plain = character.isalpha() and character < _FIRST_WITH_FORMS
    return bool(character) and not character.isspace() and not plain


def _trick(kind: TrickKind, found: re.Match[str]) -> Trick:
    return Trick(kind, found.start(), found.end(), found[0][0])
