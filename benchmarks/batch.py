"""Measures batches: two workers against one, the memory of workers, and what an item costs.

    python benchmarks/batch.py [PACKETS]

Every measured batch makes its pages anew. Machines differ and are shared, so read the ratios and
not the seconds; one worker and two are measured in turn, and the middle of three rounds is shown.
Where others use the machine too, the ratio by computing says what two workers would be if each
had a core: twice one, less what they compute besides. Memory is that of all workers together with
the processes that set their pages.

Scaling and memory are measured with the smallest portfolio, costs with the sample.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE = REPOSITORY / "samples" / "nkt-level-1"
SMALL = REPOSITORY / "tests" / "portfolios" / "studio"
ON = ("--date", "2026-07-01")
ROUNDS = 3
ITEMS = 8
SCALING_ITEMS = 60
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


def main() -> None:
    """Print three tables, and write all figures where CASEBOOK_BENCH says."""
    packets = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        figures = {
            "scaling": scaling(folder),
            "memory": memory(folder, packets),
            "costs": costs(folder),
        }
    if path := os.environ.get("CASEBOOK_BENCH"):
        Path(path).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def scaling(folder: Path) -> dict[str, dict[str, float]]:
    """How many times one worker two are."""
    portfolios = copies(SMALL, folder / "scaling", SCALING_ITEMS)
    head = f"{'one s':>7} {'two s':>7} {'ratio':>6} {'by computing':>13}"
    print(f"{'two workers against one':<34} {head}")
    found = {}
    for job in ("check", "submit"):
        pairs = [
            [run(folder, job, portfolios, workers) for workers in (1, 2)] for _ in range(ROUNDS)
        ]
        one, two = (statistics.median(pair[at].seconds for pair in pairs) for at in (0, 1))
        less, more = (statistics.median(pair[at].computed_s for pair in pairs) for at in (0, 1))
        found[job] = {"ratio": one / two, "ratio_by_computing": 2 * less / more}
        print(f"{job:<34} {one:>7.2f} {two:>7.2f} {one / two:>6.2f} {2 * less / more:>13.2f}")
    return found


def memory(folder: Path, packets: int) -> dict[str, float]:
    """How far the memory of workers grows after the first packets."""
    portfolios = copies(SMALL, folder / "memory", packets)
    seen = run(folder, "submit", portfolios, 2).memory
    early = [megabytes for done, megabytes in seen if FIRST / 2 <= done <= FIRST]
    late = [megabytes for done, megabytes in seen if done > FIRST]
    if not early or not late:
        print(f"memory: {packets} packets are too few to compare the first {FIRST} with the rest")
        return {}
    first, rest = statistics.median(early), statistics.median(late)
    print(f"\n{'memory of both workers, MB':<34} {'first':>7} {'rest':>7} {'growth':>6}")
    growth = (rest / first - 1) * 100
    print(f"{f'{packets} packets':<34} {first:>7.0f} {rest:>7.0f} {growth:>5.1f}%")
    return {"first_mb": first, "rest_mb": rest, "most_mb": max(late), "growth_pct": growth}


def costs(folder: Path) -> dict[str, dict[str, float]]:
    """What one item costs, without what it takes to begin: computing, and bytes."""
    portfolios = copies(SAMPLE, folder / "costs", ITEMS)
    read = sum(each.stat().st_size for each in portfolios[0].rglob("*") if each.is_file())
    print(f"\n{'one item':<34} {'CPU s':>7} {'read kB':>8} {'made kB':>8}")
    found: dict[str, dict[str, float]] = {}
    for job in ("check", "score", "render", "submit"):
        computed_s = cost(folder, job, portfolios)
        made = folder / "out"
        written = sum(each.stat().st_size for each in made.rglob("*") if each.is_file()) / ITEMS
        found[job] = {"cpu_s": computed_s, "read_bytes": read, "written_bytes": written}
    shutil.copytree(folder / "out", folder / "sent")
    submissions = tuple(sorted((folder / "sent").iterdir()))
    found["verify"] = {
        "cpu_s": cost(folder, "verify", submissions),
        "read_bytes": submissions[0].stat().st_size,
        "written_bytes": 0,
    }
    for job, each in found.items():
        kilobytes = each["read_bytes"] / 1000, each["written_bytes"] / 1000
        print(f"{job:<34} {each['cpu_s']:>7.3f} {kilobytes[0]:>8.0f} {kilobytes[1]:>8.0f}")
    return found


def cost(folder: Path, job: str, inputs: Sequence[Path]) -> float:
    """The seconds of computing that one more item takes."""
    few, many = 2, len(inputs)
    pairs = [
        [run(folder, job, inputs[:count], 1).computed_s for count in (few, many)]
        for _ in range(ROUNDS)
    ]
    return statistics.median(more - less for less, more in pairs) / (many - few)


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


if __name__ == "__main__":
    main()
