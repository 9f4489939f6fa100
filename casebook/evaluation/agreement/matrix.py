"""Marks as a matrix: a row a work, a column a grader, NaN where there is no mark.

NaN stays inside this package: what comes out of it is a figure or a sentence.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]


def mark_matrix(rows: object) -> FloatArray:
    """Marks as a matrix of works by graders.

    Raises:
        ValueError: The rows are not of one length.
    """
    marks = np.asarray(rows, dtype=np.float64)
    if marks.ndim != 2:  # noqa: PLR2004 - works by graders
        raise ValueError("marks are a table of works by graders")
    return marks


def are_pairable(marks: FloatArray) -> BoolArray:
    """Which works have two marks or more, shape (works,)."""
    return marks_per_work(marks) > 1


def pairable(marks: FloatArray) -> FloatArray:
    """The works with two marks or more: with one mark there is nothing to agree with."""
    return marks[are_pairable(marks)]


def are_marked_by_all(marks: FloatArray) -> BoolArray:
    """Which works every grader marked, shape (works,)."""
    return np.asarray(~np.isnan(marks).any(axis=1))


def marked_by_all(marks: FloatArray) -> FloatArray:
    """The works that every grader marked."""
    return marks[are_marked_by_all(marks)]


def marks_per_work(marks: FloatArray) -> FloatArray:
    """How many marks each work has, shape (works,)."""
    return np.asarray(np.count_nonzero(~np.isnan(marks), axis=1), dtype=np.float64)


def values_of(marks: FloatArray) -> FloatArray:
    """The different marks that were given, lowest first, shape (values,)."""
    values: FloatArray = np.unique(marks[~np.isnan(marks)])
    return values


def value_counts(marks: FloatArray, values: FloatArray) -> FloatArray:
    """How often each value was given to each work, shape (works, values)."""
    rows, columns = np.nonzero(~np.isnan(marks))
    cells = rows * len(values) + np.searchsorted(values, marks[rows, columns])
    counts = np.bincount(cells, minlength=len(marks) * len(values))
    return counts.reshape(len(marks), len(values)).astype(np.float64)
