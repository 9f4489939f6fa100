"""The parent's side, with a child made up: what it sends is judged, and how it ended is told."""

import io
import json
import math
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.confinement import worker as worker_module
from casebook.confinement.bounds import Bounds
from casebook.confinement.frames import read_frame, write_frame
from casebook.confinement.worker import ConfinedFault, Worker, WorkStopped
from casebook.errors import MachineError, UnacceptableWork, UsageError

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="processes end otherwise on Windows"),
    pytest.mark.may_skip("processes end otherwise on Windows"),
]

SIGKILL, SIGSEGV, SIGXCPU = 9, 11, 24
BOUNDS = Bounds(memory_bytes=150_000_000, seconds=20, reply_bytes=1_000)
READY = {"ready": json.dumps({"limits": True, "landlock": 7, "seccomp": True})}

Head = dict[str, str | None]


class Child:
    """Stands for a process that sends frames and ends.

    Attributes:
        command: What it was started with.
        environment: What it learns of its surroundings.
        shown: Where what it prints goes.
        returncode: How it ended; None while it runs.
    """

    def __init__(self, replies: bytes, ends_with: int) -> None:
        self.stdin, self.stdout = io.BytesIO(), io.BytesIO(replies)
        self.pid = os.getpid()
        self.returncode: int | None = None
        self._ends_with = ends_with
        self.command: list[str] = []
        self.environment: dict[str, str] = {}
        self.shown: object = None

    def start(
        self, command: list[str], *, env: dict[str, str], stderr: object, **_: object
    ) -> "Child":
        self.command, self.environment, self.shown = command, env, stderr
        return self

    def poll(self) -> int | None:
        return self.returncode

    def kill(self) -> None:
        if self.returncode is None:
            self.returncode = -SIGKILL

    def wait(self, timeout: float | None = None) -> int:
        del timeout
        if self.returncode is None:
            self.returncode = self._ends_with
        return self.returncode


def frames(*sent: Head | tuple[Head, bytes]) -> bytes:
    pipe = io.BytesIO()
    for each in sent:
        head, body = each if isinstance(each, tuple) else (each, b"")
        write_frame(pipe, head, body)
    return pipe.getvalue()


Start = Callable[..., tuple[Worker, Child]]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Start:
    """A worker whose child sends some frames, or other bytes, and then ends in some way."""

    def starting(
        *sent: Head | tuple[Head, bytes], raw: bytes = b"", ends_with: int = 0
    ) -> tuple[Worker, Child]:
        child = Child(frames(*sent) + raw, ends_with)
        monkeypatch.setattr(subprocess, "Popen", child.start)
        return Worker("a.task", BOUNDS, (UnacceptableWork,)), child

    return starting


def test_a_child_is_started_with_this_python_and_learns_next_to_nothing(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Isolated, with the parent's own paths, the task, the parent's number and the bounds."""
    monkeypatch.setenv("CASEBOOK_SECRET", "s3cret")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/lib")
    monkeypatch.delenv("CASEBOOK_TRACEBACK", raising=False)
    monkeypatch.setattr(sys, "path", ["", "libraries", "/opt/python"])
    _, child = start()
    program, *flags = child.command[:5]
    assert (program, flags) == (sys.executable, ["-I", "-X", "utf8", "-c"])
    paths, *rest = child.command[6:]
    assert json.loads(paths) == [str(Path.cwd() / "libraries"), "/opt/python"]
    assert rest == ["a.task", str(os.getpid()), "150000000", "20", "1000"]
    assert child.environment["LD_LIBRARY_PATH"] == "/opt/lib"
    assert not {"CASEBOOK_SECRET", "HOME", "PATH"} & set(child.environment)
    assert child.shown == subprocess.DEVNULL


def test_what_a_child_prints_is_shown_to_who_looks_for_a_fault(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_TRACEBACK", "1")
    _, child = start()
    assert child.shown is None


def test_where_no_process_can_be_started_the_machine_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(MachineError, match=r"started: Resource temporarily unavailable$"):
        Worker("a.task", BOUNDS)


def test_a_request_is_sent_once_the_child_is_ready_and_its_reply_given(start: Start) -> None:
    worker, child = start(READY, ({}, b"one"), ({}, b"two"))
    assert worker.walls == {}
    assert worker.ask(("a", 1)) == b"one"
    assert worker.walls == {"limits": True, "landlock": 7, "seccomp": True}
    assert worker.ask(b"b") == b"two"
    child.stdin.seek(0)
    assert [pickle.loads(read_frame(child.stdin, 1_000)[1]) for _ in range(2)] == [("a", 1), b"b"]
    assert not worker.is_over


@pytest.mark.parametrize("told", ["no JSON", "", None])
def test_walls_that_are_told_badly_are_not_known(start: Start, told: str | None) -> None:
    worker, _ = start({"ready": told}, ({}, b"one"))
    assert worker.ask("a") == b"one"
    assert worker.walls == {}


def test_a_child_that_cannot_make_ready_says_why(start: Start) -> None:
    """Such as a library that the machine lacks."""
    worker, _ = start({"error": "MachineError", "message": "no Pango", "hint": "install it"})
    with pytest.raises(MachineError, match="no Pango") as caught:
        worker.ask("a")
    assert caught.value.hint == "install it"


@pytest.mark.parametrize(
    "name, kind",
    [
        ("UnacceptableWork", UnacceptableWork),
        ("MachineError", MachineError),
        ("UsageError", WorkStopped),
        ("SystemExit", WorkStopped),
        ("", WorkStopped),
    ],
)
def test_an_error_is_raised_here_when_it_is_of_a_kind_expected(
    start: Start, name: str, kind: type[Exception]
) -> None:
    worker, _ = start(READY, {"error": name, "message": "found", "hint": None}, ({}, b"next"))
    with pytest.raises(kind, match="found") as caught:
        worker.ask("a")
    assert type(caught.value) is kind
    assert not isinstance(caught.value, UsageError)
    assert worker.ask("b") == b"next"


def test_an_error_without_a_word_is_told_all_the_same(start: Start) -> None:
    worker, _ = start(READY, {"error": "UnacceptableWork"})
    with pytest.raises(UnacceptableWork, match="it failed without a word") as caught:
        worker.ask("a")
    assert caught.value.hint is None


def test_a_fault_of_our_own_is_no_error_of_the_user(start: Start) -> None:
    worker, _ = start(READY, {"fault": "KeyError: 'a'"}, ({}, b"next"))
    with pytest.raises(ConfinedFault, match="KeyError: 'a'"):
        worker.ask("a")
    assert worker.ask("b") == b"next"


@pytest.mark.parametrize(
    "stopped, words",
    [("memory", "stopped for taking more than 150 MB of memory"), ("nesting", "nested more")],
)
def test_a_child_that_was_stopped_is_ended(start: Start, stopped: str, words: str) -> None:
    worker, child = start(READY, {"stopped": stopped}, ({}, b"next"))
    with pytest.raises(WorkStopped, match=words):
        worker.ask("a")
    assert worker.is_over
    assert child.stdin.closed
    assert child.stdout.closed


@pytest.mark.parametrize(
    "code, words",
    [
        (0, r"^it ended without an answer$"),
        (3, r"^it ended without an answer \(exit code 3\)$"),
        (-SIGXCPU, r"^it took more than 20 seconds of computing$"),
        (-SIGSEGV, r"^it was ended by the system \(signal 11\), most likely for taking m"),
        (-SIGKILL, r"\(signal 9\), most likely for taking more than 150 MB of memory$"),
    ],
)
def test_how_a_child_ended_is_told(start: Start, code: int, words: str) -> None:
    worker, child = start(READY, ends_with=code)
    with pytest.raises(WorkStopped, match=words):
        worker.ask("a")
    assert worker.is_over
    assert child.stdin.closed
    assert child.stdout.closed


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff" * 8,  # a head of 2 to the 64th bytes
        b"\0" * 7 + b"\2[]" + bytes(8),  # a list as head
        b"\0" * 7 + b"\2{}" + (1_001).to_bytes(8, "big"),  # a body of one byte too many
    ],
)
def test_what_is_no_proper_reply_is_not_taken_and_ends_the_child(start: Start, raw: bytes) -> None:
    worker, _ = start(READY, raw=raw)
    with pytest.raises(WorkStopped, match=r"^it gave no proper answer: its "):
        worker.ask("a")
    assert worker.is_over


def test_a_reply_of_exactly_the_bound_is_taken(start: Start) -> None:
    worker, _ = start(READY, ({}, bytes(1_000)))
    assert len(worker.ask("a")) == 1_000


class _Clock:
    """Stands for all watches: kills at once where it is set for so few seconds.

    Attributes:
        killed_for: What it kills for.
        seen: The seconds by the clock and of computing that were asked for.
        called_off: How often it was told to watch no longer.
    """

    def __init__(self) -> None:
        self.kills_at: float = -1
        self.kills_for = "clock"
        self.killed_for: str | None = None
        self.seen: list[tuple[float, float | None]] = []
        self.called_off = 0

    def watch(self, process: Child, clock_s: float, computing_s: float | None) -> "_Clock":
        self.seen.append((clock_s, computing_s))
        self._process, self._seconds = process, clock_s
        return self

    def start(self) -> None:
        if self._seconds <= self.kills_at:
            self.killed_for = self.kills_for
            self._process.kill()

    def call_off(self) -> None:
        self.called_off += 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    made = _Clock()
    monkeypatch.setattr(worker_module, "Watch", made.watch)
    return made


@pytest.mark.parametrize(
    "asked_s, given_s", [(None, 80), (5.5, 5.5), (80, 80), (1_000, 80), (math.inf, 80), (0, 0)]
)
def test_a_request_has_the_clock_of_its_bounds_or_less(
    start: Start, clock: _Clock, asked_s: float | None, given_s: float
) -> None:
    """Twenty seconds of computing are eighty by the clock; to make ready there is a minute.

    What it computes to make ready, before it has seen anything of a stranger's, is not counted.
    """
    worker, _ = start(READY, ({}, b"one"))
    assert worker.ask("a", asked_s) == b"one"
    assert clock.seen == [(60, None), (given_s, 20)]
    assert clock.called_off == 2


def test_what_takes_longer_is_ended_and_told_by_its_seconds(start: Start, clock: _Clock) -> None:
    clock.kills_at = 7
    worker, _ = start(READY)
    with pytest.raises(WorkStopped, match=r"^it took more than 7 seconds$"):
        worker.ask("a", 7)
    assert worker.is_over


def test_what_put_its_own_limit_off_is_told_like_what_kept_to_it(
    start: Start, clock: _Clock
) -> None:
    clock.kills_at, clock.kills_for = 7, "computing"
    worker, _ = start(READY)
    with pytest.raises(WorkStopped, match=r"^it took more than 20 seconds of computing$"):
        worker.ask("a", 7)
    assert worker.is_over


def test_a_worker_is_closed_when_its_block_is_left(start: Start) -> None:
    made, child = start(READY)
    with pytest.raises(KeyboardInterrupt), made:
        raise KeyboardInterrupt
    assert (child.returncode, child.stdin.closed) == (-SIGKILL, True)
    with pytest.raises(WorkStopped):
        made.ask("a")


def test_a_pipe_that_breaks_while_it_is_closed_troubles_nobody(start: Start) -> None:
    """What was not read any more is still to be sent when a pipe is closed."""
    worker, child = start(READY)

    class Broken(io.BytesIO):
        def close(self) -> None:
            super().close()
            raise BrokenPipeError

    child.stdin = Broken()
    worker.close()
    assert worker.is_over


def test_a_process_of_its_own_answers_behind_walls() -> None:
    """One that is real: the trial of the doctor, asked for ways that lead nowhere."""
    with Worker("casebook.confinement.trial", BOUNDS) as worker:
        assert isinstance(json.loads(worker.ask((sys.executable, os.devnull))), list)
        assert set(worker.walls) == {"limits", "landlock", "seccomp"}
        assert not worker.is_over
    assert worker.is_over


def test_a_module_that_is_no_task_is_told_as_an_end_without_an_answer() -> None:
    with Worker("no.such.task", BOUNDS) as worker, pytest.raises(WorkStopped, match="exit code 1"):
        worker.ask("a")
