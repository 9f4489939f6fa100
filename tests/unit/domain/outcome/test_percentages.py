"""Percentages beside their pass marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.outcome.percentages import cut_percent, near_pass_mark, reaches, shown_percent
from casebook.language import speaking


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
    assert cut_percent(percent, pass_percent) == float(shown)


def test_a_percentage_is_shown_as_the_language_writes_it() -> None:
    with speaking("de"):
        assert shown_percent(74.96, 75.0) == "74,9"


@given(st.floats(0, 100), st.floats(0, 100).map(lambda value: round(value, 2)))
def test_what_is_shown_agrees_with_the_verdict(percent: float, pass_percent: float) -> None:
    """A percentage that is not enough never reads as if it were."""
    if not reaches(percent, pass_percent):
        assert float(shown_percent(percent, pass_percent)) < pass_percent


@pytest.mark.parametrize(
    "percent, sem, near",
    [
        (73, 2, True),  # 75 - 73 = 2, as far as one standard error
        (77, 2, True),
        (72.9, 2, False),
        (75, 0.1, True),
        (75, None, False),  # an error that nobody has measured
    ],
)
def test_the_pass_mark_lies_within_one_standard_error_or_not(
    percent: float, sem: float | None, near: bool
) -> None:
    assert near_pass_mark(percent, 75, sem) is near
