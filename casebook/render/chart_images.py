"""Charts on paper as images: whole in themselves, with their words as text alternative.

Why not inside the page, as on a screen: the reader of HTML takes as long for a chart's markup as
for all words around it, and an image's text alternative is read as one.
"""

import base64
import re
from html import escape, unescape
from typing import Final

_CHART: Final = re.compile(r"<svg [^>]*>.*?</svg>", re.DOTALL)
_WORDS: Final = re.compile(r"<title>(.*?)</title><desc>(.*?)</desc>", re.DOTALL)


def with_chart_images(page: str) -> str:
    """The page with each chart as an image of its own."""
    return _CHART.sub(_image, page)


def _image(found: re.Match[str]) -> str:
    words = _WORDS.search(found[0])
    said = ". ".join(unescape(each) for each in words.groups() if each) if words else ""
    content = base64.b64encode(found[0].encode()).decode("ascii")
    return f'<img class="chart" alt="{escape(said)}" src="data:image/svg+xml;base64,{content}">'
