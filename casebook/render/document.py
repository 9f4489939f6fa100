"""A finished text with what a reader's software asks about it: title, author, keywords, date."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from casebook.domain.program.look import PLAIN, Look
from casebook.errors import CasebookError
from casebook.language import Language


class RenderFailed(CasebookError):
    """The page cannot be made as it should look, and a page with holes is not handed out."""


class RenderStopped(RenderFailed):
    """Making the page took more than it may, so that nobody knows how it looks."""


Relationship = Literal["Source", "Data", "Supplement"]
"""What an enclosed file is to the pages: what they were made of, figures behind them, or more."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file inside a PDF, beside its pages (ISO 19005-3, associated files).

    Attributes:
        name: Relative, with forward slashes.
        content: Its bytes, which come out again unchanged.
        kind: Its media type.
        relationship: What it is to the pages.
        description: A line for those who look through a PDF's attachments.
    """

    name: str
    content: bytes
    kind: str
    relationship: Relationship
    description: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document that begins on a page of its own, and can be set without the others.

    Attributes:
        anchor: Its name within the document; whatever it names begins with it.
        body: As a document's.
        title: What a list of contents calls it.
    """

    anchor: str
    body: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed or shown, whatever the form.

    Attributes:
        title: The whole title, for the window, the bookmarks and the file's properties.
        running: A short form of who and what, for the foot of every page.
        author: Whose work it is; empty where the reader must not know.
        keywords: Words to find it by.
        description: One sentence, for the file's properties.
        made_on: The date the file carries. It comes from the caller, so that the same input
            gives the same bytes.
        body: Finished HTML for inside ``<body>``; may be empty where there are pieces. The first
            heading of it all is an h1.
        pieces: What follows the body, each on pages of its own. They depend on nothing else of
            the document but its language and look.
        within: Where it is itself a piece of another document: its anchor there.
        language: The language of its labels, which rules hyphenation and reading aloud too.
        look: How the pages look: the program's.
        enclosures: Files that a PDF of it carries.
        works: How many pieces of work it shows, on which depends what making it may take.
    """

    title: str
    running: str
    author: str
    keywords: tuple[str, ...]
    description: str
    made_on: date
    body: str = ""
    language: Language = "en"
    look: Look = PLAIN
    enclosures: tuple[Enclosure, ...] = ()
    works: int = 1
    pieces: tuple[Piece, ...] = ()
    within: str = ""

    @property
    def text(self) -> str:
        """The body with all pieces, as one reads it."""
        bodies = (self.body, *(each.body for each in self.pieces))
        return "\n".join(each for each in bodies if each)
