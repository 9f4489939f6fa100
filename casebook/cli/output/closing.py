"""What stands beside a result, on stderr: sentences folded to the terminal, commands left whole."""

import sys
import textwrap
from typing import Final

from casebook.cli.terminal import clean, dress, width_of

_WIDEST: Final = 100
"""Longer lines are hard to read, however wide the terminal is."""


def closing(text: str, command: str | None = None) -> list[str]:
    """A sentence in lines; one line in a file or a pipe.

    Args:
        text: The sentence; what a terminal would obey is escaped.
        command: A command to copy, behind it: on a line of its own where it has no room, and never
            broken, since half of it would be copied.
    """
    shown, columns = clean(text), width_of(sys.stderr)
    if columns is None:
        return [f"{shown} {dress(command, 'hint')}" if command else shown]
    width = min(columns, _WIDEST)
    lines = textwrap.wrap(
        shown, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    ) or [""]
    if command:
        has_room = len(lines[-1]) + 1 + len(clean(command)) <= width
        before = f"{lines.pop()} " if has_room else "  "
        lines.append(f"{before}{dress(command, 'hint')}")
    return lines
