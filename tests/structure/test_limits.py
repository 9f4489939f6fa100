"""The limits on untrusted input: all in one place, each with its reason, and the page of them."""

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

LIMIT = re.compile(
    r"(MAX|MOST|LIMIT|LARGEST|LONGEST)_?\w*_(BYTES|PIXELS|CHARACTERS|ENTRIES|FILES)$"
    r"|_(BYTES|PIXELS)_?LIMIT|^(MAX|LIMIT)_"
)
"""How constants are called that bound what is taken."""

OWN = {"_LARGEST_REQUEST_BYTES"}
"""Bounds on what casebook sends to itself, and on nothing of others."""

FEWEST = 40


@pytest.fixture(scope="module")
def script(repository: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("limits", repository / "scripts" / "limits.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_limit_says_what_it_bounds_and_why(script: ModuleType) -> None:
    found = list(script.read_limits())
    assert len(found) >= FEWEST
    for limit in found:
        assert limit.value > 0, limit.name
        assert limit.about.endswith("."), limit.name
        assert len(limit.about.split()) >= 3, limit.name


def test_the_page_is_what_the_module_says(script: ModuleType, repository: Path) -> None:
    """``python scripts/limits.py`` changes nothing."""
    assert (repository / "docs" / "limits.md").read_text("utf-8") == script.page()


def test_no_module_keeps_a_limit_of_its_own(repository: Path) -> None:
    modules = [each for each in repository.glob("casebook/**/*.py") if each.name != "limits.py"]
    assert len(modules) > 100
    strays = [
        f"{module.name}: {node.target.id}"
        for module in modules
        for node in ast.parse(module.read_text("utf-8")).body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(node.value, ast.Constant | ast.BinOp)
        and LIMIT.search(node.target.id)
        and node.target.id not in OWN
    ]
    assert strays == []
