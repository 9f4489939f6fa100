"""The marks of many sheets as one table of works, graders and criteria."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casebook.evaluation.agreement.matrix import FloatArray, IntArray
from casebook.evaluation.agreement.sheet_marks import Scale, SheetMarks


@dataclass(frozen=True, slots=True)
class MarkTable:
    """Marks in an order that depends on neither files nor graders' names.

    Works stand in the order of their submissions' and their own names; graders in the order of
    their marks, so that renaming one moves nothing: sums, resamples and roundings stay the same.

    Attributes:
        works: Submission and name of each work.
        submissions: The number of each work's submission, from 0, shape (works,).
        graders: The graders' names.
        scales: The criteria.
        marks: Levels, NaN where there is no mark, shape (works, graders, criteria).
        passes: 1 for a pass, 0 for a fail, NaN without a result, shape (works, graders).
    """

    works: tuple[tuple[str, str], ...]
    submissions: IntArray
    graders: tuple[str, ...]
    scales: tuple[Scale, ...]
    marks: FloatArray
    passes: FloatArray

    def of(self, criterion: str) -> FloatArray:
        """The marks of one criterion, shape (works, graders)."""
        at = next(n for n, scale in enumerate(self.scales) if scale.criterion == criterion)
        return self.marks[:, :, at]

    def totals(self) -> FloatArray:
        """Each sheet's total in percent, NaN unless every criterion is marked.

        100 * sum(weight * level / top) / sum(weight), shape (works, graders).
        """
        if not self.scales:
            return np.full(self.passes.shape, np.nan)
        weights = np.array([scale.weight for scale in self.scales])
        tops = np.array([scale.top for scale in self.scales])
        total: FloatArray = 100 * (self.marks / tops) @ weights / weights.sum()
        # Why: sums of the same marks in another order must not become other totals.
        return np.round(total, 9)


def mark_table(sheets: Sequence[SheetMarks], scales: Sequence[Scale]) -> MarkTable:
    """Put sheets into a table; of two by one grader on one work the last counts.

    Args:
        sheets: The marks, at least of one sheet.
        scales: The criteria to take; levels of others are left out.
    """
    works = tuple(sorted({(sheet.submission, sheet.work) for sheet in sheets}))
    graders = tuple(sorted({sheet.grader for sheet in sheets}))
    row = {work: number for number, work in enumerate(works)}
    column = {grader: number for number, grader in enumerate(graders)}
    layer = {scale.criterion: number for number, scale in enumerate(scales)}
    marks = np.full((len(works), len(graders), len(scales)), np.nan)
    passes = np.full((len(works), len(graders)), np.nan)
    for sheet in sheets:
        at = row[sheet.submission, sheet.work], column[sheet.grader]
        for criterion, level in sheet.levels.items():
            if criterion in layer:
                marks[*at, layer[criterion]] = level
        if sheet.passed is not None:
            passes[at] = sheet.passed
    order = _by_content(marks, passes)
    _, submissions = np.unique([submission for submission, _ in works], return_inverse=True)
    return MarkTable(
        works,
        submissions.astype(np.int64),
        tuple(graders[number] for number in order),
        tuple(scales),
        marks[:, order],
        passes[:, order],
    )


def _by_content(marks: FloatArray, passes: FloatArray) -> list[int]:
    """The columns in the order of what they hold; of equal ones the names decide, and no more."""
    each = np.concatenate([marks.transpose(1, 0, 2).reshape(marks.shape[1], -1), passes.T], axis=1)
    keys = np.where(np.isnan(each), -1.0, each)
    return sorted(range(len(keys)), key=lambda number: keys[number].tolist())
