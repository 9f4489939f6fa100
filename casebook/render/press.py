"""Where documents become PDFs: a task for a confined process.

Everything that setting pages loads and draws with is loaded and used once before the walls rise.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from casebook.render.binding import bound, page_count
from casebook.render.document import Document, Piece, RenderFailed
from casebook.render.frame import Order, frame_document, piece_document
from casebook.render.page_pictures import Sheet, sheet_of
from casebook.render.pdf import sheet_pdf
from casebook.resources import anatomy_dir, templates_dir

# A little of all that pages have: what it needs of the machine, they need too.
_TRIAL = Document(
    title="Trial",
    running="Trial",
    author="",
    keywords=(),
    description="",
    made_on=date(2000, 1, 1),
    body=(
        '<h1>Trial</h1><p lang="en">Words <em>and</em> <strong>more</strong>, hyphenation.</p>'
        "<table><tr><td>1</td></tr></table><ul><li>one</li></ul>"
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" class="chart">'
        "<title>Trial</title><desc>Trial</desc>"
        '<text x="1" y="1" font-family="Casebook Sans" font-size="9" font-weight="400">a</text>'
        "</svg>"
    ),
    pieces=(Piece("piece", '<h1 id="piece">Piece</h1>'),),
)


def prepare() -> Iterable[Path]:
    """Make one PDF; templates and typefaces for rarer scripts are read when they are needed."""
    document_pdf(_TRIAL)
    return (templates_dir(), anatomy_dir())


def answer(request: object) -> bytes:
    """Set a sheet, or bind what was set, as PDF."""
    assert isinstance(request, Sheet | Order)  # noqa: S101 - they are what is sent
    try:
        return bound_pdf(request) if isinstance(request, Order) else sheet_pdf(request)
    except RecursionError:
        raise RenderFailed(
            "a text is nested more deeply than pages can show",
            hint="take some of the quotations or lists within one another apart",
        ) from None


def bound_pdf(order: Order) -> bytes:
    """Bind the pieces of a document behind its own pages; the same order gives the same bytes.

    Raises:
        RenderFailed: As ``sheet_pdf``.
        MachineError: As there.
    """
    pages = [(anchor, page_count(content)) for anchor, content in order.pieces]
    document = frame_document(order.sheet.document, pages)
    frame = sheet_pdf(replace(order.sheet, document=document))
    return bound(frame, [content for _, content in order.pieces])


def document_pdf(document: Document) -> bytes:
    """A document as tagged PDF, made in this process; the same document gives the same bytes.

    Raises:
        RenderFailed: As ``sheet_pdf``.
        MachineError: As there.
    """
    if not document.pieces:
        return sheet_pdf(sheet_of(document))
    pieces = tuple(
        (each.anchor, sheet_pdf(sheet_of(piece_document(document, each))))
        for each in document.pieces
    )
    return bound_pdf(Order(sheet_of(replace(document, pieces=())), pieces))
