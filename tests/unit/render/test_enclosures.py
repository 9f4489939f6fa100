"""Enclosures come out of a PDF as they went in, with their type, date and relationship."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from pypdf import PdfReader
from pypdf.generic import ArrayObject

from casebook.render.document import Document, Enclosure
from casebook.render.press import document_pdf

DOCUMENT = Document(
    title="Packet",
    running="",
    author="",
    keywords=(),
    description="A packet.",
    made_on=date(2026, 7, 1),
    body="<h1>Packet</h1>",
    enclosures=(
        Enclosure(
            "portfolio/é.yaml", b"kind: portfolio\r\n\xff", "application/yaml", "Source", "S"
        ),
        Enclosure("evaluation/x.json", b"{}", "application/json", "Data", "D"),
        Enclosure("portfolio/a.bin", b"", "application/octet-stream", "Supplement", "E"),
    ),
)


def test_every_enclosure_is_there_with_all_that_is_said_of_it() -> None:
    found = list(PdfReader(io.BytesIO(document_pdf(DOCUMENT))).attachment_list)
    assert {each.alternative_name: each.content for each in found} == {
        each.name: each.content for each in DOCUMENT.enclosures
    }
    said = {
        each.alternative_name: (each.associated_file_relationship, each.subtype, each.description)
        for each in found
    }
    assert said["portfolio/é.yaml"] == ("/Source", "/application/yaml", "S")
    assert said["evaluation/x.json"] == ("/Data", "/application/json", "D")
    assert said["portfolio/a.bin"] == ("/Supplement", "/application/octet-stream", "E")
    assert {each.modification_date for each in found} == {datetime(2026, 7, 1, tzinfo=UTC)}


def test_the_order_in_which_they_are_given_does_not_matter() -> None:
    """A PDF's tree of names is sorted (ISO 32000-1, 7.9.6)."""
    turned = replace(DOCUMENT, enclosures=DOCUMENT.enclosures[::-1])
    content = document_pdf(DOCUMENT)
    assert document_pdf(turned) == content
    names = [each.alternative_name for each in PdfReader(io.BytesIO(content)).attachment_list]
    assert names == ["evaluation/x.json", "portfolio/a.bin", "portfolio/é.yaml"]


def test_each_is_associated_with_the_document_once() -> None:
    catalog = PdfReader(io.BytesIO(document_pdf(DOCUMENT))).root_object
    associated = catalog["/AF"]
    assert isinstance(associated, ArrayObject)
    named = [each.idnum for each in associated]
    assert len(named) == len(set(named)) == len(DOCUMENT.enclosures)
