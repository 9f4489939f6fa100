"""Mutates a small signed submission and verifies every mutant; prints what became of them.

    python scripts/mutate_submissions.py [--count N] [--seed S] [--processes P]
    python scripts/mutate_submissions.py --works [--count N] [--seed S] [--processes P]
    python scripts/mutate_submissions.py [--works] --seed S --only NUMBER -o mutant.zip

The first form changes a signed submission; it ends with 0 when no mutant made casebook stumble and
none was taken for what its candidate signed. The second changes the works in an unsigned one, and
takes every step of a verification. The same seed gives the same mutants; the last form writes one
of them to look at.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

# Why: a script's own folder is what Python finds modules in, not the one above it.
sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.hostile.mutations.campaign import (
    ACCEPTABLE,
    CRASHED,
    DECIDING,
    FORGED,
    MUTATIONS,
    REFUSED,
    SAME_FILES,
    UNCHANGED,
    Tally,
    campaign,
    campaign_of_works,
    mutant,
)
from tests.hostile.mutations.of_works import with_nonsense, works
from tests.hostile.mutations.sample import chance, sample

PART = 1_000
OUTCOMES = (
    *DECIDING,
    *("program", "sources", "check", "results"),
    *(SAME_FILES, UNCHANGED, ACCEPTABLE, REFUSED, CRASHED, FORGED),
)


def main() -> int:
    """Run a campaign, or write one mutant of it."""
    given = _options()
    if given.only is not None:
        kind, content = (
            ("with nonsense", with_nonsense(chance(given.seed, given.only), works()))
            if given.works
            else mutant(given.seed, given.only, sample())
        )
        given.output.write_bytes(content)
        _say(f"{given.output}: {kind}, {len(content)} bytes")
        return 0
    began = time.perf_counter()
    tally = Tally()
    run = campaign_of_works if given.works else campaign
    parts = [range(start, min(start + PART, given.count)) for start in range(0, given.count, PART)]
    with ProcessPoolExecutor(given.processes, get_context("spawn")) as pool:
        tallies = pool.map(run, [given.seed] * len(parts), parts)
        for numbers, each in zip(parts, tallies, strict=True):
            tally.add(each)
            if sys.stderr.isatty() or numbers.stop % 50_000 == 0:
                sys.stderr.write(f"{numbers.stop:,} mutants, {len(tally.wrong)} wrong\n")
    for line in table(tally):
        _say(line)
    seconds = time.perf_counter() - began
    _say(
        f"{given.count:,} mutants, seed {given.seed}, {seconds:.0f} s, {given.processes} processes"
    )
    _say(f"uncaught exceptions: {tally.of(CRASHED)}")
    if not given.works:
        _say(f"accepted with changed content: {tally.of(FORGED)}")
    for number, what in tally.wrong[:20]:
        _say(f"  --only {number}  {what}")
    return 1 if tally.wrong else 0


def table(tally: Tally) -> Iterator[str]:
    """The counts by kind of mutation and by what the mutants ended with."""
    shown = [each for each in OUTCOMES if tally.of(each)]
    yield f"{'':34}" + "".join(f"{each:>{max(len(each), 7) + 2}}" for each in shown)
    for name in dict.fromkeys(kind for kind, _ in sorted(tally.counts, key=_in_order)):
        yield _row(name.replace("_", " "), [tally.counts[name, each] for each in shown], shown)
    yield _row("all", [tally.of(each) for each in shown], shown)


def _in_order(counted: tuple[str, str]) -> int:
    names = [each.__name__ for each in MUTATIONS]
    return names.index(counted[0]) if counted[0] in names else len(names)


def _row(name: str, counts: list[int], shown: list[str]) -> str:
    cells = zip(counts, shown, strict=True)
    return f"{name:34}" + "".join(f"{count:>{max(len(each), 7) + 2},}" for count, each in cells)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=10_000, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="which mutants")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--works", action="store_true", help="change works, take every step")
    parser.add_argument("--only", type=int, help="write the mutant of this number")
    parser.add_argument("-o", "--output", type=Path, default=Path("mutant.zip"))
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
