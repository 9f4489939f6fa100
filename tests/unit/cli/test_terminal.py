"""What reaches a terminal is dressed by us alone, and what reaches a pipe is not dressed."""

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from casebook.cli import terminal
from casebook.cli.terminal import (
    clean,
    complain,
    dress,
    progress,
    say_json,
    typed,
    width_of,
)


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Stands for stderr; the terminal has 60 columns."""
    stream = Screen()
    # Why not sys.stderr itself: it is put back between a fixture and its test.
    monkeypatch.setattr(terminal, "sys", SimpleNamespace(stderr=stream))
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((60, 20)))
    return stream


def test_a_dressed_text_has_its_own_controls_escaped() -> None:
    assert dress("a\x1b[2Jb", "error") == "\x1b[31m\x1b[1ma\\u001b[2Jb\x1b[0m"


def test_an_unknown_role_is_no_dress() -> None:
    assert click.unstyle(dress("a", "nothing")) == "a"


def test_colours_can_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the variable NO_COLOR, as elsewhere; it must not be empty."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert dress("a", "error") == "a"
    monkeypatch.setenv("NO_COLOR", "")
    assert dress("a", "error") != "a"


def test_anything_can_be_made_clean() -> None:
    assert clean(12) == "12"
    assert clean("a\nb") == "a\\u000ab"


def test_a_complaint_is_one_line_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    complain("there is no file\n'x'", "Check the spelling")
    complain("a library is missing", "Fedora: sudo dnf install pango")
    complain("stopped")
    assert capsys.readouterr().err.splitlines() == [
        "casebook: there is no file\\u000a'x'; check the spelling",
        "casebook: a library is missing; Fedora: sudo dnf install pango",
        "casebook: stopped",
    ]


def test_on_a_terminal_a_complaint_is_folded_and_its_remedy_stands_below(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    """The terminal has 60 columns; a path is never broken."""
    path = "a/" * 40
    complain(f"there is no file {path} in this folder", "Check the spelling and the folder")
    complain("stopped")
    assert click.unstyle(capsys.readouterr().err).splitlines() == [
        "casebook: there is no file",
        f"  {path}",
        "  in this folder",
        "  check the spelling and the folder",
        "casebook: stopped",
    ]


@pytest.mark.parametrize(
    "hint,clause",
    [
        ("Name another file", "name another file"),
        ("Debian/Ubuntu: sudo apt-get install x", "Debian/Ubuntu: sudo apt-get install x"),
        ("PDF readers differ", "PDF readers differ"),
        ("see `casebook check`", "see `casebook check`"),
    ],
)
def test_advice_ends_a_sentence(hint: str, clause: str) -> None:
    assert terminal._as_clause(hint) == clause


def test_json_is_ascii_where_the_stream_can_hold_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for encoding, shown in (("cp1252", "\\u0141"), ("utf-8", "Ł")):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        say_json({"name": "Ł"})
        stream.flush()
        assert shown in stream.buffer.getvalue().decode(encoding)


def test_a_pipe_has_no_width(screen: Screen) -> None:
    assert width_of(io.StringIO()) is None
    assert width_of(screen) == 60


def test_in_a_pipe_no_progress_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as tell_progress:
        tell_progress("rendering", 1, 2)
    assert capsys.readouterr().err == ""


def test_on_a_terminal_progress_is_a_line_that_goes_away(screen: Screen) -> None:
    """Half of the bar's 24 blocks are full when 1 of 2 is done; at the end the line is empty."""
    with progress() as tell_progress:
        tell_progress("checking", 0, 0)
        tell_progress("rendering heel.pdf", 1, 2)
    shown = click.unstyle(screen.getvalue()).split("\r")
    assert shown[1].endswith("checking")
    assert shown[2].endswith(f"{'█' * 12}{'░' * 12} rendering heel.pdf")
    assert shown[3] in {"", "\x1b[2K"}


def test_the_line_of_progress_goes_away_after_a_failure_too(screen: Screen) -> None:
    def work(tell_progress: Callable[[str, int, int], None]) -> None:
        tell_progress("checking", 0, 0)
        raise OSError

    with pytest.raises(OSError), progress() as tell_progress:  # noqa: PT011 - any
        work(tell_progress)
    assert screen.getvalue().endswith("\r\x1b[2K")


def test_a_long_line_of_progress_fits_the_terminal(screen: Screen) -> None:
    """Of 60 columns the bar takes 25 and the last one stays free."""
    with progress() as tell_progress:
        tell_progress("x" * 200, 0, 1)
    line = click.unstyle(screen.getvalue()).split("\r")[1]
    assert line.count("x") == 60 - 25 - 1


def test_a_path_is_shown_as_it_is_typed() -> None:
    """A space needs quotes at a prompt; a control character is still made visible."""
    assert typed(Path("my-level-1")) == "my-level-1"
    assert typed(Path("my level")) == "'my level'"
    assert "\x1b" not in typed(Path("a\x1bb"))
