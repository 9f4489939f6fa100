"""What starting a command may load."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.starting import HEAVY, Start, imported, starts_of

LAID_OUT = {"weasyprint", "pikepdf", "PIL", "fontTools"}
"""Libraries that draw pages and pictures."""


def loaded(start: Start) -> set[str]:
    modules = imported(start)
    assert "click" in modules
    return {module.partition(".")[0] for module in modules} & set(HEAVY)


@pytest.mark.parametrize("name", ["casebook --help", "completion"])
def test_help_and_completion_load_nothing_heavy(name: str, tmp_path: Path) -> None:
    """Neither loads one of the libraries that take long, nor a command of ours."""
    start = starts_of(tmp_path)[name]
    assert loaded(start) == set()
    assert not [each for each in imported(start) if each.startswith("casebook.workflow")]


def test_completion_answers_what_it_is_measured_for(tmp_path: Path) -> None:
    """It names the command that begins so, and no other."""
    start = starts_of(tmp_path)["completion"]
    done = subprocess.run(
        (sys.executable, *start.arguments),
        env={**os.environ, **start.environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["plain,submit"]


def test_a_check_draws_no_page(tmp_path: Path) -> None:
    """It reads and judges files, so nothing that lays out pages or draws pictures is loaded."""
    from benchmarks.portfolio import write_portfolio

    found = loaded(starts_of(write_portfolio(tmp_path / "portfolio"))["casebook check"])
    assert "pydantic" in found
    assert not found & (LAID_OUT | {"numpy", "scipy", "jinja2"})


def test_the_options_of_a_command_are_completed_without_drawing_pages() -> None:
    """Completing them loads the command's own module, and nothing that lays out pages."""
    words = {"COMP_WORDS": "casebook submit --s", "COMP_CWORD": "2"}
    program = "from casebook.cli import main; main(prog_name='casebook')"
    start = Start(("-c", program), {"_CASEBOOK_COMPLETE": "bash_complete", **words})
    assert not loaded(start) & (LAID_OUT | {"numpy", "scipy"})
