"""Figures made of sums over works."""

import numpy as np
import pytest

from casebook.evaluation.agreement.figures import Undefined
from casebook.evaluation.agreement.summed import SummedFigures

MEAN = SummedFigures(np.array([[2.0, 1.0], [4.0, 1.0]]), lambda s: s[:1] / s[1:], "no work")


def test_a_figure_is_made_of_the_sums() -> None:
    assert MEAN.works == 2
    assert MEAN.sums.tolist() == [6, 2]
    assert MEAN.only() == 3
    assert MEAN.of_sums(np.array([[6.0, 1.0], [2.0, 0.0]]))[0].tolist() == [
        3,
        pytest.approx(np.nan, nan_ok=True),
    ]


def test_what_is_no_number_has_its_reason() -> None:
    nothing = SummedFigures(np.array([[0.0, 0.0]]), MEAN.from_sums, "no work has marks")
    with pytest.raises(Undefined, match="no work has marks"):
        nothing.only()
