"""Whatever a stranger wrote, the command on it ends within bounds and with a clear line."""

import re
from pathlib import Path

import pytest

from casebook.confinement.landlock import landlock_version
from tests.hostile.rendering_bombs import BOMBS, explode

pytestmark = [
    pytest.mark.slow,
    pytest.mark.may_skip("memory is bounded on Linux alone"),
    pytest.mark.skipif(landlock_version() == 0, reason="the kernel bounds no memory here"),
]

_MEMORY_MB = 1_000

# Of each kind those that come furthest; the script tries them all.
_TRIED = (
    "quotations in quotations",
    "emphasis in emphasis",
    "combining marks",
    "as many steps as may be",
    "PNG: twenty of these",
    "PNG: sixteen bits a channel",
    "PNG: 500 MB of packed text",
    "JPEG: thousands of scans",
    "JPEG: 65,535 by 65,535 points claimed",
    "SVG under a picture's name",
    "PDF: packed over and over",
    "PDF: two thousand million columns",
    "PDF: names within names",
    "PDF: a table that leads to itself",
    "PDF: a million dictionaries",
)


@pytest.mark.parametrize("name", _TRIED)
def test_a_bomb_ends_in_pages_or_in_a_clear_line(name: str, tmp_path: Path) -> None:
    """No traceback, no fault of casebook's own, and less than a gigabyte for all processes."""
    found = explode(BOMBS[name](), tmp_path)
    assert "Traceback" not in found.output
    assert "fault of casebook" not in found.output
    assert 0 < found.memory < _MEMORY_MB
    if found.exit_code == 0:
        assert (tmp_path / "portfolio" / "build" / "heel.pdf").read_bytes().startswith(b"%PDF")
    else:
        assert found.exit_code == 1
        assert re.search(r"casebook: (no pages|the pages)|not verified: ", found.said)
