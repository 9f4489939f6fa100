"""The borderline group."""

import pytest

from casebook.evaluation.standard_setting.borderline_group import BorderlineGroup, borderline_group
from casebook.evaluation.standard_setting.estimate import Refusal


def test_the_cut_is_the_mean_of_the_group_by_hand() -> None:
    # Mean 62, median 60; squares 144 + 4 + 4 + 64 + 64 = 280, SD = sqrt(70) = 8.3666,
    # SE = sqrt(70 / 5) = sqrt(14); t(4) = 2.776445.
    found = borderline_group([50, 60, 60, 70, 70])
    assert isinstance(found, BorderlineGroup)
    assert (found.cut.value, found.median, found.sheets) == (62, 60, 5)
    assert found.sd == pytest.approx(70**0.5)
    assert found.cut.standard_error == pytest.approx(14**0.5)
    assert (found.cut.low, found.cut.high) == pytest.approx((51.6115, 72.3885), abs=1e-4)


@pytest.mark.parametrize(
    "count, words", [(0, "no sheet is"), (1, "one sheet is"), (4, "4 sheets are")]
)
def test_a_small_group_is_refused(count: int, words: str) -> None:
    found = borderline_group([60.0] * count)
    assert isinstance(found, Refusal)
    assert found.why == f"{words} rated borderline; the method takes 5 or more"


@pytest.mark.parametrize("count", [5, 9, 10])
def test_below_ten_the_cut_is_called_unstable(count: int) -> None:
    found = borderline_group([60.0 + at for at in range(count)])
    assert isinstance(found, BorderlineGroup)
    caution = f"only {count} sheets are rated borderline: below about 10 the cut is unstable"
    assert found.cautions == ((caution,) if count < 10 else ())
