"""Lines that are drawn as they were measured, and packed soon."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from casebook.render.document import Document
from casebook.render.lines import beside_nothing
from casebook.render.press import document_pdf
from tests.pdf_streams import unpacked_streams


def drawn(body: str) -> list[bytes]:
    """The stretches of letters that a page shows, each from bracket to bracket."""
    content = document_pdf(Document("T", "", "", (), "T", date(2026, 7, 1), f"<h1>x</h1>{body}"))
    (page,) = (each for each in unpacked_streams(content) if each.startswith(b"1 0 0 -1 "))
    return re.findall(rb"\[(.*)\] TJ", page)


def letters(shown: bytes) -> int:
    """How many letters are shown: four digits each."""
    return sum(len(each) for each in re.findall(rb"<([0-9a-f]*)>", shown)) // 4


def test_a_line_is_set_once_and_shown_whole() -> None:
    """Not again when it is drawn: as many layouts are made for it as without drawing."""
    from weasyprint.text.line_break import Layout

    made = []
    setup = Layout.setup

    def set_up(layout: Any, style: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        made.append(layout)
        setup(layout, style)

    Layout.setup = set_up
    try:
        shown = drawn("<p>seven words</p>")
    finally:
        Layout.setup = setup
    assert len("seven words") in map(letters, shown)
    texts = [layout.text for layout in made if layout.text.strip()]
    assert texts.count("seven words") == 1


def test_lines_of_code_stay_apart() -> None:
    shown = drawn("<pre><code>one\ntwo 2\n\tthree</code></pre>")
    assert [letters(each) for each in shown[1:4]] == [3, 5, 5]


def test_letters_at_their_usual_distance_are_one_string() -> None:
    shown = drawn("<p>iiii nnnn</p>")
    assert shown
    assert not [each for each in shown if b">0<" in each]


@pytest.mark.parametrize(
    "floating, direction, outer",
    [((), "ltr", False), (("a float",), "ltr", False), ((), "rtl", False), ((), "ltr", True)],
)
def test_a_line_with_nothing_beside_it_is_placed_at_once(
    floating: tuple[str, ...], direction: str, *, outer: bool
) -> None:
    def avoid(*_: object, **named: object) -> tuple[float, float, float]:
        assert named == {"outer": outer}
        return -1, -1, -1

    block = SimpleNamespace(width=90, style={"direction": direction}, content_box_x=lambda: 7)
    line = SimpleNamespace(margin_left=2, margin_right=3, position_y=5)
    context = SimpleNamespace(excluded_shapes=floating)
    placed = beside_nothing(avoid)(context, line, block, outer=outer)
    assert placed == (
        (7, 5, 85) if (floating, direction, outer) == ((), "ltr", False) else (-1,) * 3
    )
