"""What somebody may have meant who wrote a name that is not known."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from typing import Final

from casebook.limits import SUGGESTIONS

_PLAIN: Final = re.compile(r"[^\W_](?:[^:#,'\"\\\[\]{}]*[^\s:#,'\"\\\[\]{}])?")
"""A text that YAML takes as it is, in brackets and braces too."""

_BETWEEN_WORDS: Final = re.compile(r"[\s._-]+")


_AS_LISTED: Final = "write it as the program, or casebook's lists, have it"

_LEFT: ContextVar[list[int] | None] = ContextVar("suggestions left", default=None)
"""How many suggestions may still be made; None where nobody counts them."""


@contextmanager
def few_suggestions() -> Iterator[None]:
    """Inside, the nearest known name is looked for a limited number of times.

    Why: it is dear, and a file can hold a hundred thousand names that are not known.
    """
    if _LEFT.get() is not None:
        yield
        return
    token = _LEFT.set([SUGGESTIONS])
    try:
        yield
    finally:
        _LEFT.reset(token)


def may_suggest() -> bool:
    """Whether one more suggestion may be made; it counts as made."""
    left = _LEFT.get()
    if left is None:
        return True
    left[0] -= 1
    return left[0] >= 0


def did_you_mean(
    written: str, known: Iterable[str], titles: Mapping[str, str] | None = None
) -> str:
    """Offer the nearest known name, or all of them when none is near.

    Args:
        written: What stands in the file.
        known: The names there are.
        titles: What some of them are called in plain language; by that they are found too.
    """
    if not may_suggest():
        return _AS_LISTED
    names = sorted(known)
    wanted = written.casefold()
    spellings = {title.casefold(): name for name, title in (titles or {}).items()}
    spellings |= {name.casefold(): name for name in names}
    close = get_close_matches(wanted, spellings, n=1)
    if not close:
        words = {word: name for name in reversed(names) for word in _BETWEEN_WORDS.split(name)}
        close = get_close_matches(wanted, words, n=1)
        spellings |= words
    if close:
        return f"did you mean `{spellings[close[0]]}`?"
    return f"known: {', '.join(names)}" if names else "there are none of this kind; remove it"


def as_value(text: str) -> str:
    """A text as it can be typed behind a key: in quotes where YAML wants them."""
    if _PLAIN.fullmatch(text):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
