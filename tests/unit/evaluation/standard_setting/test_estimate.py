"""Figures with their errors."""

import builtins
import sys
from typing import Any

import pytest

from casebook.errors import MachineError
from casebook.evaluation.standard_setting.estimate import (
    mean_estimate,
    normal_estimate,
    sheets_are,
    student_estimate,
    student_quantile,
)


def test_the_quantile_is_that_of_printed_tables() -> None:
    """Student's t, two-sided 5 %: 12.706 for 1, 2.306 for 8, 1.984 for 100 degrees of freedom."""
    found = [round(student_quantile(degrees), 3) for degrees in (1, 8, 100)]
    assert found == [12.706, 2.306, 1.984]


def test_a_mean_has_its_standard_error_and_interval() -> None:
    # Mean 60, SD 10, SE 10 / sqrt(3) = 5.7735; t(2) = 4.302653: 60 -+ 24.8414.
    found = mean_estimate([50, 60, 70])
    assert (found.value, found.degrees) == (60, 2)
    assert (found.standard_error, found.low, found.high) == pytest.approx(
        (5.773503, 35.158623, 84.841377), abs=1e-5
    )


def test_a_normal_interval_reaches_196_hundredths_of_the_error() -> None:
    found = normal_estimate(50, 10)
    assert (found.low, found.high) == pytest.approx((30.40036, 69.59964), abs=1e-5)
    assert found.degrees is None


def test_without_error_the_interval_is_a_point() -> None:
    found = student_estimate(50, 0, 8)
    assert (found.low, found.high) == (50, 50)


@pytest.mark.parametrize(
    "count, words", [(0, "no sheet is"), (1, "one sheet is"), (7, "7 sheets are")]
)
def test_sheets_are_counted_in_words(count: int, words: str) -> None:
    assert sheets_are(count) == words


def test_without_scipy_the_line_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = builtins.__import__

    def refuse(name: str, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - import's own form
        if name.startswith("scipy"):
            raise ImportError(name)
        return plain(name, *args, **extra)

    monkeypatch.setattr(builtins, "__import__", refuse)
    monkeypatch.delitem(sys.modules, "scipy.special", raising=False)
    with pytest.raises(MachineError) as caught:
        student_quantile(8)
    assert str(caught.value) == "SciPy is missing, and the interval of a cut is computed with it"
    assert caught.value.hint == 'pip install "casebook[stats]"'
