"""The lines that agreement is written in: at most 80 columns, texts wrapped and names cut."""

import textwrap
from collections.abc import Iterator
from typing import Final

from casebook.cli.terminal import clean, dress

WIDTH: Final = 78
NAME: Final = 38
"""Columns for the name of a figure."""


def fitted(text: str, width: int) -> str:
    """A text in exactly so many columns, cut where it is longer."""
    return (text if len(text) <= width else f"{text[: width - 1]}…").ljust(width)


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 work", "2,000 sheets"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def wrapped(text: str, role: str | None = None, indent: str = "  ") -> Iterator[str]:
    """A text over as many lines as it takes, the further ones set in."""
    for number, line in enumerate(textwrap.wrap(clean(text), WIDTH - len(indent) - 2)):
        inside = indent if number == 0 else f"{indent}  "
        yield f"{inside}{dress(line, role) if role else line}"
