"""Where two texts part, told to someone who has to decide which of them is right."""

import difflib
from itertools import takewhile
from typing import Final

RENEWING: Final = (
    "If that is meant, pytest --renew-references tests/references (or make references, for all"
    " tests) accepts it; read git diff before a commit."
)


def first_difference(expected: str, found: str) -> str:
    """The first lines in which two texts differ, with their number and what stands around them."""
    old, new = expected.split("\n"), found.split("\n")
    line = 1 + sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    )
    part = next((each[3:] for each in reversed(old[:line]) if each.startswith("== ")), "")
    _, _, _, *lines = difflib.unified_diff(old, new, lineterm="")
    hunk = list(takewhile(lambda each: not each.startswith("@@"), lines))
    changed = sum(each[:1] in {"+", "-"} for each in lines)
    more = changed - sum(each[:1] in {"+", "-"} for each in hunk)
    place = f"first at line {line}" + (f", in '{part}'" if part else "")
    return "\n".join([place, *hunk, *([f"and {more} more lines further on"] if more else [])])
