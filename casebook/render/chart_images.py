"""Charts on paper as images: whole in themselves, with their words as text alternative.

Why not inside the page, as on a screen: the reader of a page takes as long for a chart's markup as
for all words around it, and an image's text alternative is read as one.
"""

import re
from html import escape, unescape
from typing import Final

_CHART: Final = re.compile(r"<svg [^>]*>.*?</svg>", re.DOTALL)
_WORDS: Final = re.compile(r"<title>(.*?)</title><desc>(.*?)</desc>", re.DOTALL)
_SCHEME: Final = "casebook-chart:"
_KIND: Final = "image/svg+xml"


def charts_apart(page: str) -> tuple[str, dict[str, tuple[str, bytes]]]:
    """The page with each chart as an image, and by their addresses the charts.

    Why not by ``data:`` addresses: a message about a chart would hold all that the chart says.
    """
    charts: dict[str, tuple[str, bytes]] = {}

    def image(found: re.Match[str]) -> str:
        address = f"{_SCHEME}{len(charts)}"
        charts[address] = (_KIND, found[0].encode())
        words = _WORDS.search(found[0])
        said = ". ".join(unescape(each) for each in words.groups() if each) if words else ""
        return f'<img class="chart" alt="{escape(said)}" src="{address}">'

    return _CHART.sub(image, page), charts
