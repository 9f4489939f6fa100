"""From values to pixels, and the values worth a tick."""

import math
from dataclasses import dataclass

_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to pixels.

    The pixel end may lie below the pixel start: vertical axes grow upward on the page.
    """

    low: float
    high: float
    start_px: float
    end_px: float

    def __call__(self, value: float) -> float:
        """The pixel of a value; an axis without extent puts everything in its middle."""
        if self.high == self.low:
            return (self.start_px + self.end_px) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start_px + share * (self.end_px - self.start_px)

    def clamped(self, value: float) -> float:
        """The pixel of a value, held within the axis."""
        return self(min(max(value, self.low), self.high))


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round values from ``low`` to ``high``: steps of 1, 2 or 5 times a power of ten.

    Args:
        low: The axis' first value.
        high: The axis' last value, above ``low``; otherwise ``low`` alone is returned.
        most: The largest number of intervals to cut the axis into.
    """
    if high <= low:
        return (low,)
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in _STEPS if power * factor >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(index * step, 10) for index in range(first, last + 1))


def spaced(values: tuple[float, ...], scale: Scale, least_px: float) -> tuple[float, ...]:
    """The values whose labels keep a distance; the first and the last always stay.

    For labels under points that stand where they must, such as the days of sessions.
    """
    if len(values) <= 1:
        return values
    kept = [values[0]]
    last_px = scale(values[-1])
    for value in values[1:-1]:
        here = scale(value)
        if abs(here - scale(kept[-1])) >= least_px and abs(last_px - here) >= least_px:
            kept.append(value)
    return (*kept, values[-1])
