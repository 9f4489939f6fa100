"""``fetch.txt``: payload files that are to be had elsewhere. casebook fetches none of them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from casebook.bundle.bag.contents import PAYLOAD, BagFiles
from casebook.bundle.bag.manifests import Manifest
from casebook.bundle.bag.names import decode, decode_line_ends, is_unsafe
from casebook.bundle.bag.problem import BagProblem
from casebook.bundle.bag.rules import BagRules
from casebook.bundle.bag.tag_files import is_text, lines_of, without_mark

FETCH: Final = "fetch.txt"

_LINE: Final = re.compile(r"(\S+)[ \t]+([0-9]{1,18}|-)[ \t]+(.+)")
_FAMILIAR: Final = re.compile(r"(https?|ftps?|sftp)://[^/?#]", re.IGNORECASE)
"""Addresses that lead to another computer. ``file:`` would lead to any place on this one."""
_SHOWN: Final = 80


def check_fetch(
    files: BagFiles, rules: BagRules, manifests: Sequence[Manifest]
) -> Iterator[BagProblem]:
    """Say what is wrong with the list, and which of its files are still to be fetched.

    Source:
        RFC 8493, sections 2.2.3 and 3.
    """
    if FETCH not in files.names:
        return
    of_payload = [{entry.name for entry in each.entries} for each in manifests if not each.of_tags]
    vouched = _listed_by(of_payload, everywhere=rules.is_final)
    lines, _ = without_mark(lines_of(files.read(FETCH), rules.encoding))
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if match is None or not is_text(line):
            yield BagProblem("malformed", FETCH, f"line {number} is no address, length and name")
            continue
        address, length, written = match.groups()
        name = (decode if rules.is_final else decode_line_ends)(written.removeprefix("./"))
        if not _FAMILIAR.match(address):
            detail = f"{address[:_SHOWN]!r} is no address to fetch a file from"
            yield BagProblem("unsafe", FETCH, detail)
        if is_unsafe(name) or not name.startswith(PAYLOAD):
            yield BagProblem("unsafe", name, f"{FETCH} lists a name from elsewhere")
            continue
        if name in seen:
            yield BagProblem("duplicate", name, f"{FETCH} lists it twice", warning=True)
        elif name not in vouched:
            yield BagProblem("extra", name, f"{FETCH} lists it, and no manifest vouches for it")
        elif name not in files.names:
            where = f"it is still to be fetched from {address[:_SHOWN]}"
            yield BagProblem("missing", name, where)
        elif length != "-" and files.size(name) != int(length):
            detail = f"it has {files.size(name)} bytes, {FETCH} says {length}"
            yield BagProblem("oxum", name, detail, warning=True)
        seen.add(name)


def _listed_by(manifests: Sequence[set[str]], *, everywhere: bool) -> set[str]:
    if not manifests:
        return set()
    return set.intersection(*manifests) if everywhere else set.union(*manifests)
