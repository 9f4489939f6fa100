"""A document as HTML: the bare page that becomes a PDF, and one file for a browser.

The file for a browser needs nothing beside it: styles and typefaces are inside, and nothing in it
asks for anything outside.
"""

from dataclasses import replace
from functools import cache

from markupsafe import Markup

from casebook import __version__
from casebook.domain.program.look import Look
from casebook.language import speaking
from casebook.recollection import recalled
from casebook.render import stylesheets
from casebook.render.document import Document
from casebook.render.environment import fill
from casebook.render.lettering import printable
from casebook.render.look import accent_css, dressed, theme_css
from casebook.render.outline import outline
from casebook.render.screen import chart_inks, in_proportion
from casebook.render.screen_typefaces import main_faces_css, world_faces_css


def document_html(document: Document) -> str:
    """The document for a browser: light and dark, narrow and wide, and fit to be printed."""
    return recalled(("html", document), lambda: _for_browser(document))


def _for_browser(document: Document) -> str:
    document = printable(replace(document, body=document.text, pieces=()))
    world = world_faces_css(f"{document.body}{document.running}")
    return _filled(
        "screen.html.j2",
        document,
        contents=outline(document.body),
        # Why marked as safe: the styles are files of ours.
        style=Markup(f"{world}{_style(document.look)}"),  # noqa: S704
    )


def page(document: Document) -> str:
    """The document inside its page's head and nothing more; its styles come from outside."""
    return _filled("document.html.j2", printable(document))


def _filled(template: str, document: Document, **more: object) -> str:
    values = {
        "document": document,
        # Why marked as safe: a view made the body.
        "body": Markup(dressed(document.body, document.look)),  # noqa: S704
        "generator": f"casebook {__version__}",
    }
    # Why: who writes a document need not be where it was made.
    with speaking(document.language):
        return fill(template, values | more)


@cache
def _style(look: Look) -> str:
    base = stylesheets.stylesheet(stylesheets.SHARED)
    shared = in_proportion(f"{base}\n{theme_css(look)}")
    rest = stylesheets.stylesheet((*stylesheets.PAPER, *stylesheets.SCREEN))
    return "\n".join((main_faces_css(), shared, rest, chart_inks(), accent_css(look)))
