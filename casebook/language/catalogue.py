"""Catalogues of translated words, read from the ``.po`` files beside this module.

Why the files that translators edit, and no compiled copies of them: one text for each language
cannot differ from itself. Reading one takes milliseconds, once a process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, get_args

Language = Literal["en", "de", "es", "fr"]
"""A language that pages can be in."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_FOLDER: Final = Path(__file__).parent
_SPOKEN: ContextVar[Language] = ContextVar("language", default="en")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Everything said inside comes out in this language."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken() -> Language:
    """The language of the innermost ``speaking`` block; English outside of all."""
    return _SPOKEN.get()


def _(words: str) -> str:
    """The words in the language spoken."""
    # Why: a catalogue's own description stands under the empty message.
    return _catalogue(spoken()).gettext(words) if words else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the words that goes with a count."""
    return _catalogue(spoken()).ngettext(one, many, count)


def pgettext(context: str, words: str) -> str:
    """The words as they are meant in a context, where one English word has two translations."""
    return _catalogue(spoken()).pgettext(context, words)


def N_(words: str) -> str:  # noqa: N802 - its name everywhere
    """Mark words for the catalogue that are said later, by ``_``."""
    return words


@cache
def _catalogue(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    # Why here: English pages do without.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    with (_FOLDER / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
