"""What a document with pieces is set from: each piece by itself, and a frame around them.

A piece's pages depend on the piece alone: its foot, with the page's number, is the frame's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from markupsafe import escape

from casebook.render.document import Document, Piece
from casebook.render.page_pictures import Sheet

_DAY: Final = date(2000, 1, 1)
"""Stands in pages that are no file of their own: what is set anew must not depend on the day."""

_LEAF: Final = '<div class="leaf"></div>'


def piece_document(document: Document, piece: Piece) -> Document:
    """A piece of a document, to be set by itself."""
    return Document(
        title=piece.anchor,
        running="",
        author="",
        keywords=(),
        description="",
        made_on=_DAY,
        body=piece.body,
        language=document.language,
        look=document.look,
        within=piece.anchor,
    )


def frame_document(document: Document, pages: Iterable[tuple[str, int]]) -> Document:
    """A document with a leaf for each page of its pieces, behind its own pages.

    Args:
        document: Without pieces, or with pieces that were set already.
        pages: How many pages each piece came to, by its anchor.
    """
    leaves = [
        leaf
        for anchor, count in pages
        for leaf in (f'<div class="leaf" id="{escape(anchor)}"></div>', *[_LEAF] * (count - 1))
    ]
    return replace(document, body="\n".join((document.body, *leaves)), pieces=())


@dataclass(frozen=True, slots=True)
class Order:
    """What a document with pieces is bound from.

    Attributes:
        sheet: The document, as what is set of it besides.
        pieces: The finished pages of each piece, under its anchor.
    """

    sheet: Sheet
    pieces: tuple[tuple[str, bytes], ...]
