"""Where documents become PDFs: a task for a confined process.

Everything that setting pages loads and draws with is loaded and used once before the walls rise.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from casebook.render.document import Document, RenderFailed
from casebook.render.page_pictures import Sheet
from casebook.render.pdf import document_pdf, sheet_pdf
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
        '<text x="1" y="1" font-family="Casebook Sans" font-size="9">a</text></svg>'
    ),
)


def prepare() -> Iterable[Path]:
    """Make one PDF; templates and typefaces for rarer scripts are read when they are needed."""
    document_pdf(_TRIAL)
    return (templates_dir(), anatomy_dir())


def answer(request: object) -> bytes:
    """A document as PDF."""
    assert isinstance(request, Sheet)  # noqa: S101 - sheets are what is sent
    try:
        return sheet_pdf(request)
    except RecursionError:
        raise RenderFailed(
            "a text is nested more deeply than pages can show",
            hint="take some of the quotations or lists within one another apart",
        ) from None
