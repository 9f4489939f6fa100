"""The written case study."""

import itertools
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from casebook.domain.program.program import Program
from casebook.domain.work.case_study import CaseStudy
from casebook.render.document import Document, RenderFailed
from casebook.render.html import document_html
from casebook.render.press import document_pdf
from casebook.render.views.case_study import case_study_document


class Outline(HTMLParser):
    """Headings, pictures, drawings and anchors of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.alts: list[str | None] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "img":
            self.alts.append(found.get("alt"))
        if identifier := found.get("id"):
            self.ids.append(identifier)
        if tag == "a":
            self.links.append(found.get("href") or "")


@pytest.fixture
def document(case: CaseStudy, program: Program, png: bytes, made_on: date) -> Document:
    return case_study_document(
        case,
        made_on=made_on,
        program=program,
        author="Jo Példa",
        attachments={"attachments/posture.png": png},
    )


def test_headings_begin_with_the_title_and_skip_no_level(document: Document) -> None:
    levels = Outline(document.text).levels
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_picture_has_words_and_every_drawing_a_title(document: Document) -> None:
    assert Outline(document.text).alts == ["A drawing."]
    assert document.text.count("<svg") == document.text.count("<svg ") == 5
    assert document.text.count("<title>") == 5


def test_every_link_inside_the_page_leads_somewhere_and_no_id_stands_twice(
    document: Document,
) -> None:
    outline = Outline(document.text)
    inner = [link[1:] for link in outline.links if link.startswith("#")]
    assert inner
    assert set(inner) <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))


def test_no_date_of_session_or_consent_is_printed(document: Document) -> None:
    assert "Day 21" in document.text
    assert "2026" not in document.text
    assert "March" not in document.text


def test_a_reference_leads_to_its_doi_or_else_its_address(document: Document) -> None:
    links = Outline(document.text).links
    assert "https://doi.org/10.1000/182" in links
    assert "https://example.org/page" in links


def test_the_author_may_stay_unnamed(case: CaseStudy, png: bytes, made_on: date) -> None:
    blind = case_study_document(case, made_on=made_on, attachments={"attachments/posture.png": png})
    assert blind.author == ""
    assert blind.running == "Case study"
    assert "byline" not in blind.text


def test_a_missing_picture_fails(case: CaseStudy, made_on: date) -> None:
    with pytest.raises(RenderFailed, match=r"posture\.png is missing"):
        case_study_document(case, made_on=made_on)


def test_what_a_candidate_types_is_never_markup(case: CaseStudy, made_on: date) -> None:
    nasty = "<b>x</b> & <script>"
    typed = case.model_copy(update={"title": nasty, "keywords": [nasty], "figures": []})
    html = document_html(case_study_document(typed, made_on=made_on))
    assert "<script" not in html
    assert "<b>x</b>" not in html


@pytest.mark.slow
def test_it_becomes_the_same_pdf_twice(document: Document) -> None:
    first = document_pdf(document)
    assert first.startswith(b"%PDF-")
    assert first == document_pdf(document)


def test_a_case_with_nothing_but_a_title_can_be_printed(made_on: date) -> None:
    bare = CaseStudy.model_validate(
        {
            "kind": "case-study", "format": 1, "id": "bare", "title": "Bare",
            "client": {"pseudonym": "Client B"},
        }
    )  # fmt: skip
    assert document_pdf(case_study_document(bare, made_on=made_on)).startswith(b"%PDF-")


@pytest.mark.parametrize("names, beside", [(("nprs",), True), (("nprs", "psfs"), False)])
def test_a_last_chart_without_a_neighbour_has_the_sources_beside_it(
    made_on: date, names: tuple[str, ...], beside: bool
) -> None:
    """Charts stand in two columns; the sources fill a place left free, else they follow."""
    sessions = [{"day": day, "measures": dict.fromkeys(names, 5)} for day in (0, 7)]
    case = CaseStudy.model_validate(
        {"kind": "case-study", "format": 1, "id": "c", "title": "A knee",
         "client": {"pseudonym": "Client A"}, "sessions": sessions}
    )  # fmt: skip
    body = case_study_document(case, made_on=made_on).text
    assert "Important change, with whom it was found" in body
    assert ('<p class="chart-cell caption">' in body) is beside
    assert ('<p class="caption">' in body) is not beside
