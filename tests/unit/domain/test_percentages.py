"""Percentages beside their pass marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.percentages import reaches, shown_percent


@pytest.mark.parametrize(
    "percent, pass_percent, shown",
    [
        (74.96, 75.0, "74.9"),  # rounded it would read 75.0
        (75.0, 75.0, "75.0"),
        (63.29, 63.27, "63.29"),  # as fine as its pass mark
        (100.0, 70.0, "100.0"),
        (0.0, 70.0, "0.0"),
        (100 * (0.7 + 0.05), 75.0, "75.0"),  # 74.99999999999999 in binary
    ],
)
def test_a_percentage_is_cut_and_not_rounded(
    percent: float, pass_percent: float, shown: str
) -> None:
    assert shown_percent(percent, pass_percent) == shown


@given(st.floats(0, 100), st.floats(0, 100).map(lambda value: round(value, 2)))
def test_what_is_shown_agrees_with_the_verdict(percent: float, pass_percent: float) -> None:
    """A percentage that is not enough never reads as if it were."""
    if not reaches(percent, pass_percent):
        assert float(shown_percent(percent, pass_percent)) < pass_percent
