"""The proportions and names of modules."""

from pathlib import Path

import pytest

LONGEST_LINES = 400
DRAWERS = {
    "base", "common", "core", "handler", "handlers", "helper", "helpers", "lib", "manager",
    "managers", "misc", "shared", "stuff", "tools", "util", "utilities", "utils",
}  # fmt: skip


@pytest.fixture(scope="module")
def modules(repository: Path) -> list[Path]:
    found = sorted((repository / "casebook").rglob("*.py"))
    assert len(found) > 30, "the search for modules found next to none"
    return found


def test_no_module_is_longer_than_a_reader_can_hold(modules: list[Path]) -> None:
    """No module has more than 400 lines."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_LINES} == {}


def test_no_module_is_a_drawer(modules: list[Path], repository: Path) -> None:
    """Every module and package is named for a thing of the field, none for a pile of code."""
    names = {
        part.strip("_")
        for path in modules
        for part in path.relative_to(repository).with_suffix("").parts
    }
    assert "domain" in names
    assert names & DRAWERS == set()


def test_no_package_is_deeper_than_two_folders(modules: list[Path], repository: Path) -> None:
    """No module lies more than two folders below ``casebook``."""
    depths = {path: len(path.relative_to(repository / "casebook").parts) - 1 for path in modules}
    assert max(depths.values()) >= 1
    assert [str(path) for path, depth in depths.items() if depth > 2] == []
