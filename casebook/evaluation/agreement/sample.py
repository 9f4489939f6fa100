"""The marks of one measure, as the figures are made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from casebook.evaluation.agreement.figures import (
    Estimate,
    Figure,
    Interval,
    Method,
    Refused,
    Undefined,
)
from casebook.evaluation.agreement.matrix import (
    BoolArray,
    FloatArray,
    IntArray,
    are_marked_by_all,
    are_pairable,
    values_of,
)
from casebook.evaluation.agreement.resampling import bootstrap_intervals
from casebook.evaluation.agreement.summed import SummedFigures


@dataclass(frozen=True, slots=True)
class Sample:
    """Marks of one measure, with the submissions their works belong to.

    Attributes:
        marks: Works by graders, NaN where there is no mark.
        submissions: The number of each work's submission, shape (works,).
        graders: The columns' names.
    """

    marks: FloatArray
    submissions: IntArray
    graders: tuple[str, ...]

    @property
    def works(self) -> int:
        """How many works there are."""
        return len(self.marks)

    @property
    def has_independent_works(self) -> bool:
        """Whether no submission has two of the works, which formulas for intervals take for so."""
        return len(np.unique(self.submissions)) == self.works

    @property
    def never_differs(self) -> bool:
        """Whether all marks are one and the same."""
        return len(values_of(self.marks)) < 2  # noqa: PLR2004 - two that differ

    def pairable(self) -> Self:
        """The works with two marks or more, and the graders who marked any of them."""
        return self._only(are_pairable(self.marks))

    def complete(self) -> Self:
        """The works that every grader marked."""
        return self._only(are_marked_by_all(self.marks))

    def bootstrapped(self, figures: SummedFigures) -> tuple[Figure, ...]:
        """Figures of all works of this sample, each with its interval, or why there is none."""
        values = figures.values()
        intervals = bootstrap_intervals(figures, self.submissions)
        return tuple(
            Refused(figures.undefined) if np.isnan(value) else self.estimate(value, interval)
            for value, interval in zip(values, intervals, strict=True)
        )

    def computed(
        self, value: float, method: Method, limits: Callable[[], tuple[float, float]]
    ) -> Estimate:
        """A figure of all works whose interval has a formula, where these marks allow it."""
        try:
            return self.estimate(value, Interval(*limits(), method))
        except Undefined as error:
            return self.estimate(value, Refused(str(error)))

    def estimate(self, value: float, interval: Interval | Refused) -> Estimate:
        """A figure that is made of all works of this sample."""
        return Estimate(float(value), self.works, interval)

    def sharing(self, pairs: Sequence[tuple[int, int]]) -> Self:
        """The works that both graders of one of the pairs marked, with all columns kept."""
        given = ~np.isnan(self.marks)
        rows = np.zeros(self.works, dtype=np.bool_)
        for first, second in pairs:
            rows |= given[:, first] & given[:, second]
        return type(self)(self.marks[rows], _numbered(self.submissions[rows]), self.graders)

    def _only(self, rows: BoolArray) -> Self:
        marks = self.marks[rows]
        columns = np.flatnonzero((~np.isnan(marks)).any(axis=0))
        names = tuple(self.graders[column] for column in columns)
        return type(self)(marks[:, columns], _numbered(self.submissions[rows]), names)


def _numbered(submissions: IntArray) -> IntArray:
    """The same submissions with numbers from 0 that leave none out."""
    _, numbers = np.unique(submissions, return_inverse=True)
    return numbers.astype(np.int64)
