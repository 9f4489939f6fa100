"""Counts how often the intervals of agreement hold the true value, as 95 % intervals should.

    python benchmarks/agreement_intervals.py [STUDIES]

Graders of four levels are made up; the true values are those of 20,000 works. Each study draws a
few of them, and each interval that it gives either holds the true value or does not. Takes some
minutes.
"""

import sys
from typing import Final

import numpy as np

from casebook.evaluation.agreement.assess import assess_agreement
from casebook.evaluation.agreement.figures import Estimate, Interval
from casebook.evaluation.agreement.mark_table import MarkTable
from casebook.evaluation.agreement.matrix import FloatArray
from casebook.evaluation.agreement.sheet_marks import Scale

STUDIES: Final = 400
DESIGNS: Final = ((12, 4, 0.0), (12, 4, 0.2), (30, 4, 0.2), (30, 2, 0.0), (100, 4, 0.2))
"""Works, graders, and the share of marks that are missing."""

SHOWN: Final = (
    "percent-agreement", "cohen-kappa", "weighted-kappa-quadratic", "fleiss-kappa",
    "alpha-ordinal", "alpha-interval", "phi", "sem",
)  # fmt: skip


def main() -> None:
    """Print, for each design, the share of intervals that hold the true value."""
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else STUDIES
    print(f"{'works':>5} {'graders':>7} {'missing':>7}", *(f"{name[:11]:>11}" for name in SHOWN))
    for works, graders, missing in DESIGNS:
        severity = np.random.default_rng(1000).normal(0, 0.3, graders)
        true = _values(_draw(np.random.default_rng(5), 20_000, severity, missing))
        held = dict.fromkeys(SHOWN, 0)
        told = dict.fromkeys(SHOWN, 0)
        for study in range(studies):
            marks = _draw(np.random.default_rng(study), works, severity, missing)
            for name, limits in _intervals(marks).items():
                told[name] += 1
                held[name] += limits.low <= true[name] <= limits.high
        shares = (
            f"{held[name] / told[name]:>11.1%}" if told[name] else f"{'–':>11}" for name in SHOWN
        )
        print(f"{works:>5} {graders:>7} {missing:>7.0%}", *shares, flush=True)


def _draw(
    random: np.random.Generator, works: int, severity: FloatArray, missing: float
) -> FloatArray:
    seen = random.normal(1.6, 0.8, (works, 1)) - severity
    marks = np.clip(np.round(seen + random.normal(0, 0.5, seen.shape)), 0, 3)
    marks[random.random(marks.shape) < missing] = np.nan
    return np.asarray(marks)


def _estimates(marks: FloatArray) -> dict[str, Estimate]:
    works, graders = marks.shape
    table = MarkTable(
        works=tuple((str(work), "case") for work in range(works)),
        submissions=np.arange(works),
        graders=tuple(str(grader) for grader in range(graders)),
        scales=(Scale("a", "A", 1, 3),),
        marks=marks[:, :, None],
        passes=np.full(marks.shape, np.nan),
    )
    figures = assess_agreement(table).criteria[0].figures
    return {name: each for name in SHOWN if isinstance(each := figures[name], Estimate)}


def _values(marks: FloatArray) -> dict[str, float]:
    return {name: each.value for name, each in _estimates(marks).items()}


def _intervals(marks: FloatArray) -> dict[str, Interval]:
    return {
        name: each.interval
        for name, each in _estimates(marks).items()
        if isinstance(each.interval, Interval)
    }


if __name__ == "__main__":
    main()
