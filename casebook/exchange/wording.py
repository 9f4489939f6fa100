"""Texts of other programs, made such that a casebook file can hold them."""

import re
from typing import Final

from casebook.characters import tricks, without_tricks
from casebook.limits import LINE_CHARACTERS

_NULLS: Final = {"null", "~"}
"""Texts that a YAML file cannot hold: they say that there is nothing."""

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_BREAKS: Final = re.compile("\r\n|\r|\u2028|\u2029")
_MARKUP: Final = re.compile(r"</?(?:p|br|div|span|b|i|u|em|strong|ul|ol|li|a|h[1-6])\b[^>]*>")


def cleaned(text: str) -> str:
    """A text without what cannot be seen; nothing where a file would read it as nothing."""
    seen = without_tricks(_SURROGATES.sub("", _BREAKS.sub("\n", text)))
    lines = seen.replace("\t", " ").split("\n")
    kept = "\n".join(line.rstrip() for line in lines).strip()
    return "" if kept.casefold() in _NULLS else kept


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(cleaned(text).split())


def one_line(text: str) -> str:
    """A text on one line, cut to what a line may have."""
    line = flat(text)
    return line if len(line) <= LINE_CHARACTERS else f"{line[: LINE_CHARACTERS - 1]}…"


def holds_unseen(text: str) -> bool:
    """Whether a text holds characters that cannot be seen."""
    return _SURROGATES.search(text) is not None or any(tricks(text))


def holds_markup(text: str) -> bool:
    """Whether a text holds HTML."""
    return _MARKUP.search(text) is not None
