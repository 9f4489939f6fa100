"""The private list of names that must not stand in a portfolio, and that never leaves it.

A text file beside the portfolio's own: one name a line; ``#`` begins a comment; ``except:`` comes
before words that may stand although a name is in them. Nothing of casebook hands this file on:
folders are read as if it were not there.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook import limits
from casebook.errors import UsageError
from casebook.files import read_bytes

PRIVATE_NAMES_FILE: Final = "private-names.txt"
"""What the list is called; no file of this name is a part of a portfolio, in whatever folder."""

_EXCEPT: Final = "except:"


@dataclass(frozen=True, slots=True)
class PrivateList:
    """The list as it was written: names, and phrases that may stand."""

    names: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    digest: str = ""
    """Of the file's bytes, by which a copy of it is known."""


def is_private(name: str) -> bool:
    """Whether a path is that of a private list of names."""
    return os.path.basename(name.replace("\\", "/")).casefold() == PRIVATE_NAMES_FILE  # noqa: PTH119


def read_private_list(path: Path) -> PrivateList:
    """Read a list of names.

    Raises:
        UsageError: There is no such file, it is no text, or it is longer than a list of names.
    """
    content = read_bytes(path, limits.PRIVATE_NAMES_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 text", hint="save the list of names again with that encoding"
        ) from error
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    names = tuple(dict.fromkeys(line for line in lines if line and not _is_exception(line)))
    if len(names) > limits.PRIVATE_NAMES:
        raise UsageError(
            f"{path} has {len(names):,} names; at most {limits.PRIVATE_NAMES:,} are looked for",
            hint="list the people whom this portfolio is about, one a line",
        )
    excepted = tuple(line[len(_EXCEPT) :].strip() for line in lines if _is_exception(line))
    return PrivateList(names, tuple(filter(None, excepted)), hashlib.sha256(content).hexdigest())


def private_list_in(root: Path) -> PrivateList | None:
    """The list that lies in a portfolio's folder; None where there is none."""
    path = root / PRIVATE_NAMES_FILE
    return read_private_list(path) if path.is_file() else None


def copies_of(private: PrivateList, contents: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that hold the list under another name."""
    return tuple(
        name
        for name, content in contents.items()
        if hashlib.sha256(content).hexdigest() == private.digest
    )


def _is_exception(line: str) -> bool:
    return line.casefold().startswith(_EXCEPT)
