"""No text of a stranger's paints the screen, whichever command shows it."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.characters import piled_marks
from casebook.cli import options

Run: TypeAlias = Callable[..., Result]

PILE = r"\u0301" * 40
EVIL = r"\e[2J\e]0;x\a\x9b\u202e\ufe01\u200b" + PILE
"""In a text in double quotes: clear the screen, name the window, turn the writing round, choose a
form of nothing, hide, and pile up marks over the lines above."""

OURS = re.compile(r"\x1b\[[0-9;]*m")
"""The only sequences that a command may send: colours."""


def assert_harmless(text: str) -> None:
    left = OURS.sub("", text)
    bad = {char for char in left if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}}
    assert bad <= {"\n"}, repr(left)
    assert not any(piled_marks(left)), repr(left)
    assert "\ufe01" not in left


@pytest.fixture
def evil(studio: Path) -> Path:
    """The small portfolio with such a text in every place that is shown."""

    def poison(name: str, old: str, new: str) -> None:
        path = studio / name
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), "utf-8")

    poison("portfolio.yaml", "Kim Larsen", f'"Kim{EVIL}"')
    poison("observation.yaml", "Robin Hale", f'"Robin{EVIL}"')
    poison("cases/heel.yaml", "Client A", f'"Client{EVIL}"')
    poison("cases/heel.yaml", "nprs: 6", f'nprs: 6, "j{EVIL}": 1')
    poison("program/program.yaml", "Studio School\n", f'"Studio{EVIL}"\n')
    poison("program/program.yaml", "An invented program, for tests.", f'"Notice{EVIL}"')
    poison("program/program.yaml", "Finish the course.", f'"Finish{EVIL}"')
    poison("program/program.yaml", "First Level\n", f'"First{EVIL}"\n')
    poison("program/program.yaml", "name: Test, release, retest", f'name: "Protocol{EVIL}"')
    poison("program/rubrics/session.yaml", "title: Safety", f'title: "Safety{EVIL}"')
    poison("program/rubrics/session.yaml", "label: foreseeing", f'label: "Good{EVIL}"')
    poison("program/rubrics/session.yaml", "title: Observed session", f'title: "Session{EVIL}"')
    (studio / "attachments" / "old\x1b[2J\u202e.pdf").write_bytes(b"%PDF")
    return studio


@pytest.mark.parametrize("width", [None, 60])
@pytest.mark.parametrize(
    "words",
    [
        ["check", "studio"],
        ["check", "studio", "--format", "github"],
        ["check", "studio", "--format", "json"],
        ["score", "studio"],
        ["score", "studio", "--format", "json"],
        ["submit", "studio"],
        ["submit", "studio", "--format", "json"],
        ["render", "studio", "--html"],
        ["program", "show", "studio/program"],
        ["program", "show", "studio/program", "--format", "json"],
        ["program", "check", "studio/program"],
        ["check", "no\x1b[2Jfile"],
        ["check", "studio", "--date", "\x1b[2J"],
        ["\x1b[2J"],
        ["check", "--\x1b[2J"],
        ["new", "studio/\x1b[2J", "--program", "studio/program"],
    ],
)
def test_no_command_shows_what_a_terminal_would_obey(
    run: Run, evil: Path, words: list[str], width: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "width_of", lambda _: width)
    result = run(*words, color=True)
    assert result.output
    assert_harmless(result.stdout)
    assert_harmless(result.stderr)


def test_a_strangers_submission_says_its_evil_in_escapes(
    run: Run, studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger need not use our casebook to make it; ours finds such a text and stops."""
    own = studio / "portfolio.yaml"
    own.write_text(own.read_text("utf-8").replace("Kim Larsen", f'"Kim{EVIL}"'), "utf-8")
    refused = run("submit", studio, "-o", "sent.zip")
    assert refused.exit_code == 1
    assert "CB117" in refused.stderr
    with monkeypatch.context() as theirs:
        theirs.setattr("casebook.source.unseen.tricks", lambda _: ())
        assert run("submit", studio, "-o", "sent.zip").exit_code == 0
    for words, told in (["verify", "sent.zip"], "Kim\\u001b[2J"), (["open", "sent.zip", "o"], "U+"):
        result = run(*words, color=True)
        assert result.exit_code == 1
        assert told in result.output
        assert_harmless(result.output)
    assert not Path("o").exists()
    shown = json.loads(run("verify", "sent.zip", "--format", "json").stdout)
    assert "Kim\x1b[2J" in shown["steps"][2]["detail"]
