"""Times `casebook agreement` as a whole process over many mark sheets, and its peak memory.

    python benchmarks/agreement.py [SHEETS] [GRADERS_A_WORK]

Makes 2,000 sheets of 12 criteria with notes, by 20 graders of different severity, for 1 in 40 of
whose marks the level is missing, and runs the command three times over them.
"""

import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

from command_line import timed

CRITERIA: Final = 12
GRADERS: Final = 20
WORKS_OF_A_CANDIDATE: Final = 3
RUNS: Final = 3

_NOTE: Final = (
    "Sides and results throughout, the muscles that fired included, and three measures before any "
    "work. What keeps it from the top level: I am not told the position of a single muscle test, "
    "and the forward bend was never measured again."
)
_PLACE: Final = "Bending forward, his fingertips reached mid-shin"


def main() -> None:
    """Make the sheets, run the command, print one table."""
    sheets = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    graders_a_work = int(sys.argv[2]) if len(sys.argv) > 2 else 4  # noqa: PLR2004 - two words
    casebook = str(Path(sys.executable).parent / "casebook")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_sheets(folder, sheets, graders_a_work)
        command = (casebook, "agreement", scratch, "--format", "json")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        runs = [timed(command) for _ in range(RUNS)]
    print(f"{'sheets':>7} {'criteria':>9} {'median s':>9} {'least s':>9} {'peak MB':>8}")
    seconds = [took for took, _ in runs]
    print(
        f"{sheets:>7} {CRITERIA:>9} {statistics.median(seconds):>9.2f} {min(seconds):>9.2f} "
        f"{max(peak for _, peak in runs):>8.0f}"
    )


def write_sheets(folder: Path, sheets: int, graders_a_work: int) -> None:
    """Write sheets of one program, with the program beside them."""
    rng = random.Random(1)  # noqa: S311 - invented marks
    (folder / "program").mkdir()
    (folder / "program" / "program.yaml").write_text(_PROGRAM, "utf-8")
    (folder / "program" / "rubric.yaml").write_text("\n".join(_rubric()), "utf-8")
    severity = [rng.gauss(0, 0.3) for _ in range(GRADERS)]
    candidate = 0.0
    for work in range(-(-sheets // graders_a_work)):
        if work % WORKS_OF_A_CANDIDATE == 0:
            candidate = rng.gauss(1.8, 0.6)
        quality = rng.gauss(candidate, 0.4)
        for grader in rng.sample(range(GRADERS), graders_a_work):
            levels = [
                None if rng.random() < 1 / 40 else _level(quality - severity[grader], rng)
                for _ in range(CRITERIA)
            ]
            name = f"work-{work:05d}-grader-{grader:02d}.yaml"
            (folder / name).write_text("\n".join(_sheet(work, grader, levels)), "utf-8")


def _level(quality: float, rng: random.Random) -> int:
    return min(3, max(0, round(rng.gauss(quality, 0.6))))


def _sheet(work: int, grader: int, levels: list[int | None]) -> Iterator[str]:
    candidate, piece = divmod(work, WORKS_OF_A_CANDIDATE)
    yield "kind: mark-sheet\nformat: 1\nprogram: program/program.yaml\nlevel: 1"
    yield f"submission: {candidate:064x}"
    yield f"work: case-{piece}"
    yield f"grader: {{name: Grader {grader}, id: grader-{grader}}}"
    yield "rubric: marks\nmarks:"
    for number, level in enumerate(levels):
        yield f"  - criterion: criterion-{number}"
        yield f"    level: {'' if level is None else level}"
        yield f'    place: "{_PLACE}"'
        yield f"    note: >-\n      {_NOTE}"
    yield "global_rating: good\ncomments: >-\n  A careful report that I enjoyed reading.\n"


_PROGRAM: Final = """\
kind: program
format: 1
id: measured
name: Measured
version: "1"
owner: Nobody
notice: An invented program, for measuring.
levels:
  - level: 1
    name: Level One
    requirements:
      - {id: cases, needs: case-studies, says: Hand in a case., count: 1, sessions_each: 1}
case_study: {required: []}
consent_scopes: [record]
rubrics: [rubric.yaml]
certificate: {title: Certificate, statement: It was measured.}
"""


def _rubric() -> Iterator[str]:
    yield "kind: rubric\nformat: 1\nid: marks\ntitle: Marks\njudges: case-study\npass_percent: 60"
    yield "criteria:"
    for number in range(CRITERIA):
        yield f"  - id: criterion-{number}\n    title: Criterion {number}\n    asks: How good?"
        yield "    levels:"
        for level in range(4):
            yield f"      - {{level: {level}, label: step {level}, describes: Step {level}.}}"
    yield "global_ratings: [{id: good, label: Good, position: 1}]\n"


if __name__ == "__main__":
    main()
