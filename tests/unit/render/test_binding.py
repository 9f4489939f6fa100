"""Pieces bound into one PDF."""

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from casebook.files import made_by_casebook
from casebook.render.document import Document, Enclosure, Piece
from casebook.render.page_pictures import sheet_of
from casebook.render.pdf import sheet_pages
from casebook.render.press import document_pdf

TABLE = (
    '<table><thead><tr><th scope="col">Measure</th></tr></thead>'
    "<tbody><tr><td>{}</td></tr></tbody></table>"
)


def piece(name: str, paragraphs: int) -> Piece:
    return Piece(
        f"piece-{name}",
        f'<article class="piece" id="piece-{name}"><h1 data-running="{name}">{name}</h1>'
        f'<h2 id="{name}-found" data-running="Found">Found</h2>'
        f'<p>See <a class="cite" href="#{name}-found">above</a>.</p>'
        + TABLE.format(name)
        + f"<p>Words of {name}.</p>" * paragraphs
        + "</article>",
    )


DOCUMENT = Document(
    title="A packet",
    running="Jo Példa",
    author="Jo Példa",
    keywords=("back",),
    description="A case.",
    made_on=date(2026, 7, 1),
    body=(
        '<section class="piece"><h1 data-running="Contents">Contents</h1><ul class="contents">'
        '<li><p class="entry-title"><a href="#piece-one">one</a></p></li>'
        '<li><p class="entry-title"><a href="#piece-two">two</a></p></li></ul></section>'
    ),
    works=2,
    pieces=(piece("one", 90), piece("two", 1)),
    enclosures=(Enclosure("a.txt", b"hello", "text/plain", "Data", "a"),),
)


@pytest.fixture(scope="module")
def bound() -> PdfReader:
    return PdfReader(io.BytesIO(document_pdf(DOCUMENT)))


@pytest.fixture(scope="module")
def unbound() -> PdfReader:
    """The same text, set at once."""
    whole = replace(DOCUMENT, body=DOCUMENT.text, pieces=())
    return PdfReader(io.BytesIO(sheet_pages(sheet_of(whole)).content))


def texts(reader: PdfReader) -> list[str]:
    return [" ".join(sorted(page.extract_text().split())) for page in reader.pages]


def root(reader: PdfReader) -> Any:  # noqa: ANN401 - any object of a PDF
    return reader.root_object


def tags(reader: PdfReader) -> list[tuple[int, Any]]:
    """Every tag below the document's, in the order of reading, with how deep it hangs."""
    found: list[tuple[int, Any]] = []

    def walk(element: Any, depth: int) -> None:  # noqa: ANN401 - any object of a PDF
        kids = element.get("/K", [])
        for each in kids if isinstance(kids, list) else [kids]:
            kid = each.get_object()
            if isinstance(kid, dict) and "/S" in kid:
                assert kid["/P"].get_object() == element
                found.append((depth, kid))
                walk(kid, depth + 1)

    walk(root(reader)["/StructTreeRoot"]["/K"][0].get_object(), 0)
    return found


def test_the_same_document_gives_the_same_bytes() -> None:
    assert document_pdf(DOCUMENT) == document_pdf(replace(DOCUMENT))


def test_bound_pages_say_what_pages_set_at_once_say(bound: PdfReader, unbound: PdfReader) -> None:
    """Heads, feet and page numbers among it."""
    assert len(bound.pages) > 3
    assert texts(bound) == texts(unbound)
    assert bound.metadata == unbound.metadata


def test_the_tags_are_those_of_pages_set_at_once(bound: PdfReader, unbound: PdfReader) -> None:
    """And nothing is left of the leaves."""

    def kinds(reader: PdfReader) -> list[tuple[int, str]]:
        return [(depth, tag["/S"]) for depth, tag in tags(reader)]

    assert kinds(bound) == kinds(unbound)
    assert len(kinds(bound)) > 100


def test_every_mark_on_a_page_belongs_to_a_tag_of_this_page(bound: PdfReader) -> None:
    """By the tree from marks to tags, whose numbers are in order."""
    flat = root(bound)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    numbers = [int(each) for each in flat[::2]]
    assert all(one < other for one, other in pairwise(numbers))
    owners = dict(zip(numbers, flat[1::2], strict=True))
    checked = 0
    for page in bound.pages:
        for mark, owner in enumerate(owners[int(str(page["/StructParents"]))].get_object()):
            if "/Pg" not in owner:
                continue
            assert owner["/Pg"].get_object() == page
            kids = owner["/K"]
            assert mark in (kids if isinstance(kids, list) else [kids])
            checked += 1
        for note in page.get("/Annots", []):
            assert owners[note["/StructParent"]].get_object()["/S"] == "/Link"
    assert checked > 90


def test_links_and_bookmarks_lead_to_the_bound_pages(bound: PdfReader, unbound: PdfReader) -> None:
    """Each name to the page on which its words stand."""

    def places(reader: PdfReader) -> dict[str, int | None]:
        found = reader.named_destinations.items()
        return {name: reader.get_destination_page_number(each) for name, each in found}

    def marks(reader: PdfReader) -> list[tuple[str, int | None]]:
        found: list[Any] = []
        for each in reader.outline:
            found += each if isinstance(each, list) else [each]
        return [(each.title, reader.get_destination_page_number(each)) for each in found]

    assert places(bound) == places(unbound)
    assert len(places(bound)) == 4
    assert marks(bound) == marks(unbound)
    assert [name for name, _ in marks(bound)] == ["Contents", "one", "Found", "two", "Found"]


def test_no_two_pieces_have_an_identifier_in_common(bound: PdfReader) -> None:
    """A cell names its headers by them: with one for two, it has the other piece's."""
    headers = [tag["/ID"] for _, tag in tags(bound) if "/ID" in tag]
    named = [tag["/A"]["/Headers"] for _, tag in tags(bound) if tag["/S"] == "/TD"]
    assert [[each] for each in headers] == named
    assert [each.split("-")[1] for each in headers] == ["one", "two"]


def test_enclosed_files_come_along(bound: PdfReader) -> None:
    assert [(each.name, each.content) for each in bound.attachment_list] == [("a.txt", b"hello")]


def test_a_bound_file_counts_as_casebooks_own(tmp_path: Path) -> None:
    """Else nobody could make a packet twice."""
    path = tmp_path / "packet.pdf"
    path.write_bytes(document_pdf(DOCUMENT))
    assert made_by_casebook(path)
