"""How a percentage is shown beside its pass mark."""

import math
from typing import Final

from casebook.language.forms import fixed

TOLERANCE: Final = 1e-9
"""0.7 + 0.05 falls short of 0.75 in binary; nobody is to fail by that."""


def reaches(percent: float, pass_percent: float) -> bool:
    """Whether a percentage is enough."""
    return percent >= pass_percent - TOLERANCE


def cut_percent(percent: float, pass_percent: float) -> float:
    """A percentage cut to the decimals of the pass mark, at least one.

    Rounded, 74.96 would read as the 75.0 that it is below; with fewer decimals than the pass
    mark, 63.29 as less than the 63.27 that it reaches.
    """
    scale = float(10 ** _decimals(pass_percent))
    return math.floor(percent * scale + TOLERANCE) / scale


def near_pass_mark(percent: float, pass_percent: float, sem: float | None) -> bool:
    """Whether the pass mark lies within one standard error of measurement of a percentage.

    Args:
        percent: The total, 0 to 100.
        pass_percent: The pass mark, 0 to 100.
        sem: The standard error in percentage points; None, where it is not known, is never near.
    """
    return sem is not None and abs(percent - pass_percent) <= sem + TOLERANCE


def shown_percent(percent: float, pass_percent: float) -> str:
    """The same as it is printed: "74.9", or "74,9" in German."""
    return fixed(cut_percent(percent, pass_percent), _decimals(pass_percent))


def _decimals(pass_percent: float) -> int:
    return max(1, len(f"{pass_percent:g}".partition(".")[2]))
