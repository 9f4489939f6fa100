"""SVG as text."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.charts import palette
from casebook.charts.svg import (
    element,
    figure,
    hatching,
    label,
    number,
    rectangle,
    shortened,
    standalone,
    width_of,
    wrapped,
)


@pytest.mark.parametrize(
    "value, text", [(2.0, "2"), (2.499, "2.5"), (0.10, "0.1"), (-0.001, "0"), (100, "100")]
)
def test_a_coordinate_is_written_to_a_hundredth_without_idle_zeros(value: float, text: str) -> None:
    assert number(value) == text


def test_a_look_brings_its_class_and_its_attributes() -> None:
    found = ET.fromstring(rectangle("bar", 1, 2, 3, 4))
    assert found.get("class") == "bar"
    assert found.get("fill") == palette.ACCENT
    assert found.get("width") == "3"


def test_a_negative_extent_is_drawn_as_none() -> None:
    assert 'width="0"' in rectangle("bar", 0, 0, -5, 1)


def test_underscores_in_attribute_names_become_hyphens() -> None:
    assert element("text", None, text_anchor="end") == '<text text-anchor="end"></text>'


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))))
def test_any_words_come_back_out_of_a_figure_as_they_were(words: str) -> None:
    drawn = figure(words, words, 10, 10, label("label", 1, 1, words))
    root = ET.fromstring(drawn)
    texts = [root[0].text or "", root[1].text or "", root[2].text or ""]
    assert texts == [words] * 3


def test_a_figure_begins_with_its_title_and_description() -> None:
    root = ET.fromstring(figure("Pain", "It fell.", 20, 10))
    names = [child.tag.rpartition("}")[2] for child in root]
    assert names == ["title", "desc"]
    assert root.get("viewBox") == "0 0 20 10"
    assert root.get("role") == "img"


def test_hatching_stays_inside_its_rectangle() -> None:
    drawn = ET.fromstring(hatching("hatching-alarm", 10, 20, 30, 12)).get("d", "")
    ends = re.findall(r"[ML]([0-9.]+) ([0-9.]+)", drawn)
    # Lines x + y = c for c = 4, 8, … below 30 + 12 = 42: ten of them, with two ends each.
    assert len(ends) == 20
    for x, y in ends:
        assert 10 <= float(x) <= 40
        assert 20 <= float(y) <= 32


def test_wider_hatching_has_fewer_lines() -> None:
    drawn = ET.fromstring(hatching("hatching-alarm", 0, 0, 30, 12, gap=14)).get("d", "")
    assert drawn.count("M") == 2  # c = 14 and 28, below 42


def test_hatching_of_nothing_is_nothing() -> None:
    assert hatching("hatching-alarm", 0, 0, 1, 1) == ""


def test_words_that_do_not_fit_end_in_an_ellipsis() -> None:
    cut = shortened("gluteus maximus", 60)
    assert cut.endswith("…")
    assert width_of(cut) <= 60
    assert shortened("psoas", 60) == "psoas"


def test_an_ideograph_takes_more_room_than_a_letter_and_a_combining_accent_none() -> None:
    assert width_of("臀") > width_of("a")
    assert width_of("e\u0301") == width_of("e")


def test_words_are_wrapped_where_they_fit_and_cut_after_the_last_line() -> None:
    # At 10.5 px, 60 px are 5.7 em: "within the" takes 5.1, "error of them" 6.1.
    assert wrapped("within the error", 60, 3) == ("within the", "error")
    assert wrapped("within the error of them", 60, 2) == ("within the", "error of t…")
    assert wrapped("", 60, 2) == ()


def test_a_figure_by_itself_stands_on_paper_and_names_its_maker() -> None:
    drawn = standalone(figure("Pain", "It fell.", 20, 10), "casebook 1.0")
    assert drawn.startswith("<!-- made by casebook 1.0 -->\n<svg ")
    root = ET.fromstring(drawn)
    names = [child.tag.rpartition("}")[2] for child in root]
    assert names == ["title", "desc", "rect"]
    # 16 px of margin on every side.
    assert root.get("viewBox") == "-16 -16 52 42"
    assert (root.get("width"), root.get("height")) == ("52", "42")
    assert (root[2].get("width"), root[2].get("fill")) == ("52", palette.PAPER)


def test_every_look_is_complete_without_a_stylesheet() -> None:
    assert palette.LOOKS
    for name, look in palette.LOOKS.items():
        assert "fill" in look, name
        if name.startswith("label"):
            assert "Casebook Sans" in look["font-family"]


def test_nothing_is_drawn_with_opacity() -> None:
    assert all("opacity" not in key for look in palette.LOOKS.values() for key in look)


@given(st.text())
def test_any_words_can_stand_in_a_chart(words: str) -> None:
    """XML holds no control characters; a chart is XML all the same."""
    found = ET.fromstring(figure(words, words, 1, 1, label("label", 0, 0, words)))
    assert len(found) == 3
    assert len(found[2]) == 0
