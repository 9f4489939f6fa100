"""Borderline regression: the total that goes with a borderline rating, read off a line.

Everybody's marks count, not those of the borderline candidates alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import fmean, linear_regression
from typing import Final, TypeAlias

from casebook.domain.outcome.percentages import TOLERANCE
from casebook.evaluation.standard_setting.estimate import (
    Estimate,
    Refusal,
    sheets_are,
    student_estimate,
)

Point: TypeAlias = tuple[float, float]
"""A rating's position, and the total in percent that the same grader gave."""

LEAST_SHEETS: Final = 10
"""casebook's own choice: with fewer, a single sheet turns the line."""

LEAST_R_SQUARED: Final = 0.5
"""Pell, Fuller, Homer and Roberts 2010 (AMEE Guide 49, Med Teach 32:802): from here on totals and
ratings are reasonably related."""

_FULL: Final = 100.0
_LEAST_RATINGS: Final = 3
"""Two ratings make a line that nothing can contradict."""


@dataclass(frozen=True, slots=True)
class BorderlineRegression:
    """A line through totals over rating positions, and the cut where it meets borderline.

    Attributes:
        cut: The mean total at the borderline position, in percent.
        borderline: That position.
        intercept: The line's percent at position 0.
        slope: Percentage points for each 1 of position.
        r_squared: The share of the totals' variance that the ratings account for, 0 to 1.
        residual_sd: What totals scatter about the line, in percentage points: sqrt(SSE / (n - 2)).
        sheets: How many sheets the line was drawn through.
        mean_position: Of all sheets.
        position_squares: Sum of the squared distances from it, above 0.
        range: The lowest and the highest position that was given.
        cautions: Reasons to trust the cut less, as sentences.
    """

    cut: Estimate
    borderline: float
    intercept: float
    slope: float
    r_squared: float
    residual_sd: float
    sheets: int
    mean_position: float
    position_squares: float
    range: tuple[float, float]
    cautions: tuple[str, ...]

    def at(self, position: float) -> Estimate:
        """The mean total at a position, with the line's own error there."""
        error = _error_at(
            position, self.residual_sd, self.sheets, self.mean_position, self.position_squares
        )
        return student_estimate(self.intercept + self.slope * position, error, self.sheets - 2)


def regress(points: Sequence[Point], borderline: float) -> BorderlineRegression | Refusal:
    """Draw the least-squares line X = a + b * G and read the cut off it.

    Args:
        points: One for each sheet.
        borderline: The position of the borderline rating.

    Returns:
        cut = a + b * G_borderline, with
        SE(cut) = s * sqrt(1/n + (G_borderline - mean G)^2 / S_GG), s^2 = SSE / (n - 2), and a 95 %
        interval by Student's t with n - 2 degrees of freedom.

    Raises:
        MachineError: SciPy is missing.

    Source:
        Wood, Humphrey-Murto and Norman 2006, Adv Health Sci Educ 11:115 (borderline regression);
        the error is that of a least-squares line at a given position.
    """
    if len(points) < LEAST_SHEETS:
        return Refusal(
            f"{sheets_are(len(points))} there with a global rating and a total; a line is drawn "
            f"through {LEAST_SHEETS} or more"
        )
    positions, totals = [each[0] for each in points], [each[1] for each in points]
    given = set(positions)
    if len(given) == 1:
        return Refusal("every sheet has the same global rating, so that no line can be drawn")
    n, mean, level = len(points), fmean(positions), fmean(totals)
    squares = fsum((g - mean) ** 2 for g in positions)
    slope, intercept = linear_regression(positions, totals)
    if slope * (max(given) - min(given)) < TOLERANCE:
        return Refusal(
            f"totals do not rise with the ratings (slope {slope:.2f}): graders mean "
            "something else by their ratings than the criteria do"
        )
    errors = fsum((x - intercept - slope * g) ** 2 for g, x in points)
    r_squared = 1 - errors / fsum((x - level) ** 2 for x in totals)
    residual_sd = sqrt(errors / (n - 2))
    value = intercept + slope * borderline
    if not 0 <= value <= _FULL:
        return Refusal(f"the line meets the borderline at {value:.1f} %, where no total can be")
    error = _error_at(borderline, residual_sd, n, mean, squares)
    return BorderlineRegression(
        cut=student_estimate(value, error, n - 2),
        borderline=borderline,
        intercept=intercept,
        slope=slope,
        r_squared=r_squared,
        residual_sd=residual_sd,
        sheets=n,
        mean_position=mean,
        position_squares=squares,
        range=(min(given), max(given)),
        cautions=tuple(_cautions(r_squared, given, borderline)),
    )


def _error_at(position: float, residual_sd: float, n: int, mean: float, squares: float) -> float:
    return residual_sd * sqrt(1 / n + (position - mean) ** 2 / squares)


def _cautions(r_squared: float, given: set[float], borderline: float) -> Iterator[str]:
    if r_squared < LEAST_R_SQUARED:
        yield (
            f"R squared is {r_squared:.2f}, below {LEAST_R_SQUARED}: totals and ratings say "
            "different things, and the cut should not be used before that is understood"
        )
    if len(given) < _LEAST_RATINGS:
        yield "only two ratings were given: the line joins two means, and nothing tests it"
    if not min(given) <= borderline <= max(given):
        yield (
            "no rating was given on one side of borderline: the cut lies beyond what was seen, "
            "on a line drawn further"
        )
