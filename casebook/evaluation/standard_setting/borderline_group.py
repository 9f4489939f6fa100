"""The borderline group: the mean total of those whom graders called borderline."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, stdev
from typing import Final

from casebook.evaluation.standard_setting.estimate import (
    Estimate,
    Refusal,
    mean_estimate,
    sheets_are,
)

LEAST_SHEETS: Final = 5
"""casebook's own choice: the spread of fewer totals is hardly known."""

STABLE_SHEETS: Final = 10
"""Below about this many the cut moves much from one group of candidates to the next."""


@dataclass(frozen=True, slots=True)
class BorderlineGroup:
    """The totals of the borderline sheets, in percent.

    Attributes:
        cut: Their mean.
        median: Their median, which one odd sheet moves less.
        sd: Their standard deviation, with n - 1.
        sheets: How many there are.
        cautions: Reasons to trust the cut less, as sentences.
    """

    cut: Estimate
    median: float
    sd: float
    sheets: int
    cautions: tuple[str, ...]


def borderline_group(totals: Sequence[float]) -> BorderlineGroup | Refusal:
    """Take the mean total of the sheets rated borderline as the cut.

    Args:
        totals: In percent, one for each sheet with the borderline rating.

    Returns:
        The mean with SE = SD / sqrt(n), and its 95 % interval by Student's t.

    Raises:
        MachineError: SciPy is missing.

    Source:
        Livingston and Zieky 1982, Passing Scores (the borderline-group method).
    """
    n = len(totals)
    if n < LEAST_SHEETS:
        return Refusal(f"{sheets_are(n)} rated borderline; the method takes {LEAST_SHEETS} or more")
    cautions = (
        f"only {n} sheets are rated borderline: below about {STABLE_SHEETS} the cut is unstable",
    )
    return BorderlineGroup(
        cut=mean_estimate(totals),
        median=median(totals),
        sd=stdev(totals),
        sheets=n,
        cautions=cautions if n < STABLE_SHEETS else (),
    )
