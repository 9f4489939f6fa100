"""The private list of names that must not stand in a portfolio, and that never leaves it.

A text file beside the portfolio's own: one name a line; ``#`` begins a comment; ``except:`` comes
before words that may stand although a name is in them. Nothing of casebook hands this file on:
folders are read as if it were not there.
"""

import hashlib
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook import limits
from casebook.errors import UsageError
from casebook.files import read_bytes

PRIVATE_NAMES_FILE: Final = "private-names.txt"
"""What the list is called, beside a portfolio's own file."""

_LIKE_A_LIST: Final = re.compile(
    r"(?:copy of |kopie von )?private[-_ .]?names?(?:[-_ ]{0,3}(?:copy|kopie|\(?\d{1,3}\)?))?"
    r"(?:\.(?:txt|text|md|csv|rtf|docx?|odt|ya?ml|bak|old|orig|tmp|sw[po])){0,3}~?"
)
"""How the list is called by programs that hide endings, by editors, and by a slip of the pen."""

_EXCEPT: Final = "except:"

_OPENING: Final = "\"“”„‟«»‹›‚‘’'"
_CLOSING: Final = "\"“”‟«»‹›‘’'"
_DOUBLE: Final = re.compile('["“”„‟«»‹›]')
"""Quotes that are no apostrophes, so that no name has one of its own."""


@dataclass(frozen=True, slots=True)
class PrivateList:
    """The list as it was written: names, and phrases that may stand.

    A name that counts only as a whole begins and ends with ``"``, whatever quotes were written.
    """

    names: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    digest: str = ""
    """Of the file's bytes, by which a copy of it is known."""


def is_private(name: str) -> bool:
    """Whether a path is that of a private list of names, or of what was meant to be one."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _LIKE_A_LIST.fullmatch(last.strip().casefold()) is not None


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
    names = dict.fromkeys(_name(line) for line in lines if not _is_exception(line))
    names.pop("", None)
    if len(names) > limits.PRIVATE_NAMES:
        raise UsageError(
            f"{path} has {len(names):,} names; at most {limits.PRIVATE_NAMES:,} are looked for",
            hint="list the people whom this portfolio is about, one a line",
        )
    excepted = (_name(line[len(_EXCEPT) :].strip()) for line in lines if _is_exception(line))
    phrases = tuple(filter(None, (each.strip('"') for each in excepted)))
    return PrivateList(tuple(names), phrases, hashlib.sha256(content).hexdigest())


def private_list_in(root: Path) -> PrivateList | None:
    """The list that lies in a portfolio's folder; None where there is none."""
    path = root / PRIVATE_NAMES_FILE
    return read_private_list(path) if path.is_file() else None


def lists_not_read(root: Path, beside: str, passed_over: Collection[str] = ()) -> tuple[str, ...]:
    """Files below a folder that seem to be a list of names, and are not called or placed as one.

    Args:
        root: The folder.
        beside: The name of a portfolio's own file, beside which a list is read.
        passed_over: Folders in it that are not looked into; hidden ones never are.

    Returns:
        Their paths in the folder, in order.
    """
    found: list[str] = []
    for folder, below, files in os.walk(root):
        here = Path(folder)
        below[:] = [each for each in below if not each.startswith(".")]
        if here == root:
            below[:] = [each for each in below if each not in passed_over]
        for each in filter(is_private, files):
            path = here / each
            if not (_is_read(path, root) or (beside in files and _is_read(path, here))):
                found.append(path.relative_to(root).as_posix())
    return tuple(sorted(found))


def copies_of(private: PrivateList, contents: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that hold the list under another name."""
    return tuple(
        name
        for name, content in contents.items()
        if hashlib.sha256(content).hexdigest() == private.digest
    )


def _is_read(path: Path, folder: Path) -> bool:
    """Whether a file is the list of a folder; some disks take small letters for capitals."""
    own = folder / PRIVATE_NAMES_FILE
    try:
        return path.samefile(own)
    except OSError:
        return path == own


def _name(line: str) -> str:
    """A line's name: in plain double quotes where any quotes enclose it, else without quotes."""
    if len(line) > 1 and line[0] in _OPENING and line[-1] in _CLOSING:
        inner = _DOUBLE.sub("", line[1:-1]).strip()
        return f'"{inner}"' if inner else ""
    return " ".join(_DOUBLE.sub(" ", line).split())


def _is_exception(line: str) -> bool:
    return line.casefold().startswith(_EXCEPT)
