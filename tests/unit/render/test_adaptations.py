"""Pages are the same with WeasyPrint as it is adapted, and without each of the adaptations."""

import random
import re
from datetime import date
from importlib import import_module

import pytest

from casebook.render.document import Document
from casebook.render.press import document_pdf
from casebook.resources import templates_dir
from tests.pdf_streams import unpacked_streams

WORDS = (
    *("gluteus", "maximus", "fired,", "on", "a", "second", "test", "held;", "Pain", "went", "(so"),
    *("far)", "and", "came", "again", "at", "night"),
)


def page() -> str:
    """Words with emphasis, links and citations among them, at every place of a line; and floats."""
    drawn = random.Random(2026)

    def words() -> str:
        return " ".join(drawn.choices(WORDS, k=drawn.randint(3, 24)))

    # Why so many: some of their lines end just before, in and just behind the space of a comma.
    marked = (
        f"<p>{words()} <em>so</em>, <em>on</em> it <a href='#here'>went</a>, <em>again</em>.</p>"
        for _ in range(400)
    )
    return (
        f"<h1 id='here'>Words</h1>{''.join(marked)}"
        "<p style='margin-left: 9mm; text-indent: 3mm'>one two</p><p dir='rtl'>\u05d0\u05d1</p>"
        f"<div><span style='float: right'>beside</span>{words()} {words()}</div>"
        "<p style='text-align: center'>in the middle</p><p style='text-align: justify'>"
        f"{words()} {words()}</p><p style='border: 1px solid; border-radius: 3px'>{words()}</p>"
        "<p style='border: 1px solid; border-radius: 0 3px 0 20%'>Word-by-word, 2\u00a0cm</p>"
    )


def drawn(body: str) -> list[bytes]:
    """All that is drawn on pages."""
    content = document_pdf(Document("T", "", "", (), "T", date(2026, 7, 1), body))
    return [each for each in unpacked_streams(content) if b" TJ" in each]


@pytest.mark.parametrize(
    "module, name, given_by",
    [
        ("layout.inline", "avoid_collisions", "layout.float"),
        ("layout.inline", "split_first_line", "text.line_break"),
        ("layout.inline", "strut", "text.line_break"),
        ("layout.background", "resolve_radii_percentages", "layout.percent"),
    ],
)
def test_pages_are_the_same_without_an_adaptation(
    module: str, name: str, given_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = page()
    adapted = drawn(body)
    assert len(adapted) > 1
    holder = import_module(f"weasyprint.{module}")
    given = getattr(import_module(f"weasyprint.{given_by}"), name)
    assert getattr(holder, name) is not given
    monkeypatch.setattr(holder, name, given)
    assert drawn(body) == adapted


def test_no_page_shortens_a_line() -> None:
    """A line with an ellipsis is changed as it is drawn, and lines are drawn in several places."""
    styles = [each.read_text("utf-8") for each in (templates_dir() / "css").rglob("*.css")]
    assert styles
    shortening = re.compile(r"text-overflow|line-clamp|block-ellipsis|max-lines")
    assert not [each for each in styles if shortening.search(each)]
