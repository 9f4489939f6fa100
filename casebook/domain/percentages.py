"""How a percentage is shown beside its pass mark."""

import math
from typing import Final

TOLERANCE: Final = 1e-9
"""0.7 + 0.05 falls short of 0.75 in binary; nobody is to fail by that."""


def reaches(percent: float, pass_percent: float) -> bool:
    """Whether a percentage is enough."""
    return percent >= pass_percent - TOLERANCE


def shown_percent(percent: float, pass_percent: float) -> str:
    """A percentage cut to the decimals of the pass mark, at least one.

    Rounded, 74.96 would read as the 75.0 that it is below; with fewer decimals than the pass
    mark, 63.29 as less than the 63.27 that it reaches.
    """
    decimals = max(1, len(f"{pass_percent:g}".partition(".")[2]))
    return f"{math.floor(percent * 10**decimals + TOLERANCE) / 10**decimals:.{decimals}f}"
