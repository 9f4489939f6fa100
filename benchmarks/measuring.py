"""Measures pieces of work: by the clock and by what was computed, one after the other in turns.

Machines differ and are shared. So whatever is compared takes turns within one run, each round
gives a ratio of its own, and the middle of all rounds counts.
"""

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.confinement.watch import computed_s

Work = Callable[[], object]

_PARENT: Final = 1
"""Where a process's parent stands in ``/proc/PID/stat``, after its name and state."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a piece of work took in each round.

    Attributes:
        wall_s: By the clock.
        cpu_s: By what this process and all that it started have computed.
    """

    wall_s: tuple[float, ...]
    cpu_s: tuple[float, ...]

    @property
    def middle_wall_s(self) -> float:
        """The middle of all rounds, by the clock."""
        return statistics.median(self.wall_s)

    @property
    def middle_cpu_s(self) -> float:
        """The middle of all rounds, by what was computed."""
        return statistics.median(self.cpu_s)

    def wall_ratio(self, other: "Measured") -> float:
        """How many times as long as another piece of work took in the same rounds."""
        return _ratio(self.wall_s, other.wall_s)

    def cpu_ratio(self, other: "Measured") -> float:
        """How many times as much as another was computed in the same rounds."""
        return _ratio(self.cpu_s, other.cpu_s)


def in_turns(
    works: Mapping[str, Work], rounds: int, before: Mapping[str, Work] | None = None
) -> dict[str, Measured]:
    """Do every piece of work once to warm up, then in turns, and measure it.

    Args:
        works: What is measured.
        rounds: How many times each.
        before: What has to be done before each turn of some, unmeasured.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            if before and name in before:
                before[name]()
            # Why: what another piece of work left behind is not this one's to clear away.
            gc.collect()
            took = _taken(work)
            if turn:
                taken[name].append(took)
    return {
        name: Measured(tuple(wall for wall, _ in each), tuple(cpu for _, cpu in each))
        for name, each in taken.items()
    }


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> float:
    """Run a command and drop its words; its peak memory in megabytes.

    Args:
        command: A program and its arguments.
        environment: What is set besides.

    Raises:
        SystemExit: It did not end with 0.
    """
    words = [str(each) for each in command]
    process = subprocess.Popen(
        words,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {process.returncode}")
    # Linux counts kilobytes, macOS bytes.
    return usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def _taken(work: Work) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), _computed_s()
    work()
    return time.perf_counter() - wall, _computed_s() - cpu


def _ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    return statistics.median(
        our / max(other, 1e-9) for our, other in zip(ours, others, strict=True)
    )


def _computed_s() -> float:
    """Seconds computed so far: by this process, by its children that ended, by those that live."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = sum(computed_s(child) or 0 for child in _children())
    return time.process_time() + ended.ru_utime + ended.ru_stime + living


def _children() -> Iterator[int]:
    """The processes that this one started and that still run; known on Linux alone."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = stat.read_text("utf-8", errors="replace").rpartition(")")
        except OSError:  # It has ended since.
            continue
        if int(rest.split()[_PARENT]) == os.getpid():
            yield int(stat.parent.name)
