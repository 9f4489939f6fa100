"""The colours and lengths of a page on a screen."""

import re

import pytest

from casebook.charts.palette import LOOKS
from casebook.domain.program.colour import AA_TEXT, contrast
from casebook.render import stylesheets
from casebook.render.screen import chart_inks, in_proportion

DAY = stylesheets.stylesheet(("type",))
SCREEN = stylesheets.stylesheet(stylesheets.SCREEN)
_VARIABLE = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})")
PALETTES = {
    "day": dict(_VARIABLE.findall(DAY + SCREEN[: SCREEN.index("prefers-color-scheme: dark")])),
    "night": dict(_VARIABLE.findall(SCREEN[SCREEN.index("prefers-color-scheme: dark") :])),
}


def test_every_look_of_a_chart_changes_its_colours_by_night() -> None:
    """Each of its colours comes from a variable that the page has by day and by night."""
    rules = chart_inks()
    inks = re.findall(r"(fill|stroke):var\(--([a-z-]+)\)", rules)
    colours = [
        part
        for look in LOOKS.values()
        for part in ("fill", "stroke")
        if look.get(part, "none") != "none"
    ]
    assert len(colours) > 30
    assert [part for part, _ in inks] == colours
    assert {name for _, name in inks} <= set(PALETTES["night"])
    assert re.findall(r"\.chart \.([a-z-]+)\{", rules) == list(LOOKS)


def test_the_variables_of_the_day_are_the_colours_of_the_palette() -> None:
    rules = chart_inks()
    for name, look in LOOKS.items():
        (declared,) = re.findall(rf"\.chart \.{name}\{{([^}}]*)\}}", rules)
        for part, variable in re.findall(r"(fill|stroke):var\(--([a-z-]+)\)", declared):
            assert PALETTES["day"][variable] == look[part]


def test_night_changes_every_colour_of_the_day() -> None:
    assert set(PALETTES["night"]) == set(PALETTES["day"])
    assert len(PALETTES["night"]) >= 9


# axe-core cannot judge words in a drawing: it does not know what lies under them.
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_words_can_be_read_on_whatever_lies_under_them(palette: dict[str, str]) -> None:
    """WCAG 2.2, success criterion 1.4.3, for every ink on every ground that a chart has."""
    ratios = {
        (ink, ground): contrast(palette[ink], palette[ground])
        for ink in ("ink", "muted", "accent", "alarm")
        for ground in ("paper", "pale", "accent-pale", "skin")
    }
    # What is muted never stands on the strongest tint.
    for ink in ("ink", "accent", "alarm"):
        ratios[ink, "accent-soft"] = contrast(palette[ink], palette["accent-soft"])
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < AA_TEXT} == {}


def test_lengths_of_paper_become_multiples_of_the_text() -> None:
    # 19.5 of 9.75 points; 25.4 mm are 72 points, of 9.75 each 7.3846; ems stay.
    css = "html { font-size: 9.75pt; }\nh1 { font-size: 19.5pt; margin: 0 -25.4mm 0.5em; }"
    turned = in_proportion(css)
    assert "h1 { font-size: 2.0000rem; margin: 0 -7.3846rem 0.5em; }" in turned
    assert turned.endswith("html { font-size: 9.75pt; --enlarged: 1.0000; }")


def test_a_theme_with_larger_text_says_how_much_larger() -> None:
    # The theme's 14 points are the measure now: 7 of them are half. 14 / 10 = 1.4.
    css = "html { font-size: 10pt; }\nh1 { margin: 7pt; }\nhtml { font-size: 14pt; }"
    turned = in_proportion(css)
    assert "h1 { margin: 0.5000rem; }" in turned
    assert turned.endswith("html { font-size: 14pt; --enlarged: 1.4000; }")
