"""SECURITY.md points to what there is."""

import re
from pathlib import Path

import pytest

from conformance.case import STEPS

PLACES = ("casebook/", "tests/", "docs/", "conformance/")


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "SECURITY.md").read_text(encoding="utf-8")


def test_every_defence_names_code_and_tests_that_exist(page: str, repository: Path) -> None:
    """All files and folders named on the page are there, and folders of tests hold some."""
    named = {each for each in re.findall(r"`([^`\s]+)`", page) if each.startswith(PLACES)}
    assert len(named) > 40
    assert sorted(each for each in named if not (repository / each).exists()) == []
    folders = [each for each in named if each.startswith("tests/") and each.endswith("/")]
    assert len(folders) > 5
    assert [each for each in folders if not any((repository / each).rglob("test_*.py"))] == []


def test_every_row_of_a_defence_is_whole(page: str) -> None:
    """Each attack has a defence, the code that does it, and what shows it."""
    begin = r"^\| attack[^|]*\| defence \| where \| shown by \|\n\|[-|]+\|\n"
    tables = re.findall(begin + r"((?:\|.*\n)+)", page, re.MULTILINE)
    rows = [row.strip("|").split("|") for table in tables for row in table.splitlines()]
    assert len(tables) == 5
    assert len(rows) > 25
    assert [row for row in rows if len(row) != 4 or not all(map(str.strip, row))] == []


def test_the_page_of_the_format_and_the_set_know_the_same_steps(repository: Path) -> None:
    """Every step has its files in the conformance set's own description."""
    told = (repository / "conformance" / "README.md").read_text(encoding="utf-8")
    assert [step for step in STEPS if f"{step}-*" not in told] == []
