"""Lists of inputs: a line for each, with the SHA-256 that it should have where that is known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casebook.batch.places import place_meant
from casebook.errors import UsageError

LIST_BYTES: Final = 2_000_000_000
"""Ten million long paths."""

_SUMMED: Final = re.compile(r"(\\?)([0-9a-fA-F]{64}) [ *](.+)")
"""What ``sha256sum`` prints; the backslash says that the name has some in it."""

_ESCAPES: Final = re.compile(r"\\(.)")
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to work on.

    Attributes:
        written: The path or URL, as it was given.
        digest: The SHA-256 that its content should have, in hexadecimal; None where nobody said.
    """

    written: str
    digest: str | None = None


def inputs_in(content: bytes, title: str) -> tuple[Input, ...]:
    """The inputs in a list: a path or URL a line, or lines as ``sha256sum`` writes them.

    Args:
        content: The list, in UTF-8; empty lines are passed over.
        title: What messages call it.

    Raises:
        UsageError: A line is none of these; the first such line is named.
    """
    found = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not (line := line.removesuffix(b"\r")).strip():
            continue
        try:
            found.append(_input_in(line.decode("utf-8")))
        except UnicodeDecodeError:
            raise UsageError(
                f"{title}:{number}: the line is no UTF-8 text", hint="save the list as UTF-8"
            ) from None
        except UsageError as error:
            raise UsageError(f"{title}:{number}: {error}", hint=error.hint) from None
    return tuple(found)


def without_duplicates(inputs: Iterable[Input]) -> tuple[tuple[Input, ...], tuple[str, ...]]:
    """Each input once, where it stands first; and what stood there again.

    Raises:
        UsageError: One input is to have two digests.
    """
    first: dict[str, Input] = {}
    again: dict[str, None] = {}
    for each in inputs:
        known = first.setdefault(each.written, each)
        if known is each:
            continue
        if known.digest is not None and each.digest not in {None, known.digest}:
            raise UsageError(
                f"{each.written} stands in the list with two digests",
                hint="leave the one that is right",
            )
        if known.digest is None:
            first[each.written] = each
        again[each.written] = None
    return tuple(first.values()), tuple(again)


def told_again(again: tuple[str, ...]) -> str:
    """That inputs were named more than once, in a sentence."""
    names = ", ".join(again[:_NAMED])
    more = f" and {len(again) - _NAMED:,} more" if len(again) > _NAMED else ""
    count = "1 input is" if len(again) == 1 else f"{len(again):,} inputs are"
    return f"{count} named more than once, and worked on once: {names}{more}"


def _input_in(line: str) -> Input:
    summed = _SUMMED.fullmatch(line)
    if summed is None:
        place_meant(line)
        return Input(line)
    escaped, digest, written = summed.groups()
    if escaped:
        written = _ESCAPES.sub(lambda found: "\n" if found[1] == "n" else found[1], written)
    place_meant(written)
    return Input(written, digest.lower())
