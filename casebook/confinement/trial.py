"""A task that tries to get out: for ``casebook doctor``, which tells what holds on a machine."""

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from casebook.confinement.bounds import Bounds
from casebook.confinement.worker import Worker

OPEN: Final = ("reading files", "writing files", "the network", "other programs")
_BOUNDS: Final = Bounds(memory_bytes=150_000_000, seconds=10, reply_bytes=1_000)


def prepare() -> Iterable[Path]:
    """Nothing more is to be read."""
    return ()


def answer(request: object) -> bytes:
    """Try each way out, and tell which stood open.

    Args:
        request: A file that is not to be read, and a folder that is not to be written to.
    """
    assert isinstance(request, tuple)  # noqa: S101 - the doctor sends one
    secret, folder = request
    tries: dict[str, Callable[[], object]] = {
        "reading files": lambda: Path(secret).read_bytes(),
        "writing files": lambda: _write(Path(folder) / "casebook-trial"),
        "the network": _connect,
        "other programs": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    }
    return json.dumps([name for name, tried in tries.items() if _works(tried)]).encode()


def _works(tried: Callable[[], object]) -> bool:
    try:
        tried()
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _write(path: Path) -> None:
    path.write_bytes(b"")
    path.unlink()


def _connect() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        # Why this address: kept for documents (RFC 5737), and a datagram's socket sends nothing.
        opened.connect(("192.0.2.1", 9))


def ways_out() -> tuple[str, ...]:
    """Which ways out of a confined process stand open on this machine, of those in ``OPEN``.

    Raises:
        CasebookError: No such process can be started, or it does not answer.
    """
    # Why these: they are there on every system, and neither is a confined task's business.
    asked = (sys.executable, tempfile.gettempdir())
    with Worker(__name__, _BOUNDS) as worker:
        found = json.loads(worker.ask(asked))
    return tuple(name for name in OPEN if name in found)


def memory_is_bounded() -> bool:
    """Whether the system ends a confined process that takes too much memory."""
    return sys.platform == "linux"
