"""What a document is set from: its pieces, each by itself, and a frame around them.

A piece's pages depend on the piece alone. Its feet, with the numbers of pages, are the frame's, and
so is all that the document says of itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from markupsafe import escape

from casebook.render.document import Document, Enclosure, Piece
from casebook.render.set_pages import SetPages

_DAY: Final = date(2000, 1, 1)
"""Stands in pages that are no file of their own: what is set anew must not depend on the day."""

_LEAF: Final = '<div class="leaf"></div>'


@dataclass(frozen=True, slots=True)
class Order:
    """What a document's file is bound from.

    Attributes:
        frame: Its own finished pages, with leaves for those of the pieces.
        pieces: The finished pages of each piece.
        enclosures: The files that it carries.
        made_on: The date that these carry.
        works: As how many works it counts.
    """

    frame: bytes
    pieces: tuple[bytes, ...]
    enclosures: tuple[Enclosure, ...]
    made_on: date
    works: int

    @property
    def carried_bytes(self) -> int:
        """All that is put together."""
        enclosed = sum(len(each.content) for each in self.enclosures)
        return len(self.frame) + sum(map(len, self.pieces)) + enclosed


def order_of(document: Document, frame: SetPages, pieces: Iterable[SetPages]) -> Order:
    """What a document's file is bound from, once its pages are set."""
    return Order(
        frame=frame.content,
        pieces=tuple(each.content for each in pieces),
        enclosures=document.enclosures,
        made_on=document.made_on,
        works=_as_works(document),
    )


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
    """A document's own pages, and behind them a leaf for each page of its pieces.

    Args:
        document: The document.
        pages: How many pages each piece came to, by its anchor.
    """
    leaves = [
        leaf
        for anchor, count in pages
        for leaf in (f'<div class="leaf" id="{escape(anchor)}"></div>', *[_LEAF] * (count - 1))
    ]
    body = "\n".join((document.body, *leaves))
    works = _as_works(document)
    return replace(document, body=body, pieces=(), enclosures=(), works=works)


def _as_works(document: Document) -> int:
    """As how many works a document counts whose pieces are set already.

    Why a tenth: leaves, and pages that are bound, take less than a tenth of what setting takes.
    """
    return 1 + document.works // 10 if document.pieces else document.works
