"""A confined process tries to get out, to take everything, and to deceive its parent."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.confinement import watch
from casebook.confinement.bounds import Bounds
from casebook.confinement.landlock import landlock_version
from casebook.confinement.worker import ConfinedFault, Worker, WorkStopped
from casebook.errors import MachineError, UnacceptableWork
from tests.hostile import escapes

TASK = escapes.__name__
BOUNDS = Bounds(memory_bytes=150_000_000, seconds=20, reply_bytes=1_000_000)
HASTY = Bounds(memory_bytes=150_000_000, seconds=1, reply_bytes=1_000_000)

linux_alone = pytest.mark.skipif(
    landlock_version() < 6, reason="the kernel keeps no process from its files"
)
pytestmark = [pytest.mark.may_skip("other systems have other walls"), linux_alone]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One process for all that does not end it."""
    with Worker(TASK, BOUNDS, (UnacceptableWork,)) as made:
        yield made


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that is none of the task's business."""
    path = tmp_path / "client.yaml"
    path.write_text("name: Jo")
    return path


def test_a_request_is_answered(worker: Worker) -> None:
    """The walls leave room for work."""
    assert worker.ask(("echo", b"\x00\xff" * 1_000)) == b"\x00\xff" * 1_000


def test_no_file_is_read_listed_written_removed_or_changed(worker: Worker, secret: Path) -> None:
    before = secret.stat()
    for way in ("read", "write", "remove", "change", "date"):
        assert worker.ask((way, str(secret))).startswith(b"refused"), way
    assert worker.ask(("list", str(secret.parent))).startswith(b"refused")
    assert worker.ask(("write", str(secret.with_name("new")))).startswith(b"refused")
    assert worker.ask(("read", "/etc/passwd")).startswith(b"refused")
    after = secret.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert list(secret.parent.iterdir()) == [secret]


def test_no_module_of_casebooks_own_can_be_written(worker: Worker) -> None:
    """What may be read is read only."""
    own = Path(escapes.__file__).parents[2] / "casebook" / "__init__.py"
    assert worker.ask(("read", str(own))).startswith(b"done")
    assert worker.ask(("write", str(own.with_name("planted.py")))).startswith(b"refused")
    assert worker.ask(("write", str(own))).startswith(b"refused")


def test_no_connection_is_made(worker: Worker) -> None:
    """Neither to this machine, where somebody listens, nor by a name, nor by a file."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        host, port = listening.getsockname()
        assert worker.ask(("connect", host, port)).startswith(b"refused")
    assert worker.ask(("local", "/run/nothing")) == b"refused: PermissionError"
    assert worker.ask(("name", "localhost")).startswith(b"refused")


def test_no_program_and_no_process_is_started(worker: Worker) -> None:
    for way in ("run", "fork"):
        assert worker.ask((way,)) == b"refused: PermissionError", way


def test_no_other_process_is_reached(worker: Worker) -> None:
    """Signals, and system calls that only a native library makes: ptrace and process_vm_readv."""
    assert worker.ask(("kill", os.getpid())) == b"refused: PermissionError"
    numbers = {"x86_64": (101, 310), "aarch64": (117, 270)}
    for number in numbers.get(os.uname().machine, ()):
        assert worker.ask(("call", number, 16, os.getpid(), 0, 0)) == b"refused: PermissionError"


def test_limits_cannot_be_raised_again(worker: Worker) -> None:
    """Nor by root, who may elsewhere: there the filter of calls allows no other process's."""
    if os.geteuid() == 0:
        prlimit = {"x86_64": 302, "aarch64": 261}[os.uname().machine]
        asked = ("call", prlimit, os.getppid(), 0, 0, 0)
        assert worker.ask(asked) == b"refused: PermissionError"
    else:
        assert worker.ask(("limits",)).startswith(b"refused")


def test_nothing_of_the_environment_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CASEBOOK_SECRET", "s3cret")
    with Worker(TASK, BOUNDS) as made:
        told = made.ask(("environment",)) + made.ask(("arguments",))
    assert b"s3cret" not in told
    assert b"HOME" not in told


@pytest.mark.parametrize(
    "way,said",
    [
        ("hog", "taking more than 150 MB of memory"),
        ("native hog", "taking more than 150 MB of memory"),
        ("deep", "nested more deeply"),
        ("exit", "ended without an answer"),
        ("crash", "ended by the system (signal 11)"),
        ("forge", "gave no proper answer"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(way: str, said: str) -> None:
    with Worker(TASK, BOUNDS) as made:
        with pytest.raises(WorkStopped) as caught:
            made.ask((way,))
        assert said in str(caught.value)
        assert made.is_over


@pytest.mark.parametrize(
    "kind, flags, hide, most_mb",
    [
        ("shared", 0x21, False, 0), ("growing down", 0x122, False, 0),
        ("private", 0x22, False, 150), ("made read-only", 0x22, True, 300),
    ],
)  # fmt: skip
def test_no_kind_of_memory_is_without_a_limit(
    kind: str, flags: int, hide: bool, most_mb: int
) -> None:
    """A hundred and fifty megabytes, and as many addresses more for libraries."""
    with Worker(TASK, BOUNDS) as made:
        filled_mb = int(made.ask(("fill", flags, hide)))
    assert filled_mb <= most_mb, kind
    assert filled_mb >= most_mb // 2, kind


def test_neither_files_in_memory_nor_other_folders_are_to_be_had(worker: Worker) -> None:
    assert worker.ask(("file in memory",)) == b"refused: PermissionError"
    assert worker.ask(("go", "/")) == b"refused: PermissionError"


@pytest.mark.parametrize("way", ["loop", "sleep"])
def test_what_does_not_end_is_ended(way: str) -> None:
    """By what it computes, or by the clock."""
    with Worker(TASK, HASTY) as made, pytest.raises(WorkStopped, match=r"took more than [14] sec"):
        made.ask((way,))


class _Patient(Bounds):
    """Bounds with a minute by the clock, whatever may be computed."""

    @property
    def clock_s(self) -> int:
        return 60


@pytest.mark.parametrize("way", ["loop", "put off"])
def test_computing_ends_whether_or_not_its_own_limit_is_put_off(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not heed that limit, its parent ends by its own count."""
    monkeypatch.setattr(watch, "_OWN_LIMIT_S", 0.5)
    bounds = _Patient(memory_bytes=150_000_000, seconds=1, reply_bytes=1_000)
    with Worker(TASK, bounds) as made, pytest.raises(WorkStopped, match="1 seconds of computing"):
        made.ask((way,))


def test_a_reply_that_is_too_long_is_not_taken() -> None:
    with Worker(TASK, BOUNDS) as made, pytest.raises(WorkStopped, match="longer than 1000000"):
        made.ask(("huge", 1_000_001))


def test_what_a_library_prints_is_neither_a_reply_nor_shown(
    worker: Worker, capfd: pytest.CaptureFixture[str]
) -> None:
    assert worker.ask(("flood",)) == b"after the flood"
    assert capfd.readouterr() == ("", "")


def test_errors_come_back_by_name_and_only_those_expected(worker: Worker) -> None:
    with pytest.raises(UnacceptableWork, match="found") as caught:
        worker.ask(("raise", "allowed"))
    assert caught.value.hint == "mend it"
    with pytest.raises(MachineError, match="found"):
        worker.ask(("raise", "machine"))
    with pytest.raises(WorkStopped, match="found"):
        worker.ask(("raise", "not allowed"))
    with pytest.raises(ConfinedFault, match="ZeroDivisionError: found"):
        worker.ask(("raise", "fault"))


def test_a_process_that_is_over_answers_nothing_more() -> None:
    with Worker(TASK, BOUNDS) as made:
        with pytest.raises(WorkStopped):
            made.ask(("exit",))
        with pytest.raises(WorkStopped):
            made.ask(("nothing",))


def test_another_thread_can_stop_what_is_asked() -> None:
    with Worker(TASK, BOUNDS) as made:
        threading.Timer(0.3, made.stop).start()
        with pytest.raises(WorkStopped):
            made.ask(("loop",))


def test_a_child_dies_with_its_parent() -> None:
    """The parent is killed, so that it can end nobody itself."""
    program = (
        "import os, signal\n"
        "from casebook.confinement.bounds import Bounds\n"
        "from casebook.confinement.worker import Worker\n"
        f"made = Worker({TASK!r}, Bounds(150_000_000, 60, 1000))\n"
        "print(made.ask(('process',)).decode(), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(escapes.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    child = int(done.stdout)
    for _ in range(200):
        if not _runs(child):
            break
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
