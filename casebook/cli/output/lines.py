"""What text on a terminal is made of: lines as wide as it is, names cut to columns, counts."""

import sys
import textwrap
from typing import Final

from casebook.cli.terminal import clean, dress, width_of

RESULT_LOOKS: Final = {"pass": "good", "fail": "error", "incomplete": "warning"}
"""How the word of a result is dressed."""

_WIDEST: Final = 100
"""Longer lines are hard to read, however wide the terminal is."""
_ELSEWHERE: Final = 80
"""Columns in a file or a pipe."""


def wrapped(
    text: str, role: str | None = None, *, indent: str = "", first: str | None = None
) -> list[str]:
    """A text over as many lines as it takes; its own breaks and double blanks are folded.

    Args:
        text: The text; what a terminal would obey is escaped.
        role: How to dress it; left out, it stays plain.
        indent: What stands before each line.
        first: What stands before the first line instead, such as a dash.
    """
    lines = textwrap.wrap(
        clean(" ".join(text.split())),
        min(width_of(sys.stdout) or _ELSEWHERE, _WIDEST),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return [dress(line, role) for line in lines] if role else lines


def item(text: str, role: str | None = None, *, indent: str = "  ") -> list[str]:
    """A text among others like it: its further lines stand further in, so that each is seen."""
    return wrapped(text, role, indent=f"{indent}  ", first=indent)


def cut(text: str, most: int) -> str:
    """A name in so many columns at the most, escaped, with a sign where it was longer."""
    shown = clean(text)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 work", "2,000 sheets"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
