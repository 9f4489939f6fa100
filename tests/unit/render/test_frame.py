"""What a document with pieces is set from."""

from dataclasses import replace
from datetime import date

from casebook.render.document import Document, Piece
from casebook.render.frame import frame_document, piece_document

DOCUMENT = Document(
    title="A packet",
    running="Jo",
    author="Jo Példa",
    keywords=("back",),
    description="A case.",
    made_on=date(2026, 7, 1),
    body="<h1>Cover</h1>",
    works=2,
    pieces=(Piece("piece-a", "<h1>A</h1>"), Piece("piece-b", "<h1>B</h1>")),
)


def test_the_text_of_a_document_is_its_body_and_all_pieces() -> None:
    assert DOCUMENT.text == "<h1>Cover</h1>\n<h1>A</h1>\n<h1>B</h1>"


def test_a_piece_depends_on_nothing_that_only_its_document_says() -> None:
    """Else an edit elsewhere, or another day, would have it set anew."""
    other = replace(
        DOCUMENT, title="Another", running="Ann", author="Ann", made_on=date(2027, 1, 1), body="x"
    )
    for piece in DOCUMENT.pieces:
        assert piece_document(DOCUMENT, piece) == piece_document(other, piece)
    assert piece_document(DOCUMENT, DOCUMENT.pieces[0]).within == "piece-a"


def test_a_piece_is_written_in_its_documents_language() -> None:
    german = replace(DOCUMENT, language="de")
    assert piece_document(german, german.pieces[0]).language == "de"


def test_a_frame_has_a_leaf_for_each_page_of_its_pieces() -> None:
    """The first of a piece bears its name, so that links and contents find it."""
    frame = frame_document(DOCUMENT, [("piece-a", 2), ("piece-b", 1)])
    assert (frame.pieces, frame.enclosures) == ((), ())
    assert frame.body.splitlines() == [
        "<h1>Cover</h1>",
        '<div class="leaf" id="piece-a"></div>',
        '<div class="leaf"></div>',
        '<div class="leaf" id="piece-b"></div>',
    ]
