"""Points that are added up, as learning platforms score, and casebook's levels and weights.

A platform adds points: a criterion counts as much as its highest level is worth. casebook takes
each criterion's share of its own scale, by weight: sum(weight * level / top) / sum(weight). Both
give the same percentage when ``points = unit * weight * level / top`` with one unit for all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from casebook.domain.program.rubric import Rubric

HIGHEST_LEVEL: Final = 20
HIGHEST_WEIGHT: Final = 100

_CENTS: Final = 100
"""Platforms show two decimals of a point."""

_LARGEST_UNIT: Final = 100
"""Larger units would make rubrics of thousands of points."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels that a criterion's points become, lowest first.

    ``exact`` says whether each level's share of the top is that of its points.
    """

    levels: tuple[int, ...]
    exact: bool


def scale_of(points: Sequence[Fraction], *, weighted: bool = False) -> Scale:
    """Whole levels of at most 20 for points of any size, with each level's share of the top.

    The smallest whole numbers in the same proportion; where these pass 20, the scale that comes
    nearest.

    Args:
        points: At least two, rising, none negative, and at most 21.
        weighted: Whether the criterion has a weight beside its points, so that these are a scale
            of their own; whole numbers up to 20 then stay what they are.
    """
    if weighted and all(each.denominator == 1 for each in points) and points[-1] <= HIGHEST_LEVEL:
        return Scale(tuple(map(int, points)), exact=True)
    step = _common_measure(points)
    smallest = tuple(int(each / step) for each in points)
    if smallest[-1] <= HIGHEST_LEVEL:
        return Scale(smallest, exact=True)
    nearest = min(_rounded_scales(points), key=lambda levels: _error(levels, points))
    return Scale(nearest, exact=False)


def weights_of(tops: Sequence[Fraction]) -> tuple[float, ...]:
    """The weights of criteria by the points of their highest levels: the same shares of the whole.

    The smallest is 1 where the others then have at most two decimals; else all are whole numbers
    without a common divisor. None passes 100.
    """
    smallest = min(tops)
    weights = [each / smallest for each in tops]
    if any((each * _CENTS).denominator != 1 for each in weights):
        measure = _common_measure(tops)
        weights = [each / measure for each in tops]
    excess = max(Fraction(1), max(weights) / HIGHEST_WEIGHT)
    return tuple(float(each / excess) for each in weights)


@dataclass(frozen=True, slots=True)
class AddedPoints:
    """The points of a rubric's levels, criterion by criterion, lowest level first.

    ``exact`` says whether nothing had to be rounded to hundredths.
    """

    points: tuple[tuple[Fraction, ...], ...]
    exact: bool


def added_points(rubric: Rubric) -> AddedPoints:
    """The points by which a platform that adds them gives casebook's percentages.

    The unit is the smallest by which all points have at most two decimals.
    """
    shares = [
        (Fraction(str(each.weight)) / each.top, [step.level for step in each.levels])
        for each in rubric.criteria
    ]
    unit = math.lcm(*((share * _CENTS).denominator for share, _ in shares))
    exact = unit <= _LARGEST_UNIT
    factor = unit if exact else _LARGEST_UNIT
    return AddedPoints(
        tuple(
            tuple(Fraction(round(share * level * factor * _CENTS), _CENTS) for level in levels)
            for share, levels in shares
        ),
        exact,
    )


def shown(points: Fraction) -> str:
    """Points with as many decimals as they need, three at most."""
    text = f"{float(points):.3f}".rstrip("0").rstrip(".")
    return text or "0"


def _common_measure(numbers: Sequence[Fraction]) -> Fraction:
    """The largest fraction that all of some numbers are whole multiples of."""
    denominator = math.lcm(*(each.denominator for each in numbers))
    return Fraction(math.gcd(*(int(each * denominator) for each in numbers)), denominator)


def _rounded_scales(points: Sequence[Fraction]) -> list[tuple[int, ...]]:
    """For each possible top, the rising levels nearest to the points' shares of it."""
    scales = []
    last = len(points) - 1
    for top in range(last, HIGHEST_LEVEL + 1):
        levels: list[int] = []
        for index, each in enumerate(points):
            lowest = levels[-1] + 1 if levels else 0
            highest = top - (last - index)
            levels.append(min(max(round(each * top / points[-1]), lowest), highest))
        scales.append(tuple(levels))
    return scales


def _error(levels: Sequence[int], points: Sequence[Fraction]) -> Fraction:
    """The largest difference between a level's share of the top and that of its points."""
    return max(
        abs(Fraction(level, levels[-1]) - each / points[-1])
        for level, each in zip(levels, points, strict=True)
    )
