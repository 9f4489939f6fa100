"""The child's side, without its process: what it tells its parent, and in which order."""

import io
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import casebook
from casebook.confinement import child
from casebook.confinement.bounds import Bounds
from casebook.confinement.frames import read_frame, write_frame
from casebook.confinement.walls import Walls
from casebook.errors import CasebookError, MachineError

BOUNDS = Bounds(memory_bytes=1, seconds=20, reply_bytes=1)
HELD = Walls(limits=True, landlock=7, seccomp=True)


class Served:
    """What happened while a task was served, in order, and what the parent was told."""

    def __init__(self) -> None:
        self.order: list[object] = []
        self.folders: list[Path] = []
        self.replies = io.BytesIO()

    def told(self) -> Iterator[tuple[dict[str, str | None], bytes]]:
        self.replies.seek(0)
        while True:
            try:
                yield read_frame(self.replies, 1_000)
            except EOFError:
                return


Serve = Callable[..., Served]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Serves some requests to a task that is made up, where no walls rise."""

    def serving(
        answer: Callable[[Any], bytes],
        *requests: object,
        prepare: Callable[[], Iterable[Path]] = tuple,
    ) -> Served:
        served = Served()

        def prepared() -> Iterable[Path]:
            served.order.append("prepare")
            return prepare()

        def answered(request: object) -> bytes:
            served.order.append(request)
            return answer(request)

        def raised(folders: Iterable[Path], bounds: Bounds) -> Walls:
            served.order.append("walls")
            served.folders = list(folders)
            assert bounds == BOUNDS
            return HELD

        given = io.BytesIO()
        for each in requests:
            write_frame(given, {}, pickle.dumps(each))
        given.seek(0)
        task = SimpleNamespace(prepare=prepared, answer=answered)
        monkeypatch.setitem(sys.modules, "made_up_task", task)
        monkeypatch.setattr(child, "_private_pipes", lambda: (given, served.replies))
        monkeypatch.setattr(child, "raise_walls", raised)
        monkeypatch.setattr(child, "end_with", lambda parent: served.order.append(f"of {parent}"))
        monkeypatch.setattr(
            child, "allow_computation", lambda seconds: served.order.append(f"{seconds} s")
        )
        child.serve("made_up_task", 4242, BOUNDS)
        return served

    return serving


def test_the_walls_rise_after_the_preparation_and_before_anything_is_asked(serve: Serve) -> None:
    """Each request is given its computing anew."""
    served = serve(lambda request: request, b"one", b"two")
    assert served.order == ["of 4242", "prepare", "walls", "20 s", b"one", "20 s", b"two"]
    ready, *answers = served.told()
    assert json.loads(ready[0]["ready"] or "") == {"limits": True, "landlock": 7, "seccomp": True}
    assert answers == [({}, b"one"), ({}, b"two")]


def test_what_may_be_read_is_what_the_task_names_and_what_modules_come_from(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", ["/work", "/other/site-packages", "/os/dist-packages"])
    served = serve(bytes, prepare=lambda: [Path("/templates")])
    assert served.folders[0] == Path("/templates")
    assert {Path("/other/site-packages"), Path("/os/dist-packages")} < set(served.folders)
    assert Path(casebook.__file__).resolve().parent in served.folders
    assert Path(json.__file__).resolve().parents[1] in [each.resolve() for each in served.folders]
    assert Path("/work") not in served.folders


def test_what_cannot_be_made_ready_is_told_and_nothing_is_answered(serve: Serve) -> None:
    def fail() -> Iterable[Path]:
        raise MachineError("no Pango", hint="install it")

    served = serve(bytes, b"one", prepare=fail)
    assert served.order == ["of 4242", "prepare"]
    assert list(served.told()) == [
        ({"error": "MachineError", "message": "no Pango", "hint": "install it"}, b"")
    ]


def failing(error: BaseException) -> Callable[[object], bytes]:
    def fail(request: object) -> bytes:
        if request == "fail":
            raise error
        return b"done"

    return fail


@pytest.mark.parametrize(
    "error, head",
    [
        (MachineError("found"), {"error": "MachineError", "message": "found"}),
        (
            CasebookError("x" * 3_000, hint="y" * 3_000),
            {"error": "CasebookError", "message": "x" * 2_000, "hint": "y" * 2_000},
        ),
        (MemoryError(), {"stopped": "memory"}),
        (RecursionError("deep"), {"stopped": "nesting"}),
        (KeyError("a"), {"fault": "KeyError: 'a'"}),
        (ValueError("x" * 3_000), {"fault": "ValueError: " + "x" * 1_988}),
    ],
)
def test_what_goes_wrong_is_told_in_short_and_the_next_request_answered(
    serve: Serve, error: BaseException, head: dict[str, str]
) -> None:
    _, told, after = serve(failing(error), "fail", "next").told()
    assert told == (head, b"")
    assert after == ({}, b"done")


def test_what_ends_a_process_ends_it(serve: Serve) -> None:
    """It is no fault of a task to be told to stop."""
    with pytest.raises(SystemExit):
        serve(failing(SystemExit(3)), "fail")


def test_the_command_line_of_the_parent_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(child, "serve", lambda *given: seen.extend(given))
    child.main(["a.task", "4242", "150000000", "20", "1000"])
    assert seen == ["a.task", 4242, Bounds(memory_bytes=150_000_000, seconds=20, reply_bytes=1_000)]


_PROGRAM = """
import os, sys
from casebook.confinement.child import _private_pipes
requests, replies = _private_pipes()
print("a word of a library", flush=True)
os.write(1, b" and of another")
assert sys.stdin.read() == ""
replies.write(requests.read().upper())
replies.flush()
"""


def test_what_prints_or_reads_gets_neither_replies_nor_requests() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], input=b"request", capture_output=True, check=True
    )
    assert done.stdout == b"REQUEST"
    assert done.stderr.split() == b"a word of a library and of another".split()
