"""Codes are unique, explained, and each of them is used by some check."""

import ast
import re
from pathlib import Path

import pytest

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Code

NAMES = {name: value for name, value in vars(codes).items() if isinstance(value, Code)}


def test_every_code_is_listed_once_in_order() -> None:
    """``all_codes`` gives every code of the module, sorted by number, and no number twice."""
    ids = [code.id for code in codes.all_codes()]
    assert len(ids) == len(NAMES) > 50
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("code", codes.all_codes(), ids=lambda code: code.id)
def test_a_code_explains_itself(code: Code) -> None:
    """A code has a number of three digits, a title without a stop, and a sentence about it."""
    assert re.fullmatch(r"CB[1-9]\d\d", code.id)
    assert code.title
    assert not code.title.endswith(".")
    assert code.about.endswith((".", "?"))


def test_every_code_is_used(repository: Path) -> None:
    """Each code is named somewhere in casebook outside the list itself: none is a dead promise."""
    used: set[str] = set()
    for path in (repository / "casebook").rglob("*.py"):
        if path.name == "codes.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                owner = node.value
                if isinstance(owner, ast.Name) and owner.id == "codes":
                    used.add(node.attr)
    assert used, "no source was read"
    assert sorted(set(NAMES) - used) == []
