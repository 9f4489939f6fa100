"""`casebook agreement` as a whole process over many mark sheets, and its peak memory.

The sheets have twelve criteria with notes, by twenty graders of different severity; of one mark in
forty the level is missing.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Setting, rate
from benchmarks.measuring import in_turns, run

SUBJECT: Final = "agreement"
CRITERIA: Final = 12
GRADERS: Final = 20
WORKS_OF_A_CANDIDATE: Final = 3
_SHEETS: Final = 2_000
_FEW_SHEETS: Final = 200
_GRADERS_A_WORK: Final = 4

_NOTE: Final = (
    "Sides and results throughout, the muscles that fired included, and three measures before any "
    "work. What keeps it from the top level: I am not told the position of a single muscle test, "
    "and the forward bend was never measured again."
)
_PLACE: Final = "Bending forward, his fingertips reached mid-shin"


def figures(setting: Setting) -> Iterator[Figure]:
    """All figures of agreement over all sheets."""
    sheets = _FEW_SHEETS if setting.quick else _SHEETS
    write_sheets(setting.scratch, sheets, _GRADERS_A_WORK)
    command = (sys.executable, "-m", "casebook", "agreement")
    peaks_mb: list[float] = []
    measured = in_turns(
        {"agreement": lambda: peaks_mb.append(run((*command, setting.scratch)))}, setting.rounds
    )
    yield rate(
        SUBJECT, f"casebook agreement, {sheets:,} sheets", measured["agreement"],
        unit="sheets/s", amount=sheets, note=f"peak {max(peaks_mb):.0f} MB",
    )  # fmt: skip


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
