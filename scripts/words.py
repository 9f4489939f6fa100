"""Brings the catalogues under casebook/language up to date with the words of code and pages.

New messages are added without a translation, and those that nothing says any more are taken out;
translations stay as they are. What stands in a catalogue follows from the sources alone, so that
two people who run this get the same files: no dates, no line numbers, no names.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "casebook" / "language"
_SOURCES = {
    "casebook": [("**.py", "python")],
    "templates": [("**.html.j2", "jinja2.ext:babel_extract")],
}
_PLURALS = {"de": "n != 1", "es": "n != 1", "fr": "n > 1"}
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=({plural});\\n"

"""


def said() -> Catalog:
    """Every message that code and templates mark, with the files that say it."""
    found = Catalog(charset="utf-8")
    for folder, methods in _SOURCES.items():
        for file, _line, message, comments, context in sorted(
            extract_from_dir(ROOT / folder, method_map=methods, comment_tags=("Translators:",)),
            key=lambda each: (each[0], each[1]),
        ):
            found.add(
                message,
                locations=[(f"{folder}/{Path(file).as_posix()}", 0)],
                auto_comments=comments,
                context=context,
            )
    return found


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it stands."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str) -> Iterator[Message]:
    """The messages of a catalogue that are not translated yet."""
    for message in catalogue(language):
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(words):
            yield message


def renewed(language: str) -> str:
    """A language's catalogue with exactly the messages that are said now."""
    known = catalogue(language)
    messages = said()
    for message in messages:
        before = known.get(message.id, message.context) if message.id else None
        if before is not None:
            message.string = before.string
            message.user_comments = before.user_comments
    out = BytesIO()
    write_po(out, messages, width=96, omit_header=True, sort_output=True, include_lineno=False)
    header = _HEADER.format(language=language, plural=_PLURALS[language])
    return header + out.getvalue().decode("utf-8").lstrip("\n")


def main() -> int:
    """Write every catalogue anew and say what is left to translate."""
    for language in _PLURALS:
        (CATALOGUES / f"{language}.po").write_text(renewed(language), encoding="utf-8")
        untranslated = len(list(missing(language)))
        sys.stdout.write(f"{language}.po: {untranslated or 'nothing'} left to translate\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
