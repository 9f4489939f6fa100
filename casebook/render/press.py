"""Where documents become PDFs: a task for a confined process.

Everything that setting pages loads and draws with is loaded and used once before the walls rise.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from casebook.render.binding import bound
from casebook.render.document import Document, Piece, RenderFailed
from casebook.render.frame import Order, frame_document, order_of, piece_document
from casebook.render.page_pictures import Sheet, sheet_of
from casebook.render.pdf import sheet_pages
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
    """Set a sheet, or bind what was set."""
    assert isinstance(request, Sheet | Order)  # noqa: S101 - they are what is sent
    if isinstance(request, Order):
        return bound(request)
    try:
        return sheet_pages(request).packed()
    except RecursionError:
        raise RenderFailed(
            "a text is nested more deeply than pages can show",
            hint="take some of the quotations or lists within one another apart",
        ) from None


def document_pdf(document: Document) -> bytes:
    """A document as tagged PDF, made in this process; the same document gives the same bytes.

    Raises:
        RenderFailed: As ``sheet_pages``.
        MachineError: As there.
    """
    pieces = {
        each.anchor: sheet_pages(sheet_of(piece_document(document, each)))
        for each in document.pieces
    }
    pages = [(anchor, each.count) for anchor, each in pieces.items()]
    frame = sheet_pages(sheet_of(frame_document(document, pages)))
    return bound(order_of(document, frame, pieces.values()))
