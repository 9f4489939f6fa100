"""What the commands print: colours on a terminal, plain text elsewhere."""

import sys
from collections.abc import Callable
from typing import Any, Final

import click

_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "blue", "bold": True},
    "good": {"fg": "green", "bold": True},
    "place": {"bold": True},
    "hint": {"fg": "cyan"},
    "gutter": {"dim": True},
    "dim": {"dim": True},
}


def dress(text: str, role: str) -> str:
    """Style a text for a terminal; click takes the colours away where there is none."""
    return click.style(text, **_LOOKS.get(role, {}))


def say(text: str) -> None:
    """Write a result to stdout."""
    click.echo(text)


def tell(text: str) -> None:
    """Write what is no result to stderr."""
    click.echo(text, err=True)


def complain(message: str, hint: str | None = None) -> None:
    """Write what stopped the work, and what to do about it, to stderr."""
    advice = f"; {dress(str(hint), 'hint')}" if hint else ""
    tell(f"{dress('casebook:', 'error')} {message}{advice}")


def progress() -> Callable[[str], None]:
    """A function that shows what is being done: on a terminal alone, and on one line."""
    if not sys.stderr.isatty():
        return lambda _: None

    def show(doing: str) -> None:
        width = click.get_terminal_size()[0] if hasattr(click, "get_terminal_size") else 79
        click.echo(f"\r\x1b[2K{dress(doing[: width - 1], 'dim')}", err=True, nl=False)

    return show


def progress_done() -> None:
    """Take the progress line away."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", err=True, nl=False)
