"""A document as PDF, by WeasyPrint, from what is in the document and nothing else.

WeasyPrint costs half a second to import and needs native libraries: it is imported when the first
page is made. One font configuration and, for each look, one parsed stylesheet serve all documents
of a process.
"""

import gc
import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from casebook.domain.program.look import Look
from casebook.errors import MachineError
from casebook.machine import missing_libraries, pango_remedy
from casebook.render import stylesheets
from casebook.render.chart_drawing import draw_charts
from casebook.render.chart_images import charts_apart
from casebook.render.conformance import declare_accessible
from casebook.render.document import RenderFailed
from casebook.render.fetchers import data_alone
from casebook.render.html import page
from casebook.render.lines import keep_lines, place_lines_sooner
from casebook.render.look import paper_css
from casebook.render.packed_pictures import keep_pictures_packed
from casebook.render.page_pictures import Sheet, picture_fetcher
from casebook.render.paper import paper
from casebook.render.paper_typefaces import add_faces, without_system_fonts
from casebook.render.remembered import remember_of_styles
from casebook.render.set_pages import SetPages
from casebook.render.streams import write_streams_sooner
from casebook.render.tagging import set_apart, tidy_list_items
from casebook.render.typefaces import Typeface, world_faces
from casebook.render.unset import find_unset_at_once

# Why: the shared font configuration is a native object that two threads must not change at once,
# and the log that tells of a failed picture is WeasyPrint's one and only.
_ONE_AT_A_TIME = threading.Lock()

_VARIANT = "pdf/a-3a"


def sheet_pages(sheet: Sheet) -> SetPages:
    """The pages of a document's own body as tagged PDF; the same document gives the same bytes.

    Raises:
        RenderFailed: A picture or a chart could not be drawn, or the text points outside itself.
        MachineError: The libraries that draw pages are missing; its hint says how to get them.
    """
    with _ONE_AT_A_TIME, _without_collecting():
        return _written(sheet)


def _written(sheet: Sheet) -> SetPages:
    _weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    fonts = _fonts()
    document = sheet.document
    text = page(document)
    for face in world_faces(text, "ttf"):
        _add_face(fonts, face)
    text, charts = charts_apart(text)
    with _errors_in_log() as errors:
        try:
            pages = paper(text, picture_fetcher({**sheet.pictures, **charts})).render(
                font_config=fonts,
                stylesheets=[_styles(document.look), *([_loose()] if document.within else [])],
                pdf_variant=_VARIANT,
            )
            declare_accessible(pages.metadata)
            with warnings.catch_warnings():
                # Why: WeasyPrint leaves the file of its colour profile to be closed by itself.
                warnings.simplefilter("ignore", ResourceWarning)
                content = pages.write_pdf(
                    finisher=partial(_finish, within=document.within),
                    pdf_variant=_VARIANT,
                )
        # Why by name: it is a BaseException, so that nothing swallows it on its way.
        except FatalURLFetchingError as error:
            raise RenderFailed(
                f"a page asks for something outside itself: {error}",
                hint="pictures come from attachments; a link may lead to the web, a picture not",
            ) from None
    if errors:
        raise RenderFailed(
            f"a part of the page could not be drawn: {errors[0]}",
            hint="open the picture in an image program and save it again as PNG or JPEG",
        )
    if not isinstance(content, bytes):
        raise RenderFailed("no PDF came of the document")
    return SetPages(len(pages.pages), content)


def _finish(_document: object, pdf: Any, *, within: str) -> None:  # noqa: ANN401 - as below
    tidy_list_items(pdf)
    set_apart(pdf, within)


@cache
def _weasyprint() -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    # Why looked for first: WeasyPrint prints a page of advice on stdout before it fails.
    lacking = [library.name for library in missing_libraries() if library.needed]
    if lacking:
        raise _no_libraries(", ".join(lacking))
    try:
        with without_system_fonts():
            import weasyprint
    except OSError as error:
        raise _no_libraries(str(error).splitlines()[0]) from None
    _adapt()
    return weasyprint


@cache
def _adapt() -> None:
    """Take from WeasyPrint what no page of ours needs: more than two fifths of the work."""
    draw_charts()
    find_unset_at_once()
    keep_lines()
    keep_pictures_packed()
    place_lines_sooner()
    write_streams_sooner()
    remember_of_styles()


def _no_libraries(which: str) -> MachineError:
    return MachineError(
        f"PDFs need native libraries that are missing: {which}", hint=pango_remedy()
    )


@cache
def _fonts() -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    with without_system_fonts():
        fonts = FontConfiguration()
    with _errors_in_log() as errors:
        add_faces(fonts)
    if errors:
        raise RenderFailed(f"the typefaces cannot be used: {errors[0]}")
    return fonts


@cache
def _styles(look: Look) -> Any:  # noqa: ANN401 - as above
    with _errors_in_log() as errors:
        styles = _weasyprint().CSS(
            string=paper_css(look), url_fetcher=data_alone(), media_type="print"
        )
    if errors:
        raise RenderFailed(f"the stylesheets cannot be used: {errors[0]}")
    return styles


@cache
def _add_face(fonts: Any, face: Typeface) -> None:  # noqa: ANN401 - WeasyPrint ships no types
    """Let pages from now on use one more typeface, which stands in for none of the others."""
    add_faces(fonts, (face,))


@cache
def _loose() -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """What pages have not that are bound later."""
    css = stylesheets.stylesheet(stylesheets.LOOSE)
    return _weasyprint().CSS(string=css, url_fetcher=data_alone(), media_type="print")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No garbage collection meanwhile.

    Why: the boxes of a page all live until it is written, and looking through them again and
    again for garbage takes a tenth of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _ErrorRecords(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(level=logging.ERROR)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())


@contextmanager
def _errors_in_log() -> Iterator[list[str]]:
    """What WeasyPrint logs as an error: a picture left out, a drawing that it cannot read."""
    log = logging.getLogger("weasyprint")
    messages: list[str] = []
    handler = _ErrorRecords(messages)
    propagated = log.propagate
    log.addHandler(handler)
    log.propagate = False
    try:
        yield messages
    finally:
        log.removeHandler(handler)
        log.propagate = propagated
