"""HTML pages carry the main typefaces, and of the others what their text needs."""

import base64
import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from casebook.render.screen_typefaces import main_faces_css, world_faces_css
from casebook.render.typefaces import TYPEFACES


def fonts(css: str) -> list[set[int]]:
    """The characters of each font inside a stylesheet."""
    files = re.findall(r"data:font/woff2;base64,([A-Za-z0-9+/=]+)", css)
    return [set(TTFont(BytesIO(base64.b64decode(each))).getBestCmap()) for each in files]


def test_the_main_typefaces_are_inside_whole() -> None:
    css = main_faces_css()
    assert css.count("@font-face") == len(TYPEFACES)
    assert all(set(map(ord, "aéЖω→")) <= font for font in fonts(css))


@pytest.mark.parametrize("text", ["", "plain", "Żółć — ≥ → Καλημέρα Съешь", "soft\u00adhyphen"])
def test_a_page_in_usual_letters_carries_nothing_more(text: str) -> None:
    assert world_faces_css(text) == ""


def test_a_page_carries_the_signs_of_its_text_alone() -> None:
    """Two signs of twenty thousand; the browser is told which."""
    css = world_faces_css("<p>腰痛</p>")
    (font,) = fonts(css)
    assert set(map(ord, "腰痛")) <= font
    assert len(font) < 10
    assert 'font-family:"Casebook World"' in css
    assert "unicode-range:U+75DB,U+8170}" in css


def test_a_script_with_two_cuts_brings_the_regular_one() -> None:
    """With bold cuts in the family, bold words in other scripts would be boxes in a browser."""
    assert re.findall(r"font-weight:(\d+)", world_faces_css("שלום 漢")) == ["400", "400"]


def test_a_rarer_letter_comes_from_the_main_typefaces_themselves() -> None:
    """Literata has it, though the part of it that every page carries does not."""
    assert fonts(world_faces_css("ḥ")) == [{ord("ḥ"), 0x20, 0xA0}]


def test_joined_letters_stay_joined() -> None:
    """The cut has more glyphs than the text has letters: their forms within words."""
    css = world_faces_css("سلام")
    file = re.findall(r"base64,([A-Za-z0-9+/=]+)", css)[0]
    assert len(TTFont(BytesIO(base64.b64decode(file))).getGlyphOrder()) > 10


def test_the_same_text_gives_the_same_rules() -> None:
    assert world_faces_css("痛腰") == world_faces_css("腰痛")
