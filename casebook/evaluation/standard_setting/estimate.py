"""A figure that was estimated, with its standard error and its 95 % interval; or why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev
from typing import Final

from casebook.errors import MachineError

CONFIDENCE: Final = 0.95

_UPPER: Final = (1 + CONFIDENCE) / 2
"""An interval leaves as much out above as below."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and how far it can be trusted, all in the same unit.

    Attributes:
        value: The figure.
        standard_error: Its standard error.
        low: The lower end of its 95 % interval.
        high: The upper end.
        degrees: Of freedom of the Student distribution behind the interval; None where it is
            the normal one.
    """

    value: float
    standard_error: float
    low: float
    high: float
    degrees: int | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a method gives no cut, as a sentence: a refused figure is no number."""

    why: str


def sheets_are(count: int) -> str:
    """How a refusal counts: "no sheet is", "one sheet is", "4 sheets are"."""
    return {0: "no sheet is", 1: "one sheet is"}.get(count, f"{count} sheets are")


def mean_estimate(values: Sequence[float]) -> Estimate:
    """The mean of two values or more, with SE = SD / sqrt(n) and n - 1 degrees of freedom."""
    error = stdev(values) / sqrt(len(values))
    return student_estimate(fmean(values), error, len(values) - 1)


def student_estimate(value: float, standard_error: float, degrees: int) -> Estimate:
    """A figure whose error is Student's t with ``degrees`` degrees of freedom, at least 1.

    Raises:
        MachineError: SciPy is missing.
    """
    half = student_quantile(degrees) * standard_error
    return Estimate(value, standard_error, value - half, value + half, degrees)


def normal_estimate(value: float, standard_error: float) -> Estimate:
    """A figure whose error is normal, as for a maximum of likelihood."""
    half = NormalDist().inv_cdf(_UPPER) * standard_error
    return Estimate(value, standard_error, value - half, value + half, None)


def student_quantile(degrees: int) -> float:
    """How many standard errors the 95 % interval reaches to either side.

    Raises:
        MachineError: SciPy is missing.
    """
    try:
        from scipy.special import stdtrit
    except ImportError as error:
        raise MachineError(
            "SciPy is missing, and the interval of a cut is computed with it",
            hint='pip install "casebook[stats]"',
        ) from error
    return float(stdtrit(degrees, _UPPER))
