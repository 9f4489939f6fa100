"""What the commands print: colours on a terminal, plain text elsewhere, nothing it would obey."""

import os
import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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

_BAR: Final = 24


def dress(text: str, role: str) -> str:
    """Style a text for a terminal; click takes the colours away where there is none.

    What a terminal would obey is escaped first, so that a file's name cannot paint the screen.
    """
    safe = clean(text)
    return safe if os.environ.get("NO_COLOR") else click.style(safe, **_LOOKS.get(role, {}))


def clean(text: object) -> str:
    """A value as text in which every control character can be seen."""
    from casebook.diagnostics.writers import visible

    return visible(str(text))


def typed(path: object) -> str:
    """A path as it is typed at a prompt: in quotes where it has a space."""
    return clean(shlex.quote(str(path)))


def say(text: str) -> None:
    """Write a result to stdout; its parts have to be clean."""
    click.echo(text)


def say_json(values: object) -> None:
    """Write a result to stdout as JSON."""
    from casebook.diagnostics.writers import json_text

    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    click.echo(json_text(values, ascii_only=not encoding.startswith("utf")))


def tell(text: str) -> None:
    """Write what is no result to stderr; its parts have to be clean."""
    with suppress(OSError):  # where even that is full, the exit code has to say it
        click.echo(text, err=True)


def complain(message: str, hint: str | None = None) -> None:
    """Write what stopped the work, and what to do about it, to stderr.

    One line in a file or a pipe; on a terminal the remedy stands on lines of its own.
    """
    who, width = dress("casebook:", "error"), width_of(sys.stderr)
    if width is None:
        advice = f"; {dress(_as_clause(hint), 'hint')}" if hint else ""
        tell(f"{who} {clean(message)}{advice}")
        return
    first, *more = _folded(message, width, "casebook: ")
    tell("\n".join((f"{who} {first}", *(f"  {line}" for line in more))))
    for line in _folded(_as_clause(hint), width, "  ") if hint else ():
        tell(f"  {dress(line, 'hint')}")


def _folded(text: str, width: int, before: str) -> list[str]:
    """A text in lines for a terminal, the first behind something, the others two columns in."""
    lines = textwrap.wrap(
        f"{before}{clean(text)}", width,
        subsequent_indent="  ", break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    first, *more = lines or [before]
    return [first.removeprefix(before), *(line.removeprefix("  ") for line in more)]


def _as_clause(hint: str) -> str:
    """Advice as the end of a sentence; a system's name in front of a command keeps its capital."""
    first = hint.split(maxsplit=1)[0]
    is_word = first.istitle() and not {":", "/"}.intersection(first)
    return f"{hint[0].lower()}{hint[1:]}" if is_word else hint


def width_of(stream: Any) -> int | None:  # noqa: ANN401 - whatever stands for a stream
    """The columns of the terminal behind a stream; None for a file or a pipe."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


class ProgressLine:
    """One line on a terminal that says what is being done, with a bar."""

    def __call__(self, doing: str, done: int, total: int, /) -> None:
        """Show what is being done; ``total`` is 0 while it is not known how much there is."""
        filled = _BAR * done // total if total else 0
        bar = f"{'█' * filled}{'░' * (_BAR - filled)} " if total else ""
        room = shutil.get_terminal_size().columns - len(bar) - 1
        self._show(f"{dress(bar, 'hint')}{dress(doing[:room], 'dim')}")

    def end(self) -> None:
        """Take the line away."""
        self._show("")

    def _show(self, text: str) -> None:
        click.echo(f"\r\x1b[2K{text}", file=sys.stderr, nl=False)


@contextmanager
def progress() -> Iterator[Any]:
    """Tell on a terminal what is being done, and nothing anywhere else."""
    if not sys.stderr.isatty():
        from casebook.workflow.progress import quietly

        yield quietly
        return
    line = ProgressLine()
    try:
        yield line
    finally:
        line.end()
