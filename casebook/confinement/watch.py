"""Ends a child that takes too long, by the clock or by what it computes.

Why computing is counted here too: a child has a limit of its own, but whoever has taken it over
can put that off.
"""

import subprocess
import sys
import threading
import time
from typing import Final, Literal

_LOOK_EVERY_S: Final = 1
_OWN_LIMIT_S: Final = 3
"""How much later than the child's own limit this one comes, which honest work then never meets."""

_OF_A_PROCESS: Final = 2
"""Linux: the kind of clock that tells what all threads of a process have computed."""


class Watch(threading.Thread):
    """Watches one request, and kills the process that does not answer it in time.

    Attributes:
        killed_for: By what its time was up; None while it was not killed.
    """

    def __init__(
        self, process: "subprocess.Popen[bytes]", clock_s: float, computing_s: float | None
    ) -> None:
        """Make ready to watch; ``start`` begins it.

        Args:
            process: Whom.
            clock_s: Seconds by the clock from then on.
            computing_s: Seconds of computing from then on; None where they are not counted.
        """
        super().__init__(daemon=True)
        self.killed_for: Literal["clock", "computing"] | None = None
        self._process = process
        self._clock_s = clock_s
        self._computing_s = computing_s
        self._over = threading.Event()

    def run(self) -> None:
        """Look from time to time."""
        until = time.monotonic() + self._clock_s
        begun_s = computed_s(self._process.pid) or 0
        while not self._over.wait(max(0, min(_LOOK_EVERY_S, until - time.monotonic()))):
            if time.monotonic() >= until:
                self._kill("clock")
            elif self._computing_s is not None:
                so_far_s = (computed_s(self._process.pid) or 0) - begun_s
                if so_far_s > self._computing_s + _OWN_LIMIT_S:
                    self._kill("computing")

    def call_off(self) -> None:
        """Watch no longer: the answer is there, or never comes."""
        self._over.set()

    def _kill(self, why: Literal["clock", "computing"]) -> None:
        self.killed_for = why
        self._over.set()
        self._process.kill()


def computed_s(process: int) -> float | None:
    """Seconds that a process has computed; None where that is not to be had.

    Source:
        The numbers of such clocks: Linux, include/linux/posix-timers.h.
    """
    if sys.platform != "linux":
        return None
    try:
        return time.clock_gettime((~process << 3) | _OF_A_PROCESS)
    except OSError:  # It is gone.
        return None
