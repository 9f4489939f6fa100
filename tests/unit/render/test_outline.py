"""The contents that stand beside a text on a screen."""

from hypothesis import given
from hypothesis import strategies as st

from casebook.render.outline import Entry, outline


def test_a_piece_holds_the_sections_after_it() -> None:
    body = (
        '<article class="piece" id="one"><h1>One</h1><h2 id="a">A</h2><h3>no entry</h3>'
        '<h2 id="b">B</h2></article><article class="piece" id="two"><h1>Two</h1></article>'
    )
    assert outline(body) == (
        Entry("one", "One", (Entry("a", "A"), Entry("b", "B"))),
        Entry("two", "Two"),
    )


def test_a_number_in_an_element_of_its_own_stands_apart() -> None:
    body = '<h2 id="a"><span class="section-number">4 </span>Time &amp;\n line</h2>'
    assert outline(body) == (Entry("a", "4 Time & line"),)


def test_what_has_no_address_is_left_out() -> None:
    """Nor does it take the address of the piece before it."""
    body = (
        '<section class="piece" id="one"><h1>One</h1><h2>nameless</h2></section>'
        '<section class="piece"><h1>Contents</h1></section>'
    )
    assert outline(body) == (Entry("one", "One"),)


def test_a_heading_keeps_its_own_address() -> None:
    assert outline('<div class="x piece" id="one"><h1 id="own">One</h1></div>') == (
        Entry("own", "One"),
    )


@given(st.text(max_size=200))
def test_any_text_has_an_outline(body: str) -> None:
    assert isinstance(outline(body), tuple)
