"""Writes ``docs/limits.md``, the page of all limits, from ``casebook/limits.py``.

python scripts/limits.py
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casebook import limits

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "casebook" / "limits.py"
PAGE = ROOT / "docs" / "limits.md"

HEAD = """\
# Limits

For engineers: what casebook takes at most of what others hand it. Behind a limit nothing is
read, guessed or cut: it is told, with what to do. How many items a list of a file may have stands
in the JSON Schemas ([schemas/](../schemas)).

This page is made from `casebook/limits.py` by `python scripts/limits.py`; a test fails when it is
out of date.
"""

UNITS = {
    "BYTES": "bytes", "CHARACTERS": "characters", "SECONDS": "s", "PIXELS": "pixels",
}  # fmt: skip


class NotALimit(Exception):
    """A line of the module that is no constant with a sentence below it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A constant with its chapter and what is said of it."""

    name: str
    chapter: str
    about: str

    @property
    def value(self) -> int:
        """The figure."""
        return int(getattr(limits, self.name))

    @property
    def unit(self) -> str:
        """The unit in its name; of a count it is the name itself."""
        return next((UNITS[word] for word in self.name.split("_") if word in UNITS), "")


def read_limits() -> Iterator[Limit]:
    """Every limit in its order.

    Raises:
        NotALimit: A constant has no docstring below it, or stands in no chapter.
    """
    text = SOURCE.read_text(encoding="utf-8")
    chapters = {
        number: found[1]
        for number, line in enumerate(text.splitlines(), 1)
        if (found := re.fullmatch(r"# --- (.+?) -+", line))
    }
    body = [each for each in ast.parse(text).body if not isinstance(each, ast.ImportFrom)]
    constants, sayings = body[1::2], body[2::2]
    if len(constants) != len(sayings):
        raise NotALimit("the last constant has no sentence below it")
    for constant, saying in zip(constants, sayings, strict=True):
        match constant, saying:
            case (
                ast.AnnAssign(target=ast.Name(id=name), lineno=line),
                ast.Expr(value=ast.Constant(value=str(about))),
            ):
                before = [number for number in chapters if number < line]
                if not before:
                    raise NotALimit(f"{name} stands in no chapter")
                yield Limit(name, chapters[max(before)], " ".join(about.split()))
            case _:
                raise NotALimit(f"line {constant.lineno}: no constant with a sentence below it")


def page() -> str:
    """The page: every limit in its chapter."""
    parts, chapter = [HEAD], ""
    for limit in read_limits():
        if limit.chapter != chapter:
            chapter = limit.chapter
            parts.append(f"\n## {chapter[0].upper()}{chapter[1:]}\n\n| limit | | about |")
            parts.append("| --- | ---: | --- |")
        about = limit.about.replace("|", "\\|")
        parts.append(f"| `{limit.name}` | {limit.value:,} {limit.unit}".rstrip() + f" | {about} |")
    return "\n".join(parts).replace(".\n\n\n##", ".\n\n##") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {len(list(read_limits()))} limits\n")
