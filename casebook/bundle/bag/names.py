"""Names in a bag: how manifests write them, and which of them no system should follow."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from casebook.bundle.bag.problem import BagProblem
from casebook.files import name_fault

_ENCODED: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_SHORTCUT: Final = re.compile(r"~|%[^%/]+%|[A-Za-z]:")
"""A home folder, a variable of Windows, a drive."""
_LEFT_BEHIND: Final = frozenset([".ds_store", "thumbs.db", "desktop.ini", ".spotlight-v100"])


def encode(name: str) -> str:
    """Percent-encode what would break a manifest's lines, and nothing else (section 2.1.3)."""
    return "".join(_ENCODED.get(mark, mark) for mark in name)


def decode(written: str) -> str:
    """The name that a manifest of BagIt 1.0 means; other percent signs are themselves."""
    return re.sub("%(25|0[Aa]|0[Dd])", lambda found: chr(int(found[1], 16)), written)


def decode_line_ends(written: str) -> str:
    """The same for older versions, which encode line ends alone."""
    return re.sub("%(0[Aa]|0[Dd])", lambda found: chr(int(found[1], 16)), written)


def is_unsafe(name: str) -> bool:
    """Whether a name could mean a place outside the bag on any system (section 5.2).

    Why all systems at once: a bag is passed on, and what is harmless here may not be there.
    """
    return (
        not {"", ".", ".."}.isdisjoint(name.split("/"))
        or "\\" in name
        or "\0" in name
        or _SHORTCUT.match(name) is not None
    )


def name_warnings(names: Iterable[str]) -> Iterator[BagProblem]:
    """Warn of names that would meet another on some disks, cannot be stored, or slipped in.

    Args:
        names: Names of files and names that manifests list, each once.
    """
    spellings: dict[str, str] = {}
    for name in sorted(names):
        folded = folded_name(name)
        if (other := spellings.setdefault(folded, name)) != name:
            detail = f"on some disks it is the same file as {other!r}"
            yield BagProblem("clash", name, detail, warning=True)
        if name.rpartition("/")[2].casefold() in _LEFT_BEHIND:
            detail = "a file browser left it behind; it is seldom meant to be sent"
            yield BagProblem("system-file", name, detail, warning=True)
        if not is_unsafe(name) and (fault := name_fault(name)):
            yield BagProblem("unportable", name, f"the name {fault}", warning=True)


def one_spelling(name: str) -> str:
    """A name with one code for each letter, where Unicode has two."""
    return unicodedata.normalize("NFC", name)


def folded_name(name: str) -> str:
    """A name without what some disks do not tell apart: capitals, and two codes of one letter."""
    return one_spelling(one_spelling(name).casefold())
