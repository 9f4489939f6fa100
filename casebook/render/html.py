"""A document as one HTML file that needs nothing beside it: styles and typefaces are inside."""

from functools import cache

from markupsafe import Markup

from casebook import __version__
from casebook.render import stylesheets
from casebook.render.document import Document
from casebook.render.environment import fill
from casebook.render.typefaces import font_faces, inline_address


def document_html(document: Document) -> str:
    """The document for a browser: light and dark, narrow and wide, and fit to be printed."""
    return page(document, style=_style())


def page(document: Document, *, style: str) -> str:
    """The document inside its page's head; ``style`` is CSS, empty where it comes from outside."""
    return fill(
        "document.html.j2",
        {
            "document": document,
            # Why marked as safe: a view made the body, and the styles are files of ours.
            "body": Markup(document.body),  # noqa: S704
            "style": Markup(style),  # noqa: S704
            "generator": f"casebook {__version__}",
        },
    )


@cache
def _style() -> str:
    names = (*stylesheets.SHARED, *stylesheets.PAPER, *stylesheets.SCREEN)
    return f"{font_faces(inline_address)}\n{stylesheets.stylesheet(names)}"
