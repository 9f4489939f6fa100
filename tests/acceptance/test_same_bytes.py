"""The same portfolio gives the same bytes, whoever renders it and wherever.

A certifying body that renders a submission again compares what it gets with what was sent.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from tests.portfolios.pieces import Shape
from tests.portfolios.shapes import example
from tests.portfolios.writing import SCRIPTS

Rendered: TypeAlias = Callable[[Mapping[str, str]], dict[str, bytes]]

WRITING: Final = ("diacritics", "greek", "arabic", "devanagari", "chinese", "emoji", "signs")
"""Enough to ask for typefaces of several families, and for what most of them lack."""

PORTFOLIO: Final = Shape(
    tuple(phrase for name in WRITING for phrase in SCRIPTS[name]), figures=("alpha.png", "rgb.jpg")
)

USUAL: Final = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}

NO_FONTS: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig></fontconfig>
"""


@pytest.fixture
def rendered(tmp_path: Path) -> Rendered:
    """A function of the environment: every PDF and HTML page of a portfolio, by its name.

    Each time the portfolio lies in a folder of another name, which is the working folder, and the
    command runs as a process of its own.
    """
    files = example(PORTFOLIO)

    def render(environment: Mapping[str, str]) -> dict[str, bytes]:
        folder = tmp_path / f"folder {len(list(tmp_path.iterdir()))}"
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        command = [sys.executable, "-m", "casebook", "render", ".", "--date", "2026-07-01"]
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **environment},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        found = (path for path in (folder / "build").glob("*") if path.is_file())
        made = {path.name: path.read_bytes() for path in found}
        assert {path.rpartition(".")[2] for path in made} == {"pdf", "html"}, done.stderr
        assert len(made) == 6
        return made

    return render


@pytest.mark.slow
def test_neither_hashes_nor_time_zone_nor_locale_change_a_byte(rendered: Rendered) -> None:
    """Of the locale, not even the encoding that files have where nothing says another."""
    other = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LANGUAGE": "de"}
    ascii_alone = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert differing(rendered(USUAL), rendered(other | ascii_alone)) == []


@pytest.mark.slow
def test_the_fonts_of_the_system_change_no_byte(rendered: Rendered, tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(NO_FONTS, encoding="utf-8")
    nothing = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert differing(rendered(USUAL), rendered(USUAL | nothing | cache)) == []


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The names under which two renderings hold different bytes, or only one holds any."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
