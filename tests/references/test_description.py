"""What the reference of a PDF holds."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter

from casebook.render.document import Document, Enclosure
from casebook.render.press import document_pdf
from tests.references.description import description

BODY = """
<h1>Feet</h1><p>Two of them.</p>
<h2>Toes</h2>
<table><thead><tr><th>Foot</th><th>Toes</th></tr></thead>
<tbody><tr><td>left</td><td>5</td></tr><tr><td>right</td><td>5</td></tr></tbody></table>
<h2 style="break-before: page">Uses</h2>
<ul><li>Walking.</li><li>Standing.</li></ul>
"""

DOCUMENT = Document(
    "On feet", "Feet", "Jo Példa", ("feet", "toes"), "All about feet.", date(2026, 7, 1), BODY,
    enclosures=(Enclosure("feet.yaml", b"feet: 2\n", "application/yaml", "Source", "The feet"),),
)  # fmt: skip


# The shelf is asked for since it looks for the programs that read PDFs.
@pytest.mark.slow
@pytest.mark.usefixtures("shelf")
def test_a_reference_holds_all_that_a_reader_can_come_by(tmp_path: Path) -> None:
    """One table of a row of heads and two rows of two cells; one list of two."""
    (tmp_path / "feet.pdf").write_bytes(document_pdf(DOCUMENT))
    told = description(tmp_path / "feet.pdf")
    head, _, text = told.partition("\n== Text of page 1\n")
    lines = head.splitlines()
    counts = lines.index("== Tags of each page")
    assert "Table 1" in lines[counts + 1]
    assert "L 1" in lines[counts + 2]
    assert [*lines[:counts], *lines[counts + 4 :]] == [
        "== Properties",
        "Title: On feet",
        "Author: Jo Példa",
        "Subject: All about feet.",
        "Keywords: feet, toes",
        "CreationDate: D:20260701",
        "Language: en",
        "Pages: 2 of 210 x 297 mm",
        "",
        "== Bookmarks",
        "1 Feet, page 1",
        "2   Toes, page 1",
        "2   Uses, page 2",
        "",
        "== Headings, figures, tables and lists in reading order",
        "1: H1",
        "1: H2",
        "1: Table of 3 rows, 6 cells, 2 heads",
        "2: H2",
        "2: List of 2 items",
        "",
        "== Enclosed files",
        "feet.yaml: Source, application/yaml",
    ]
    one, _, two = text.partition("\n== Text of page 2\n")
    assert "Two of them." in one
    assert "right 5" in one
    assert "Standing." in two


@pytest.mark.slow
@pytest.mark.usefixtures("shelf")
def test_a_document_in_which_nothing_is_found_has_no_reference(tmp_path: Path) -> None:
    with PdfWriter() as writer:
        writer.add_blank_page(100, 100)
        writer.write(tmp_path / "blank.pdf")
    with pytest.raises(AssertionError, match=r"blank\.pdf: Bookmarks: nothing was found"):
        description(tmp_path / "blank.pdf")
