"""Whether two renderings set the same words."""

import io
import re
from collections import Counter
from html import unescape
from typing import Final

from pikepdf import Pdf

from casebook.render.document import Document

_MARKUP: Final = re.compile(r"<(style|head)\b.*?</\1>|<[^>]*>", re.DOTALL)
_WORD: Final = re.compile(r"[\w%°]+")


def missing_words(packet: Document, html: str) -> Counter[str]:
    """Words of the packet that a rendering has less often than it."""
    return _counted(packet.text) - _counted(html)


def added_words(packet: Document, html: str) -> Counter[str]:
    """Words that a rendering has more often than the packet, such as the heads of columns."""
    return _counted(html) - _counted(packet.text)


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def cells(html: str) -> int:
    """How many table cells a text has."""
    return len(re.findall(r"<t[dh]\b", html))


def _counted(html: str) -> Counter[str]:
    return Counter(_WORD.findall(unescape(_MARKUP.sub(" ", html))))
