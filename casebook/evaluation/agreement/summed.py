"""Figures that follow from sums over works.

Almost every statistic of agreement does: a share of agreeing pairs, a table of joint marks, a
sum of squares. So a resample of the works needs no marks, only other sums, and two thousand
resamples are one product of matrices.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import csr_array

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.matrix import FloatArray

Parts: TypeAlias = "FloatArray | csr_array[Any]"
"""What each work adds to the sums, shape (works, parts)."""


@dataclass(frozen=True, slots=True)
class SummedFigures:
    """One figure or several that are made of the same sums.

    Attributes:
        parts: What each work adds, shape (works, parts).
        from_sums: Takes sums of shape (parts, ...) to figures of shape (figures, ...); NaN where
            the sums have no such figure.
        undefined: Why they have none, as a sentence without its end.
    """

    parts: Parts
    from_sums: Callable[[FloatArray], FloatArray]
    undefined: str

    @property
    def works(self) -> int:
        """How many works there are."""
        return int(self.parts.shape[0])

    @property
    def sums(self) -> FloatArray:
        """What all works together come to, shape (parts,)."""
        return np.asarray(self.parts.sum(axis=0), dtype=np.float64)

    def values(self) -> FloatArray:
        """The figures of all works, NaN where there is none, shape (figures,)."""
        return self.of_sums(self.sums)

    def of_sums(self, sums: FloatArray) -> FloatArray:
        """The figures of the given sums; 0 / 0 is no figure and no warning."""
        with np.errstate(divide="ignore", invalid="ignore"):
            figures = self.from_sums(sums)
        return np.where(np.isfinite(figures), figures, np.nan)

    def only(self, index: int = 0) -> float:
        """One figure of all works.

        Raises:
            Undefined: The marks have no such figure.
        """
        value = float(self.values()[index]) if self.works else np.nan
        if np.isnan(value):
            raise Undefined(self.undefined)
        return value
