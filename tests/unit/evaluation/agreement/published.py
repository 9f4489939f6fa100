"""Data and figures as they were printed, and what casebook makes of the same data."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from casebook.evaluation.agreement.alpha import METRICS, krippendorff_alpha
from casebook.evaluation.agreement.fleiss import fleiss_kappa
from casebook.evaluation.agreement.intraclass import FORMS, icc, mean_squares
from casebook.evaluation.agreement.matrix import FloatArray, mark_matrix
from casebook.evaluation.agreement.percent import wilson_interval

NONE = math.nan

FLEISS_1971 = mark_matrix(
    [
        [4, 4, 4, 4, 4, 4], [2, 2, 2, 5, 5, 5], [2, 3, 3, 3, 3, 5], [5, 5, 5, 5, 5, 5],
        [2, 2, 2, 4, 4, 4], [1, 1, 3, 3, 3, 3], [3, 3, 3, 3, 5, 5], [1, 1, 3, 3, 3, 4],
        [1, 1, 4, 4, 4, 4], [5, 5, 5, 5, 5, 5], [1, 4, 4, 4, 4, 4], [1, 2, 4, 4, 4, 4],
        [2, 2, 2, 3, 3, 3], [1, 4, 4, 4, 4, 4], [2, 2, 4, 4, 4, 5], [3, 3, 3, 3, 3, 5],
        [1, 1, 1, 4, 5, 5], [1, 1, 1, 1, 1, 2], [2, 2, 4, 4, 4, 4], [1, 3, 3, 5, 5, 5],
        [5, 5, 5, 5, 5, 5], [2, 4, 4, 4, 4, 4], [2, 2, 4, 5, 5, 5], [1, 1, 4, 4, 4, 4],
        [1, 4, 4, 4, 4, 5], [2, 2, 2, 2, 2, 4], [1, 1, 1, 1, 5, 5], [2, 2, 4, 4, 4, 4],
        [1, 3, 3, 3, 3, 3], [5, 5, 5, 5, 5, 5],
    ]
)  # fmt: skip
"""30 patients, 6 diagnoses each out of 5 kinds (Fleiss 1971, Psychological Bulletin 76:378,
table 1). Depression 1, personality disorder 2, schizophrenia 3, neurosis 4, other 5."""

KRIPPENDORFF_2011 = mark_matrix(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    ]
).T
"""12 units, 4 observers, marks missing (Krippendorff 2011, Computing Krippendorff's
Alpha-Reliability, section C)."""

SHROUT_FLEISS_1979 = mark_matrix(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)
"""6 targets, 4 judges (Shrout and Fleiss 1979, Psychological Bulletin 86:420, table 2)."""


@dataclass(frozen=True)
class Published:
    """A figure as its source prints it, and how casebook makes it."""

    source: str
    figure: str
    printed: str
    made: Callable[[], float]

    @property
    def shown(self) -> str:
        """Casebook's value with as many decimals as the source prints."""
        decimals = len(self.printed.partition(".")[2])
        text = f"{self.made():.{decimals}f}"
        return text.removeprefix("0") if self.printed.startswith(".") else text


def _alphas() -> list[Published]:
    printed = {"nominal": ".743", "ordinal": ".815", "interval": ".849", "ratio": ".797"}
    return [
        Published(
            "Krippendorff 2011", f"alpha, {metric}", printed[metric],
            partial(krippendorff_alpha, KRIPPENDORFF_2011, metric),
        )
        for metric in METRICS
    ]  # fmt: skip


def _iccs() -> list[Published]:
    printed = {"1-1": ".17", "2-1": ".29", "3-1": ".71", "1-k": ".44", "2-k": ".62", "3-k": ".91"}
    return [
        Published(
            "Shrout and Fleiss 1979", f"ICC({form.replace('-', ',')})", printed[form],
            partial(icc, SHROUT_FLEISS_1979, form),
        )
        for form in FORMS
    ]  # fmt: skip


def _squares() -> list[Published]:
    printed = {"between": "11.24", "within": "6.26", "of_graders": "32.49", "residual": "1.02"}
    return [
        Published(
            "Shrout and Fleiss 1979", f"mean square, {name.replace('_', ' ')}", text,
            partial(getattr, mean_squares(SHROUT_FLEISS_1979), name),
        )
        for name, text in printed.items()
    ]  # fmt: skip


def _shares() -> list[Published]:
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3 (Wilson's interval).
    printed = {
        (81, 263): (".2553", ".3662"), (15, 148): (".0624", ".1605"),
        (0, 20): (".0000", ".1611"), (1, 29): (".0061", ".1718"),
    }  # fmt: skip
    return [
        Published(
            "Newcombe 1998", f"Wilson's {('lower', 'upper')[end]} limit of {hits} in {n}", text,
            partial(lambda hits, n, end: wilson_interval(hits / n, n)[end], hits, n, end),
        )
        for (hits, n), limits in printed.items()
        for end, text in enumerate(limits)
    ]  # fmt: skip


PUBLISHED = [
    Published("Fleiss 1971", "kappa", "0.430", partial(fleiss_kappa, FLEISS_1971)),
    *_alphas(),
    *_iccs(),
    *_squares(),
    *_shares(),
]


def published_table() -> str:
    """Published values beside casebook's, as Markdown."""
    lines = ["| source | figure | published | casebook |", "|---|---|---:|---:|"]
    lines += [
        f"| {each.source} | {each.figure} | {each.printed} | {each.shown} |" for each in PUBLISHED
    ]
    return "\n".join(lines)


def some_marks(
    seed: int, works: int = 20, graders: int = 4, levels: int = 4, missing: float = 0.0
) -> FloatArray:
    """Levels 0, 1, ... of graders who agree somewhat, some of them missing."""
    random = np.random.default_rng(seed)
    quality = random.normal(levels / 2, levels / 4, (works, 1))
    severity = random.normal(0, levels / 10, (1, graders))
    seen = quality - severity + random.normal(0, levels / 6, (works, graders))
    marks = np.clip(np.round(seen), 0, levels - 1)
    marks[random.random(marks.shape) < missing] = np.nan
    return np.asarray(marks, dtype=np.float64)
