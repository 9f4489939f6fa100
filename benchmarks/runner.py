"""Runs the subjects, prints one table, writes JSON.

python -m benchmarks [--quick] [--rounds N] [--only SUBJECT]… [-o FILE]
"""

import argparse
import importlib
import multiprocessing
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Setting, Skipped, Subject
from benchmarks.table import text_table, to_json

SUBJECTS: Final = {
    "start": "starting",
    "check": "checking",
    "score": "scoring",
    "render": "rendering",
    "others": "other_renderers",
    "submit": "submitting",
    "batch": "batch",
    "commands": "command_line",
    "agreement": "agreement",
}
"""Every subject with its module."""

RESULTS: Final = Path("build/benchmarks.json")
_ROUNDS: Final = 3
_QUICK_ROUNDS: Final = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for."""
    asked = _asked(arguments)
    rounds = asked.rounds or (_QUICK_ROUNDS if asked.quick else _ROUNDS)
    rows = []
    for name in asked.only or SUBJECTS:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        rows += _rows(name, rounds, quick=asked.quick)
    print(text_table(rows))
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(to_json(rows, machine(rounds)), "utf-8")


def machine(rounds: int) -> dict[str, str]:
    """What was measured on, as far as it bears on the figures."""
    from importlib.metadata import version

    return {
        "processors": str(os.cpu_count()),
        "system": platform.system(),
        "python": platform.python_version(),
        "weasyprint": version("weasyprint"),
        "rounds": str(rounds),
    }


def _rows(name: str, rounds: int, *, quick: bool) -> list[Figure | Skipped]:
    """A subject's figures, measured in a process of its own.

    Why of its own: Linux counts a process's memory from what its parent had when it started it,
    and no subject is to find warm what another one loaded.
    """
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(_measured, name, rounds, quick).result()


def _measured(name: str, rounds: int, quick: bool) -> list[Figure | Skipped]:  # noqa: FBT001 - sent to a process
    subject: Subject = importlib.import_module(f"benchmarks.{SUBJECTS[name]}").figures
    with tempfile.TemporaryDirectory() as scratch:
        return list(subject(Setting(Path(scratch), rounds, quick)))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="rough figures in a few minutes")
    parser.add_argument("--rounds", type=int, help="how many times each piece of work is done")
    parser.add_argument("--only", action="append", choices=SUBJECTS, help="one subject; repeat it")
    parser.add_argument("-o", "--output", type=Path, default=RESULTS, help="the JSON file")
    return parser.parse_args(arguments)
