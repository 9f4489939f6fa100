"""Names of files, as section 2 has them, and the folder that section 9 makes of a record."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from conformance.second_verifier.assigned import is_assigned
from conformance.second_verifier.refusal import need, refuse

NAME_BYTES: Final = 512
NAME_PARTS: Final = 16
PART_BYTES: Final = 255
MARKS: Final = 10
HIDDEN: Final = frozenset(["Cc", "Cf", "Co", "Cs", "Zl", "Zp"])
UNSEEN: Final = re.compile(
    "[\u17b4\u17b5\u2065\u3164\uffa0\ufffe\uffff\U000e0000-\U000e007f]"
    "|(?<![\u0590-\u05ff])\u034f"
    "|(?<![\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff])[\u115f\u1160]"
    "(?![\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff])"
)
SELECTORS: Final = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
FOLDER_SIGNS: Final = 60
SPELLED_OUT: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def checked_name(raw: bytes) -> str:
    """A name that every system stores as it is written."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        refuse("a name is no UTF-8")
    need(len(raw) <= NAME_BYTES and "/" in name, f"{name[:80]!r}: too long, or no folder")
    if fault := name_fault(name):
        refuse(f"{name[:80]!r}: {fault}")
    return name


def name_fault(name: str) -> str:
    """What is wrong with a name by itself; nothing when it can be used."""
    parts = name.split("/")
    kinds = {unicodedata.category(sign) for sign in name}
    drive = re.match(r"[A-Za-z]:", name) is not None
    leads_elsewhere = any(part in ("", ".", "..") or part[-1] in ". " for part in parts)
    too_long = len(parts) > NAME_PARTS or any(len(part.encode()) > PART_BYTES for part in parts)
    faults = {
        "a sign that has another meaning elsewhere": drive or set(name) & set('\\<>:"|?*'),
        "a part that leads elsewhere": leads_elsewhere,
        "too long": too_long,
        "a device": any(map(is_device, parts)),
        "a sign that is not seen": kinds & HIDDEN or any(map(hides_something, parts)),
        "a sign that Unicode 14.0 does not have": not all(map(is_assigned, name)),
        "not composed": not unicodedata.is_normalized("NFC", name),
    }
    return next((words for words, found in faults.items() if found), "")


def hides_something(part: str) -> bool:
    """Whether a part holds what is not seen, marks piled up, or a selector of nothing."""
    selectors = re.finditer(f"(^|.)([{SELECTORS}]+)", part)
    return (
        UNSEEN.search(part) is not None
        or longest_run_of_marks(part) > MARKS
        or any(not selects(*found.groups()) for found in selectors)
    )


def selects(before: str, selectors: str) -> bool:
    """Whether a variation selector has something to select from: what stands before it."""
    if len(selectors) > 1 or not before:
        return False
    if selectors >= "\U000e0100":
        return re.match("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", before) is not None
    if selectors < "\ufe00":
        return re.match("[\u1800-\u18af]", before) is not None
    return not before.isspace() and not (before.isalpha() and before < "\u0600")


def longest_run_of_marks(name: str) -> int:
    """How many combining marks follow each other at most."""
    longest = run = 0
    for sign in name:
        is_mark = unicodedata.combining(sign) or unicodedata.category(sign) == "Me"
        run = run + 1 if is_mark else 0
        longest = max(longest, run)
    return longest


def is_device(part: str) -> bool:
    """Whether Windows takes a part of a name for a device."""
    stem = part.partition(".")[0].rstrip().casefold()
    return re.fullmatch(r"con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]", stem) is not None


def check_names_together(names: Sequence[str]) -> None:
    """Refuse names that would meet on some disk, or stand in several top folders."""
    need(len({name.partition("/")[0] for name in names}) == 1, "several top folders")
    spellings: dict[str, str] = {}
    for name in names:
        parts = name.split("/")
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            folded = unicodedata.normalize("NFC", path.casefold())
            need(spellings.setdefault(folded, path) == path, f"{name!r} meets another")
            need(depth == len(parts) or path not in names, f"{path!r} is file and folder")


def folder_name(words: str) -> str:
    """The name of the folder that some words lead to."""
    known = "".join(sign if is_assigned(sign) else "-" for sign in words)
    folded = unicodedata.normalize("NFKD", known).casefold().translate(SPELLED_OUT)
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:FOLDER_SIGNS].rstrip("-")
    if not name:
        return f"item-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
    return f"{name}-file" if is_device(name) else name
