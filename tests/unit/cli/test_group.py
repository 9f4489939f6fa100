"""Every failure ends in one clear line and its exit code, and nothing heavy loads for help."""

import errno
import importlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import click
import pytest
from click.testing import CliRunner, Result

from casebook import __version__
from casebook.cli import group, main
from casebook.cli.doctor_command import doctor_command
from casebook.errors import MachineError, UnacceptableWork, UsageError

Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], Result]:
    """A function of an exception: what the command line makes of a command that raises it."""

    def result(error: BaseException) -> Result:
        def command() -> None:
            raise error

        monkeypatch.setattr(doctor_command, "callback", lambda **_: command())
        return CliRunner().invoke(main, ["doctor"])

    return result


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").stdout == f"casebook {__version__}\n"


def test_help_lists_the_commands_by_whose_work_it_is(run: Run) -> None:
    """Each command once, on one line of 80 columns, in the order of the work."""
    help_text = run("--help").stdout
    listed = help_text[help_text.index("For candidates:") :].splitlines()
    sections = [line for line in listed if line and not line.startswith(" ")]
    assert sections == [
        "For candidates:", "For graders:", "For certifying offices:", "For whoever signs:",
        "For this machine:",
    ]  # fmt: skip
    assert [line.split()[0] for line in listed if line.startswith("  ")] == [
        "new", "check", "render", "chart", "privacy", "redact", "submit",
        "verify", "open", "unseal", "score", "mark",
        "batch", "draw", "moderate", "report", "appeal", "advance", "agreement", "standard",
        "program", "rubric", "rescore", "bag",
        "key",
        "schema", "doctor",
    ]  # fmt: skip


def test_every_command_says_of_itself_what_the_list_says_of_it() -> None:
    context = click.Context(main)
    assert isinstance(main, click.Group)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(200) == group._COMMANDS[name]
    assert main.get_command(context, "nothing") is None


def test_without_a_command_help_is_shown(run: Run) -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 2
    assert "For candidates:" in result.stderr


@pytest.mark.parametrize(
    "words,said",
    [
        (["opn"], "there is no command 'opn'; did you mean `open`?; see `casebook --help`"),
        (["zzz"], "there is no command 'zzz'; see `casebook --help`"),
        (["check"], "missing argument 'PATHS...'; see `casebook check --help`"),
        (["--nothing"], "no such option '--nothing'; see `casebook --help`"),
        (["program", "zzz"], "no such command 'zzz'; see `casebook program --help`"),
    ],
)
def test_wrong_usage_is_one_line_that_says_where_to_look(words: list[str], said: str) -> None:
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"casebook: {said}\n"


@pytest.mark.parametrize(
    "error,code",
    [(UnacceptableWork("no"), 1), (UsageError("no"), 2), (MachineError("no"), 3)],
)
def test_a_problem_of_ours_ends_with_its_own_code(
    failing: Callable[[BaseException], Result], error: Exception, code: int
) -> None:
    result = failing(error)
    assert (result.exit_code, result.stderr) == (code, "casebook: no\n")


def test_a_file_that_the_system_refuses_is_named(
    failing: Callable[[BaseException], Result],
) -> None:
    result = failing(OSError(errno.ENOSPC, "No space left on device", "build/x.pdf"))
    assert result.exit_code == 3
    assert result.stderr == ("casebook: the machine refuses: the disk is full; build/x.pdf\n")


def test_too_little_memory_is_the_machines_fault(
    failing: Callable[[BaseException], Result],
) -> None:
    result = failing(MemoryError())
    assert result.exit_code == 3
    assert "too little memory" in result.stderr


def test_being_stopped_is_no_failure_of_anything(
    failing: Callable[[BaseException], Result],
) -> None:
    result = failing(KeyboardInterrupt())
    assert (result.exit_code, result.stderr.strip()) == (130, "casebook: stopped")


def test_a_fault_of_our_own_shows_no_traceback_unless_it_is_asked_for(
    failing: Callable[[BaseException], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBOOK_TRACEBACK", raising=False)
    result = failing(ZeroDivisionError("private words"))
    assert result.exit_code == 3
    assert "a fault of casebook itself: ZeroDivisionError" in result.stderr
    assert "private words" not in result.stderr
    monkeypatch.setenv("CASEBOOK_TRACEBACK", "1")
    assert isinstance(failing(ZeroDivisionError()).exception, ZeroDivisionError)


@pytest.mark.slow
def test_a_reader_that_has_seen_enough_gets_no_complaint(repository: Path) -> None:
    """As in ``casebook program show nkt | true``; what nobody saw whole is not clean."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "casebook", "program", "show", "nkt"]
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            command, cwd=repository, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_stream_that_cannot_hold_a_letter_gets_its_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    group._write_anything(stream, io.StringIO())
    stream.write("Ł")
    stream.flush()
    assert stream.buffer.getvalue() == b"\\u0141"


def test_a_command_is_loaded_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    original = importlib.import_module

    def watched(name: str) -> object:
        loaded.append(name)
        return original(name)

    monkeypatch.setattr(importlib, "import_module", watched)
    CliRunner().invoke(main, ["--help"])
    assert loaded == []
    CliRunner().invoke(main, ["schema", "--help"])
    assert loaded == ["casebook.cli.schema_command"]
    assert "casebook.cli.schema_command" in sys.modules
