"""Ctrl-C for programs that a test starts."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def open_to_interrupts() -> Iterator[None]:
    """What is started inside takes Ctrl-C.

    Why: what a shell starts in the background ignores it, and so would what tests start from there.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
