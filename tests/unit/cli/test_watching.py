"""Commands that are done again whenever a file was saved."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casebook.cli.watching import watch_turns
from casebook.errors import UsageError
from tests.interrupts import open_to_interrupts

PATIENCE_S = 20


class Turns:
    """Remembers turns, and does something in each; the last one ends the watch as Ctrl-C does."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self.steps = list(steps)
        self.taken = 0

    def __call__(self) -> tuple[Path, ...]:
        self.taken += 1
        if self.taken > len(self.steps):
            raise KeyboardInterrupt
        done = self.steps[self.taken - 1]()
        return (done,) if isinstance(done, Path) else ()


@pytest.fixture
def later() -> Iterator[Callable[..., Callable[[], None]]]:
    """Lets somebody save a file a little after a turn, from elsewhere."""
    running: list[threading.Thread] = []

    def of(path: Path, text: str) -> Callable[[], None]:
        def save() -> None:
            time.sleep(0.2)
            path.write_text(text, "utf-8")

        def begin() -> None:
            running.append(threading.Thread(target=save))
            running[-1].start()

        return begin

    yield of
    for each in running:
        each.join(PATIENCE_S)


def test_a_turn_comes_at_once_and_after_each_change(
    studio: Path, later: Callable[..., Callable[[], None]], capsys: pytest.CaptureFixture[str]
) -> None:
    case = next((studio / "cases").iterdir())
    turns = Turns(later(case, "one"), later(case, "two"))
    watch_turns([studio], turns)
    told = capsys.readouterr().err
    assert turns.taken == 3
    assert told.count("-- ") == 2
    assert told.count("Ctrl-C ends") == 1


def test_what_is_saved_during_a_turn_is_not_missed(studio: Path) -> None:
    case = next((studio / "cases").iterdir())
    turns = Turns(lambda: case.write_text("saved meanwhile", "utf-8"))
    watch_turns([case], turns)
    assert turns.taken == 2


def test_what_casebook_writes_begins_no_turn(
    studio: Path, later: Callable[..., Callable[[], None]]
) -> None:
    """In the build folder, hidden, or wherever the turn itself says it wrote."""
    case = next((studio / "cases").iterdir())
    page = studio / "page.pdf"

    def write() -> Path:
        (studio / "build").mkdir(exist_ok=True)
        for path in (studio / "build" / "a.pdf", studio / ".casebook-1.tmp", page):
            path.write_text(str(time.monotonic_ns()), "utf-8")
        return page

    def write_then_save() -> Path:
        later(case, "one")()
        return write()

    turns = Turns(write_then_save)
    watch_turns([studio], turns)
    assert turns.taken == 2
    assert case.read_text("utf-8") == "one"


def test_a_file_that_an_editor_replaces_is_still_watched(tmp_path: Path) -> None:
    """Outside every portfolio; a neighbour of it begins no turn."""
    case, new = tmp_path / "case.yaml", tmp_path / "case.yaml.new"
    case.write_text("one", "utf-8")

    def replace() -> None:
        new.write_text("two", "utf-8")
        os.replace(new, case)  # noqa: PTH105 - as editors do it

    turns = Turns(replace, replace)
    watch_turns([case], turns)
    assert turns.taken == 3


def test_what_is_wrong_in_a_turn_is_told_and_the_next_may_mend_it(
    studio: Path, later: Callable[..., Callable[[], None]], capsys: pytest.CaptureFixture[str]
) -> None:
    case = next((studio / "cases").iterdir())
    save = later(case, "mended")

    def fail() -> None:
        save()
        raise UsageError("there is no case", hint="write one")

    turns = Turns(fail)
    watch_turns([studio], turns)
    told = capsys.readouterr().err
    assert turns.taken == 2
    assert "casebook: there is no case" in told
    assert "write one" in told


def test_the_next_turn_is_made_ready_once_the_first_is_told(studio: Path) -> None:
    case = next((studio / "cases").iterdir())
    order: list[str] = []

    def turn(word: str) -> Callable[[], None]:
        def take() -> None:
            order.append(word)
            case.write_text(word, "utf-8")

        return take

    watch_turns([case], Turns(turn("first"), turn("second")), lambda: order.append("ready"))
    assert order == ["first", "ready", "second"]


@pytest.mark.parametrize("name", ["missing/case.yaml", "missing.yaml"])
def test_a_path_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    """Also where its folder is: nobody waits for what was misspelt."""
    turns = Turns()
    with pytest.raises(UsageError, match="there is no"):
        watch_turns([tmp_path / name], turns)
    assert turns.taken == 0


def test_a_folder_for_what_is_made_begins_no_turn(
    studio: Path, later: Callable[..., Callable[[], None]]
) -> None:
    """What is written into a new folder within the portfolio: the next turn is the user's."""
    case = next((studio / "cases").iterdir())
    save = later(case, "saved later")
    seen: list[str] = []

    def make() -> Path:
        page = studio / "out" / "page.pdf"
        page.parent.mkdir()
        page.write_text("made", "utf-8")
        save()
        return page

    def look() -> None:
        seen.append(case.read_text("utf-8"))
        raise KeyboardInterrupt

    watch_turns([studio], Turns(make, look))
    assert seen == ["saved later"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a process there takes no Ctrl-C from another")
@pytest.mark.parametrize("command", ["check", "render"])
def test_the_commands_watch_until_ctrl_c(command: str, studio: Path) -> None:
    """As programs of their own; the second turn finds what was spoilt, the end is no failure."""
    words = [sys.executable, "-m", "casebook", command, str(studio), "--watch"]
    with open_to_interrupts():
        watching = subprocess.Popen(
            [*words, "--date", "2026-07-01"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    assert watching.stdout is not None
    told: list[str] = []

    def wait_for_turn() -> None:
        for line in watching.stdout or ():
            told.append(line)
            if line.startswith("-- "):
                return

    try:
        wait_for_turn()
        case = next((studio / "cases").iterdir())
        case.write_text("format: 2", "utf-8")
        wait_for_turn()
        watching.send_signal(signal.SIGINT)
        rest, _ = watching.communicate(timeout=PATIENCE_S)
    finally:
        watching.kill()
        watching.wait()
    assert (watching.returncode, rest.strip()) == (0, "")
    assert "Ctrl-C ends" in "".join(told)
    assert "error" in told[-2] or "render again" in "".join(told[-3:])
