"""What no typeface has is printed as its code, in the text and nowhere else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.render.document import Document
from casebook.render.lettering import printable
from casebook.source.repertoire import load_repertoire

DOCUMENT = Document(
    title="T", running="Jo", author="Jo", keywords=(), description="D", made_on=date(2026, 7, 1),
    body="<h1>Hello</h1>",
)  # fmt: skip


def printed(body: str) -> str:
    return printable(replace(DOCUMENT, body=body)).body


def test_a_document_without_such_characters_is_left_as_it_is() -> None:
    document = replace(DOCUMENT, body="<h1>Ünïcödé — 漢字 🙂</h1>")
    assert printable(document) is document


@pytest.mark.parametrize(
    "body, expected",
    [
        ("<p>\U00013080 and \ue000</p>", "<p>[U+13080] and [U+E000]</p>"),
        ('<p title="\ue000">x</p>', '<p title="\ue000">x</p>'),
        ('<h2 data-running="\ue000 &gt;">\ue000</h2>',
         '<h2 data-running="[U+E000] &gt;">[U+E000]</h2>'),
        ("<p>]\ue000^-\\\ue001</p>", "<p>][U+E000]^-\\[U+E001]</p>"),
        ("<p>e\u0301\u2028x</p>", "<p>é x</p>"),
        ("<p>\x07</p>", "<p>[U+0007]</p>"),
        ("<p>a\0b</p>", "<p>a b</p>"),
    ],
)  # fmt: skip
def test_codes_stand_in_text_and_in_running_heads_alone(body: str, expected: str) -> None:
    assert printed(body) == expected


def test_the_foot_of_the_page_is_printed_too() -> None:
    assert printable(replace(DOCUMENT, running="Jo \ue000")).running == "Jo [U+E000]"


@given(st.text(st.characters(exclude_characters="<>&\"'")))
def test_any_text_becomes_printable(text: str) -> None:
    once = printed(f"<p>{text}</p>")
    assert load_repertoire().lacking(once) == ()
    assert printed(once) == once


def test_properties_keep_every_script_but_nothing_that_xml_cannot_hold() -> None:
    """Metadata is XML, and is shown with a reader's own typefaces."""
    document = printable(
        replace(
            DOCUMENT, title="\U00013080 \x1b", author="\uffff", keywords=("e\u0301", "\0"),
            description="\x1f\ufffe",
        )
    )  # fmt: skip
    assert document.title == "\U00013080 [U+001B]"
    assert document.author == "[U+FFFF]"
    assert document.keywords == ("é", " ")
    assert document.description == " [U+FFFE]"


def test_nothing_in_a_page_turns_the_rest_of_its_line_round() -> None:
    """Between two tags a direction has to end; what does not, and every override, is shown."""
    body = '<p data-running="a\u202eb">x\u202ey <b>\u2067z</b>\u2069 \u2067שלום\u2069 é</p>'
    made = printable(replace(DOCUMENT, body=body, running="Jo\u202e"))
    assert made.body == (
        '<p data-running="a[U+202E]b">x[U+202E]y <b>[U+2067]z</b>[U+2069] \u2067שלום\u2069 é</p>'
    )
    assert made.running == "Jo[U+202E]"


def test_marks_that_would_cover_other_lines_are_not_drawn() -> None:
    made = printable(replace(DOCUMENT, body="<p>x" + "\u0301" * 40 + "</p>"))
    assert made.body == "<p>x" + "\u0301" * 10 + "[U+0301]</p>"
