"""A page as WeasyPrint sets it: read as XML, over a plain sheet of ours.

Why as XML: our markup is closed everywhere but for the empty elements of HTML, and the reader of
XML takes a twentieth of the time that the reader of HTML takes, which mends what anybody wrote.
"""

import re
import sys
from functools import cache
from typing import Any, Final
from xml.etree import ElementTree as ET

from casebook.domain.work.repertoire import in_xml
from casebook.render.fetchers import data_alone
from casebook.render.stylesheets import PLAIN, stylesheet

_EMPTY: Final = re.compile(r"<((?:br|col|hr|img|meta)\b[^>]*?)/?>")
"""Elements that HTML never closes; what an attribute holds has no such signs, but their names."""


def tree_of(page: str) -> ET.Element:
    """The elements of a page, as a browser's reader of HTML finds them.

    Args:
        page: The whole page, with every element closed that HTML closes.

    Raises:
        RecursionError: It is nested more deeply than WeasyPrint can follow. Why asked here: styles
            for all of it would be worked out first, and take hundreds of megabytes.
    """
    # Why not a hardened parser: the markup is ours; what others wrote stands in it as text.
    tree = ET.fromstring(_EMPTY.sub(r"<\1/>", in_xml(page)))  # noqa: S314
    level, deepest = [tree], sys.getrecursionlimit()
    while level and deepest:
        level = [child for each in level for child in each]
        deepest -= 1
    if level:
        raise RecursionError
    return tree


def paper(page: str, fetcher: Any) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """A page to be rendered.

    Args:
        page: As above.
        fetcher: What hands out the page's pictures.
    """
    return _paper()(tree_of(page), fetcher)


@cache
def _paper() -> Any:  # noqa: ANN401 - as above
    from weasyprint import HTML, cssselect2

    class Paper(HTML):  # type: ignore[misc]  # WeasyPrint ships no types
        def __init__(self, tree: ET.Element, fetcher: object) -> None:
            # Why not the parent's: it reads HTML, and knows no other way.
            self.base_url = None
            self.url_fetcher = fetcher
            self.media_type = "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
                tree, content_language=None
            )
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: object = None) -> list[object]:  # noqa: ARG002 - its form
            return [_plain()]

    return Paper


@cache
def _plain() -> Any:  # noqa: ANN401 - as above
    from weasyprint import CSS

    return CSS(string=stylesheet(PLAIN), url_fetcher=data_alone())
