"""Fills the templates of files that people go on writing in: YAML with its guidance as comments."""

import re
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import jinja2

from casebook import resources
from casebook.diagnostics.writers import visible
from casebook.rules.spelling import as_value

_NOTE_COLUMNS: Final = 92
_NOTHING: Final = frozenset({"", "~", "null"})
"""What YAML reads as no value."""


def file_from_template(name: str, values: Mapping[str, Any]) -> bytes:
    """A file from its template in ``templates/new/``.

    Args:
        name: The file's name, without the ending of templates.
        values: What the template asks for.
    """
    text = _templates().get_template(f"{name}.j2").render(values)
    lines = [line.rstrip() for line in text.splitlines()]
    # Why at most one: texts that are not asked for leave their empty lines behind.
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return f"{joined.strip()}\n".encode()


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.templates_dir() / "new"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - text files for an editor, no HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["note"] = _note
    environment.filters["wrapped"] = _wrapped
    environment.filters["step"] = _step
    environment.filters["value"] = _value
    return environment


def _note(text: str, indent: int = 0, inside: int = 0, hang: int = 0) -> str:
    """A text as lines that YAML does not read.

    Args:
        text: The text.
        indent: Columns before each #.
        inside: Further columns behind it.
        hang: Further columns from the second line on.
    """
    start = f"{' ' * indent}# {' ' * inside}"
    return textwrap.fill(
        _on_one_line(text),
        _NOTE_COLUMNS,
        initial_indent=start,
        subsequent_indent=start + " " * hang,
    )


def _on_one_line(text: str) -> str:
    """A text without line breaks, its control characters written out.

    Why: a candidate's title could otherwise keep the sheet from being read, or paint the screen.
    """
    return visible(" ".join(text.split()))


def _step(text: str) -> str:
    """A level of a scale as a comment in a list, its later lines below its words."""
    number, _, words = text.partition("  ")
    start = f"  #   {number}  "
    return textwrap.fill(
        _on_one_line(words),
        _NOTE_COLUMNS,
        initial_indent=start,
        subsequent_indent="  #".ljust(len(start)),
    )


def _value(text: str) -> str:
    """A text as it stands behind a key."""
    return f'"{text}"' if text.casefold() in _NOTHING else as_value(text)


def _wrapped(text: str, first: str = "", indent: str = "") -> str:
    return textwrap.fill(
        " ".join(text.split()), _NOTE_COLUMNS, initial_indent=first, subsequent_indent=indent
    )
