"""The marks of one measure, and what figures made of them are called."""

import math

import numpy as np
import pytest

from casebook.evaluation.agreement.figures import Estimate, Interval, Refused, Undefined
from casebook.evaluation.agreement.matrix import mark_matrix
from casebook.evaluation.agreement.sample import Sample
from casebook.evaluation.agreement.summed import SummedFigures

NONE = math.nan
SAMPLE = Sample(
    mark_matrix([[1, 2, NONE, 3], [NONE, 1, 2, NONE], [1, NONE, 2, NONE], [3, 3, NONE, NONE]]),
    np.array([0, 1, 1, 2]),
    ("Ann", "Bo", "Cy", "Di"),
)


def test_the_works_that_any_of_the_pairs_shares_keep_every_column() -> None:
    """Ann and Bo share the first and the last, Bo and Cy the second; submissions count anew."""
    found = SAMPLE.sharing([(0, 1), (1, 2)])
    assert np.array_equal(found.marks, SAMPLE.marks[[0, 1, 3]], equal_nan=True)
    assert (found.submissions.tolist(), found.graders) == ([0, 1, 2], SAMPLE.graders)
    last = SAMPLE.sharing([(0, 2)])
    assert last.marks[:, [0, 2]].tolist() == [[1, 2]]
    assert last.submissions.tolist() == [0]


def test_a_figure_that_is_no_number_is_refused_in_its_own_words() -> None:
    """Of ten works, one figure is their number, and the other 0 / 0."""
    ones = Sample(np.ones((10, 2)), np.arange(10), ("Ann", "Bo"))
    figures = SummedFigures(
        np.column_stack([np.ones(10), np.zeros(10)]), lambda s: np.stack([s[0], s[1] / s[1]]), "no"
    )
    number, nothing = ones.bootstrapped(figures)
    assert isinstance(number, Estimate)
    assert (number.value, number.works) == (10, 10)
    assert nothing == Refused("no")


def test_a_computed_interval_says_why_it_is_not_there() -> None:
    def limits() -> tuple[float, float]:
        raise Undefined("nobody differs")

    assert SAMPLE.computed(0.5, "wilson", lambda: (0.25, 0.75)) == Estimate(
        0.5, 4, Interval(0.25, 0.75, "wilson")
    )
    assert SAMPLE.computed(1, "wilson", limits) == Estimate(1, 4, Refused("nobody differs"))


@pytest.mark.parametrize("part", ["pairable", "complete"])
def test_a_part_of_the_works_names_only_who_marked_any_of_them(part: str) -> None:
    more = Sample(
        mark_matrix([[1, 2, NONE], [NONE, NONE, 3], [2, 2, NONE]]),
        np.array([0, 1, 2]),
        ("Ann", "Bo", "Cy"),
    )
    found = getattr(more if part == "pairable" else more.pairable(), part)()
    assert found.marks.tolist() == [[1, 2], [2, 2]]
    assert (found.submissions.tolist(), found.graders) == ([0, 1], ("Ann", "Bo"))
