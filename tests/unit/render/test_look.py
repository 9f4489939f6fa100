"""A look changes colours and small things of the base, on paper, on screens and in charts."""

import pytest

from casebook.domain.program.colour import AA_TEXT, contrast
from casebook.domain.program.look import ACCENT, PLAIN, THEMES, Look, Theme
from casebook.render.look import NIGHT, accent_css, dressed, paper_css, theme_css, tints
from casebook.resources import templates_dir


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_a_small_difference_over_one_base(theme: Theme) -> None:
    """At most a tenth of the base, so that a theme is no design of its own."""
    base = sum(len(each.read_text("utf-8")) for each in (templates_dir() / "css").glob("*.css"))
    css = theme_css(Look(theme=theme))
    assert f"/* {theme}:" in css
    assert len(css) < base / 10


def test_the_usual_accent_needs_no_rule() -> None:
    assert accent_css(PLAIN) == ""
    assert dressed('<path fill="#0d5c63"/>', PLAIN) == '<path fill="#0d5c63"/>'


def test_an_accent_colours_text_areas_and_charts() -> None:
    """28 and 11.5 percent of #5b3a86 over white: 255 - 0.28 * (255 - 0x5b) = 209 = d1, ..."""
    look = Look(accent="#5B3A86")
    soft, pale = tints(look.accent, "#ffffff")
    assert (soft, pale) == ("#d1c8dd", "#ece8f1")
    assert ":root{--accent:#5b3a86;--accent-soft:#d1c8dd;--accent-pale:#ece8f1}" in accent_css(look)
    chart = f'<rect fill="{ACCENT}"/><text>{ACCENT}</text><rect fill="#e3f0f0"/>'
    assert dressed(chart, look) == (
        f'<rect fill="#5b3a86"/><text>{ACCENT}</text><rect fill="#ece8f1"/>'
    )


def test_no_words_are_coloured_not_even_in_an_attribute() -> None:
    words = f'<img alt="{ACCENT}"><h2 data-running="{ACCENT}">&quot;{ACCENT}&quot;</h2>'
    assert dressed(words, Look(accent="#5B3A86")) == words


def test_an_accent_is_lightened_for_the_dark_until_it_can_be_read() -> None:
    night = accent_css(Look(accent="#5b3a86")).partition("prefers-color-scheme: dark")[2]
    accent = night.partition("--accent:")[2][:7]
    assert contrast(accent, NIGHT) >= AA_TEXT


def test_the_night_is_that_of_the_stylesheet() -> None:
    assert f"--paper: {NIGHT};" in (templates_dir() / "css" / "screen.css").read_text("utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_paper_has_every_colour_and_typeface_in_its_place(theme: Theme) -> None:
    css = paper_css(Look(theme=theme, accent="#5b3a86"))
    assert "var(" not in css
    assert "--" not in css
    assert "color: #5b3a86;" in css
    assert ACCENT not in css


def test_a_theme_says_last_what_stands_on_paper() -> None:
    """The large theme has no column of labels, which the base makes 32 mm wide."""
    assert ".text, .part { padding-left: 32mm; }" in paper_css(PLAIN)
    assert ".text, .part { padding-left: 0mm; }" in paper_css(Look(theme="large"))
