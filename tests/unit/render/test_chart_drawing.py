"""Charts as they are drawn on paper."""

import re
from datetime import date

import pytest

from casebook.charts.palette import LOOKS
from casebook.charts.svg import circle, element, figure, hatching, label, line, path, rectangle
from casebook.render.document import Document, RenderFailed
from casebook.render.press import document_pdf
from tests.pdf_streams import unpacked_streams


def drawn(*inside: str) -> str:
    """What a page draws that holds one chart of 100 by 50."""
    body = f"<h1>x</h1>{figure('Name', 'Words', 100, 50, *inside)}"
    content = document_pdf(Document("T", "", "", (), "T", date(2026, 7, 1), body))
    (page,) = (each.decode() for each in unpacked_streams(content) if each.startswith(b"1 0 0 -1 "))
    return page[page.index("/Figure") :]


def test_lines_and_areas_have_their_ink_and_width() -> None:
    """#c3cad3 is 195, 202 and 211 of 255; 195 / 255 = 0.764706."""
    found = drawn(line("gridline", 0, 1, 2, 3), rectangle("tip", 4, 5, 6, 7))
    assert "0.764706 0.792157 0.827451 RG\n0.75 w\n0 1 m 2 3 l\nS" in found
    assert "4 5 6 7 re\nf" in found


def test_a_line_after_a_dashed_one_is_whole_again() -> None:
    found = drawn(line("threshold", 0, 0, 1, 1), line("limit", 2, 2, 3, 3))
    assert "[5 3] 0 d\n0 0 m 1 1 l\nS\n1.5 w\n[] 0 d\n2 2 m 3 3 l" in found


def test_what_is_moved_is_moved_alone() -> None:
    moved = element("g", None, line("axis", 0, 0, 1, 1), transform="translate(10 20)")
    found = drawn(moved, line("axis", 2, 2, 3, 3))
    assert re.search(
        r"q\n1 0 0 1 10 20 cm\n(.+\n)*1 w\n0 0 m 1 1 l\nS\nQ\n(.+\n)*1 w\n2 2 m", found
    )


def test_words_end_where_they_are_anchored() -> None:
    """The same words that begin at 80, or end there, stand apart by their width."""
    places = [
        float(re.findall(r"1 0 0 -1 ([0-9.]+) 30 Tm", drawn(label("label", 80, 30, "AVAV", at)))[0])
        for at in ("start", "middle", "end")
    ]
    start, middle, end = places
    assert start == 80
    assert start - middle == pytest.approx(middle - end)
    assert 20 < start - end < 40


@pytest.mark.parametrize("look", LOOKS)
def test_every_ink_is_drawn_with(look: str) -> None:
    if "font-size" in LOOKS[look]:
        assert "TJ" in drawn(label(look, 1, 20, "Words"))
    else:
        found = drawn(circle(look, 9, 9, 5), path(look, "M0 0L9 9"), hatching(look, 0, 0, 9, 9))
        assert found.count(" m") >= 3


def test_an_unknown_element_fails_and_says_nothing_of_the_chart() -> None:
    with pytest.raises(RenderFailed, match="could not be drawn") as caught:
        drawn('<use href="#secret"/>')
    assert "secret" not in str(caught.value)
    assert "Words" not in str(caught.value)
