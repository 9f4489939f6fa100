"""Documents as HTML."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.work.repertoire import composed, in_xml
from casebook.render.document import Document
from casebook.render.html import document_html, page

DOCUMENT = Document(
    title="A <title>",
    running="Jo · Case study",
    author="Jo Példa",
    keywords=("back", "pain"),
    description="A case.",
    made_on=date(2026, 7, 1),
    body="<h1>Hello</h1>",
)


def test_the_file_needs_nothing_beside_it() -> None:
    html = document_html(DOCUMENT)
    addresses = re.findall(r"url\(\"?([a-z0-9-]+):", html)
    assert addresses
    assert set(addresses) == {"data"}
    assert "<link" not in html
    assert "<script" not in html


def test_the_head_says_what_it_is_and_whose_it_is() -> None:
    html = page(DOCUMENT)
    assert "<title>A &lt;title&gt;</title>" in html
    assert '<meta name="author" content="Jo Példa">' in html
    assert '<meta name="keywords" content="back, pain">' in html
    assert '<meta name="dcterms.created" content="2026-07-01">' in html
    assert 'lang="en"' in html


def test_an_author_whom_the_reader_must_not_know_leaves_no_trace() -> None:
    assert "author" not in page(replace(DOCUMENT, author=""))


def test_the_same_document_gives_the_same_text() -> None:
    assert document_html(DOCUMENT) == document_html(replace(DOCUMENT))


@pytest.mark.parametrize("wish", ["prefers-color-scheme: dark", "@media print", "max-width: 40em"])
def test_the_page_suits_night_paper_and_narrow_windows(wish: str) -> None:
    assert wish in document_html(DOCUMENT)


@given(st.text(st.characters(codec="utf-8", exclude_characters="&<>\"'"), max_size=80))
def test_any_title_survives(title: str) -> None:
    """As far as the metadata of a PDF, which is XML, can hold it."""
    assert f"<title>{in_xml(composed(title))}</title>" in page(replace(DOCUMENT, title=title))
