"""Names with spaces that a shell took apart, because nobody put them into quotes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.cli.terminal import typed


def quotes_hint(words: Sequence[str]) -> str | None:
    """What to tell whoever left the quotes out; None where no words together name a file.

    Args:
        words: The command line, as the shell took it apart.
    """
    meant = next(_names_in(words), None)
    return None if meant is None else f"a name with spaces wants quotes: {typed(meant)}"


def _names_in(words: Sequence[str]) -> Iterator[str]:
    """Neighbouring words that, with one space between them, name what is there; longest first."""
    for start, first in enumerate(words):
        if first.startswith("-") or _is_there(first):
            continue
        for end in range(len(words), start + 1, -1):
            name = " ".join(words[start:end])
            if _is_there(name):
                yield name


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # Too long for a name, or a NUL.
        return False
