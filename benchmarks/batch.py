"""Batches: two workers against one, the memory of workers, and what an item costs.

Every batch makes its pages anew. Where others use the machine too, the ratio by computing says
what two workers would be if each had a core: twice one, less what they compute besides. Memory is
that of all workers together with the processes that set their pages. Scaling and memory are
measured with the smallest portfolio, costs with the sample; each once in a run, however many
rounds it has, for a batch is hundreds of items itself.
"""

import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from benchmarks.figures import Figure, Setting, Skipped, Target

SUBJECT = "batch"
REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE = REPOSITORY / "samples" / "nkt-level-1"
SMALL = REPOSITORY / "tests" / "portfolios" / "studio"
ON = ("--date", "2026-07-01")
ITEMS = 12
SCALING_ITEMS: Final = {"check": 600, "submit": 240}
"""So many that what it takes to begin, twice for two workers, is little beside them."""
FIRST = 100
"""Packets after which the memory of workers is that to compare with."""


@dataclass(slots=True)
class Measured:
    """What a batch took.

    Attributes:
        seconds: From its start to its end.
        computed_s: What all its processes computed.
        memory: Items done, and the megabytes of all workers at that time.
    """

    seconds: float
    computed_s: float
    memory: list[tuple[int, float]] = field(default_factory=list)


def figures(setting: Setting) -> Iterator[Figure | Skipped]:
    """Scaling, memory, costs."""
    yield from _scaling(setting)
    yield from _memory(setting)
    yield from _costs(setting)


def _scaling(setting: Setting) -> Iterator[Figure]:
    """How many times one worker two are."""
    for job, most in SCALING_ITEMS.items():
        items = most // 10 if setting.quick else most
        portfolios = copies(SMALL, setting.scratch / f"scaling-{job}", items)
        one, two = (run(setting.scratch, job, portfolios, workers) for workers in (1, 2))
        beside = f"{job}, one worker"
        yield Figure(SUBJECT, beside, items / one.seconds, "items/s")
        yield Figure(
            SUBJECT, f"{job}, two workers", items / two.seconds, "items/s",
            one.seconds / two.seconds, 2 * one.computed_s / two.computed_s,
            beside, Target("at least", 1.85), f"{items} items",
        )  # fmt: skip


def _memory(setting: Setting) -> Iterator[Figure | Skipped]:
    """How far the memory of workers grows after the first packets."""
    packets = 150 if setting.quick else 1_000
    portfolios = copies(SMALL, setting.scratch / "memory", packets)
    seen = run(setting.scratch, "submit", portfolios, 2).memory
    early = [megabytes for done, megabytes in seen if FIRST / 2 <= done <= FIRST]
    late = [megabytes for done, megabytes in seen if done > FIRST]
    name = f"memory of two workers, {packets:,} packets"
    if not early or not late:
        yield Skipped(SUBJECT, name, "they were done before anybody looked")
        return
    first, rest = statistics.median(early), statistics.median(late)
    beside = f"the same, up to {FIRST}"
    yield Figure(SUBJECT, beside, first, "MB")
    yield Figure(
        SUBJECT, name, rest, "MB", rest / first, None, beside, Target("at most", 1.1),
        f"most {max(late):.0f} MB",
    )  # fmt: skip


def _costs(setting: Setting) -> Iterator[Figure]:
    """What one item costs, without what it takes to begin: computing, and bytes."""
    folder = setting.scratch
    portfolios = copies(SAMPLE, folder / "costs", ITEMS)
    for job in ("check", "score", "render", "submit"):
        computed_s = cost(folder, job, portfolios)
        made = sum(each.stat().st_size for each in (folder / "out").rglob("*") if each.is_file())
        note = f"makes {made / ITEMS / 1000:,.0f} kB" if made else ""
        yield Figure(SUBJECT, f"{job}, one more sample", computed_s, "CPU s", note=note)
    shutil.copytree(folder / "out", folder / "sent")
    submissions = tuple(sorted((folder / "sent").iterdir()))
    computed_s = cost(folder, "verify", submissions)
    yield Figure(SUBJECT, "verify, one more sample", computed_s, "CPU s")


def cost(folder: Path, job: str, inputs: Sequence[Path]) -> float:
    """The seconds of computing that one more item takes."""
    few, many = 2, len(inputs)
    less, more = (run(folder, job, inputs[:count], 1).computed_s for count in (few, many))
    return (more - less) / (many - few)


def copies(portfolio: Path, folder: Path, count: int) -> tuple[Path, ...]:
    """So many portfolios, each of which says something else, so that none is known already."""
    made = []
    for number in range(count):
        path = folder / f"p{number:04}"
        shutil.copytree(portfolio, path, ignore=shutil.ignore_patterns("build"))
        main_file = path / "portfolio.yaml"
        text = main_file.read_text(encoding="utf-8")
        main_file.write_text(f"# {number}\n{text}", encoding="utf-8")
        made.append(path)
    return tuple(made)


def run(folder: Path, job: str, inputs: Sequence[Path], workers: int) -> Measured:
    """Run one batch as a program of its own."""
    out, results, names = folder / "out", folder / "results.jsonl", folder / "inputs.txt"
    shutil.rmtree(out, ignore_errors=True)
    results.unlink(missing_ok=True)
    names.write_text("".join(f"{each}\n" for each in inputs), encoding="utf-8")
    words = [sys.executable, "-m", "casebook", "batch", job, "--from", str(names)]
    words += ["--jobs", str(workers), "--results", str(results)]
    words += [] if job == "verify" else ON
    words += ["-o", str(out), "--no-cache"] if job in {"render", "submit"} else []
    before = os.times()
    begun = time.perf_counter()
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    watch = Watch(process.pid, results)
    said = process.communicate()[1]
    took = time.perf_counter() - begun
    watch.end()
    if process.returncode not in {0, 1} or not results.is_file():
        raise SystemExit(said)
    if job != "verify" and process.returncode:
        raise SystemExit(f"{job}: {said}")
    after = os.times()
    computed = after.children_user + after.children_system
    computed -= before.children_user + before.children_system
    return Measured(took, computed, watch.seen)


class Watch:
    """Looks every now and then how many items are done, and what memory the workers have."""

    def __init__(self, process_id: int, results: Path) -> None:
        self.seen: list[tuple[int, float]] = []
        self._process_id, self._results = process_id, results
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            try:
                below = psutil.Process(self._process_id).children(recursive=True)
                bytes_held = sum(each.memory_info().rss for each in below)
                done = self._results.read_bytes().count(b"\n")
            except (psutil.Error, OSError):
                continue
            self.seen.append((done, bytes_held / 1_000_000))
