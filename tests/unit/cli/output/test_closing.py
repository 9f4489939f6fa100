"""Sentences beside a result are folded to the terminal, and a command to copy is never broken."""

import os
import shutil

import pytest

from casebook.cli.output import closing as module
from casebook.cli.output.closing import closing

COMMAND = 'casebook privacy my-level-1 --sign-off "Your name" --reason "…"'


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setattr(module, "width_of", lambda _: columns)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((columns, 20)))


def test_in_a_pipe_it_is_one_line() -> None:
    assert closing("when you have looked:", COMMAND) == [f"when you have looked: {COMMAND}"]
    assert closing("word " * 60) == ["word " * 60]


def test_a_sentence_is_folded_between_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, 30)
    assert closing("write one a line into private-names.txt in the portfolio") == [
        "write one a line into",
        "  private-names.txt in the",
        "  portfolio",
    ]


@pytest.mark.parametrize("columns", [20, 40, 62, 80, 84, 85, 200])
def test_a_command_stands_on_one_line_however_narrow(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    on_a_terminal(monkeypatch, columns)
    lines = closing("when you have looked:", COMMAND)
    assert sum(COMMAND in line for line in lines) == 1
    # "when you have looked: " has 22 characters, the command 63.
    assert (len(lines) == 1) == (columns >= 85)
    assert lines[-1] == (f"  {COMMAND}" if columns < 85 else f"when you have looked: {COMMAND}")


def test_what_a_terminal_would_obey_is_escaped() -> None:
    assert closing("a\x1b[2Jb", "c\x1b") == ["a\\u001b[2Jb c\\u001b"]
