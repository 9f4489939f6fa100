"""Contrast is WCAG's; a colour is lightened no more than it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.program.colour import contrast, mixed, readable_on

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    "one,other,ratio",
    [
        ("#000000", "#ffffff", 21),  # (1 + 0.05) / (0 + 0.05)
        ("#ffffff", "#ffffff", 1),
        # 0x77 / 255 = 0.4667, linear 0.1845: 1.05 / 0.2345 = 4.48, just below AA.
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_has_the_values_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_mixing_goes_channel_by_channel() -> None:
    """A quarter of black over white leaves 255 * 3/4 = 191 = bf; of 80 (128): 128/4 + 191 = df."""
    assert mixed("#000080", "#ffffff", 0.25) == "#bfbfdf"
    assert mixed("#123456", "#ffffff", 1) == "#123456"
    assert mixed("#123456", "#abcdef", 0) == "#abcdef"


@given(COLOURS)
def test_every_colour_can_be_made_readable_in_the_dark(colour: str) -> None:
    assert contrast(readable_on("#161c23", colour), "#161c23") >= 4.5


def test_a_colour_that_is_readable_already_stays() -> None:
    assert readable_on("#161c23", "#ffeecc") == "#ffeecc"
