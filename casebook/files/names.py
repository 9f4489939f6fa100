"""Names of files that every operating system accepts, and that stay inside their folder."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from casebook.characters import tricks
from casebook.errors import UsageError
from casebook.files.assigned import is_assigned

SLUG_LENGTH: Final = 60
PART_BYTES: Final = 255  # the longest name ext4, APFS and NTFS all store

_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
)
_FORBIDDEN_ON_WINDOWS: Final = frozenset('<>:"|?*')
_INVISIBLE: Final = frozenset(["Cc", "Cs", "Zl", "Zp"])  # control, half a character, line ends
# Marks that reorder text, so that "fdp.exe" can be shown as "exe.pdf"; in a name not even pairs.
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters that Unicode does not decompose into a base letter and an accent.
_SPELLED_OUT: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def safe_name(text: str) -> str:
    """A short lower-case name every operating system accepts: letters a to z, digits, hyphens.

    Two texts may share one; a text without any usable letter gets a name from its hash, so that
    "李" and "王" stay apart.
    """
    # Why: one of a later Unicode is taken apart by some versions of Python, and by some not.
    known = "".join(mark if is_assigned(mark) else "-" for mark in text)
    base = unicodedata.normalize("NFKD", known).casefold().translate(_SPELLED_OUT)
    letters = "".join(mark for mark in base if not unicodedata.combining(mark))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:SLUG_LENGTH].rstrip("-")
    if not slug:
        return "item-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug}-file" if slug in _DEVICES else slug


def name_fault(relative: str) -> str | None:
    """Why a relative name cannot be used on every operating system, or None when it can.

    The one rule for attachments, archives and folders; the answer is said after the name.
    """
    if not relative:
        return "is empty"
    if "\\" in relative:
        return "has a backslash; separate folders with /"
    if relative.startswith("/") or re.match(r"[A-Za-z]:", relative):
        return "is an absolute path"
    for part in relative.split("/"):
        if fault := _part_fault(part):
            return fault
    return None


def _part_fault(part: str) -> str | None:
    if part in ("", ".", ".."):
        return f"has {part!r} as a part of its path"
    kinds = {unicodedata.category(mark) for mark in part}
    forbidden = _FORBIDDEN_ON_WINDOWS.intersection(part)
    device = part.split(".", maxsplit=1)[0].rstrip().casefold() in _DEVICES
    faults = {
        "holds an invisible control character": kinds & _INVISIBLE or _REORDERING & set(part),
        "holds a character that Unicode 14.0 does not have": not all(map(is_assigned, part)),
        "holds characters that cannot be seen, or marks piled up": any(tricks(part)),
        f"holds {min(forbidden, default='')!r}, which Windows does not allow": forbidden,
        "has a part that ends in a dot or a space": part[-1] in ". ",
        "has a part that is the name of a device on Windows": device,
        f"has a part longer than {PART_BYTES} bytes": len(part.encode("utf-8", "replace"))
        > PART_BYTES,
    }
    return next((words for words, found in faults.items() if found), None)


def name_clash(names: Iterable[str]) -> tuple[str, str] | None:
    """The first of some names that would meet another on some disk, and why; None when all differ.

    Args:
        names: Relative names without faults of their own; a folder's ends in a slash.
    """
    spellings: dict[str, str] = {}
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        parts = name.removesuffix("/").split("/")
        paths = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        for path in paths:
            folded = unicodedata.normalize("NFC", path.casefold())
            if (other := spellings.setdefault(folded, path)) != path:
                return name, f"differs from {other[:SLUG_LENGTH]!r} in capitals only"
        own = folders if name.endswith("/") else files
        if paths[-1] in own:
            return name, "is there twice"
        own.add(paths[-1])
        folders.update(paths[:-1])
    if both := files.intersection(folders):
        return min(both), "is that of both a file and a folder"
    return None


def contained(root: Path, relative: str) -> Path:
    """The place of ``relative`` inside ``root``; it need not exist.

    Raises:
        UsageError: The name is unsafe, or a symbolic link on its way leads out of ``root``.
    """
    if fault := name_fault(relative):
        raise UsageError(
            f"{relative!r} {fault}",
            hint="name a file inside the folder by its relative path, such as attachments/form.pdf",
        )
    place = root / relative
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(root)):
        raise UsageError(
            f"{relative!r} is a link that leads out of the folder {root}",
            hint="copy the file itself into the folder instead of linking to it",
        )
    return place
