"""Work for workers of tests: at the top of a module, so that other processes can import it."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

CHILD = "import time; time.sleep(600)"


def doubled(number: int) -> int:
    return 2 * number


def process_id(_: object) -> int:
    return os.getpid()


def refused(number: int) -> int:
    if number == 2:
        raise ValueError("Client A has a bad back")
    return number


def unpicklable(_: int) -> object:
    return threading.Lock()


def unpicklable_error(_: int) -> object:
    raise _Stubborn(1, 2)


class _Stubborn(Exception):
    """Pickles, and cannot be made again."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__("one text of two numbers")
        self.sum = first + second


def killed_at(marker: Path, number: int) -> int:
    """The number; the first worker with a two ends over it, if the marker is there."""
    if number == 2 and marker.exists():
        marker.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def always_killed_at(fatal: int, number: int) -> int:
    if number == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def busy(folder: Path, number: int) -> int:
    """Hold a file and a child as long as it may, and put both away in the end."""
    held = folder / f"{number}.held"
    with subprocess.Popen([sys.executable, "-c", CHILD]) as child:
        try:
            held.write_text(f"{os.getpid()} {child.pid}")
            time.sleep(600)
        finally:
            child.kill()
            held.unlink()
    return number
