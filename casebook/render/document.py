"""A finished text with what a reader's software asks about it: title, author, keywords, date."""

from dataclasses import dataclass
from datetime import date

from casebook.errors import CasebookError
from casebook.language import Language


class RenderFailed(CasebookError):
    """The page cannot be made as it should look, and a page with holes is not handed out."""


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
        body: Finished HTML for inside ``<body>``; its first heading is an h1.
        language: The language of its labels, which rules hyphenation and reading aloud too.
    """

    title: str
    running: str
    author: str
    keywords: tuple[str, ...]
    description: str
    made_on: date
    body: str
    language: Language = "en"
