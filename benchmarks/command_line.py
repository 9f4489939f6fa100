"""Times the commands as whole processes, each against `python -c "import click"`.

    python benchmarks/command_line.py [RUNS]

Machines differ and are shared, so read the ratios and not the seconds. Commands take turns, and
the middle of all runs is shown; peak memory is that of the largest single process.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "nkt-level-1"
ON = ("--date", "2026-07-01")


def main() -> None:
    """Run every command in turn and print one table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as scratch:
        portfolio = Path(scratch) / "portfolio"
        shutil.copytree(SAMPLE, portfolio, ignore=shutil.ignore_patterns("build"))
        commands = _commands(portfolio, Path(scratch) / "submission.zip")
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        memory_mb: dict[str, float] = dict.fromkeys(commands, 0.0)
        for run in range(runs + 1):
            for name, command in commands.items():
                took, peak_mb = timed(command)
                if run:  # The first round warms the caches of the disk.
                    seconds[name].append(took)
                    memory_mb[name] = max(memory_mb[name], peak_mb)
    base = statistics.median(seconds["import click"])
    print(f"{'command':<16} {'median s':>9} {'least s':>9} {'ratio':>7} {'peak MB':>8}")
    for name, times in seconds.items():
        middle = statistics.median(times)
        print(
            f"{name:<16} {middle:>9.3f} {min(times):>9.3f} {middle / base:>7.2f} "
            f"{memory_mb[name]:>8.0f}"
        )


def _commands(portfolio: Path, submission: Path) -> dict[str, Sequence[str]]:
    casebook = str(Path(sys.executable).parent / "casebook")
    return {
        "import click": (sys.executable, "-c", "import click"),
        "--help": (casebook, "--help"),
        "check": (casebook, "check", str(portfolio), *ON),
        "score": (casebook, "score", str(portfolio), *ON),
        "submit": (casebook, "submit", str(portfolio), "-o", str(submission), *ON),
        "verify": (casebook, "verify", str(submission)),
    }


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; seconds from start to end, and its peak memory in megabytes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return took, _megabytes(usage)


def _megabytes(usage: resource.struct_rusage) -> float:
    # Linux counts kilobytes, macOS bytes.
    return usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    main()
