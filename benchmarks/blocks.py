"""A page's HTML as a plain list of blocks, for renderers that read no HTML.

Headings, paragraphs, tables, drawings and pictures, in their order; of what is inside a paragraph
only the words are kept.
"""

import base64
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

Block = dict[str, Any]

_HEADINGS: Final = {f"h{level}": level for level in range(1, 5)}
_WORDS_OF: Final = frozenset((*_HEADINGS, "p", "li", "figcaption"))
_UNSEEN: Final = frozenset({"style", "title"})


def blocks_of(html: str, folder: Path) -> list[Block]:
    """The blocks of a page; its drawings and pictures are written into a folder.

    Returns:
        Each with its ``kind``: ``heading`` (level, text), ``text``, ``table`` (columns and rows of
        cells, each with text and span), ``picture`` (file, alt).
    """
    reading = _Reading(folder)
    reading.feed(html)
    reading.close()
    return reading.blocks


class _Reading(HTMLParser):
    """What is read so far, in the order of the page."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._folder = folder
        self._words: list[str] = []
        self._rows: list[list[Block]] | None = None
        self._span = 1
        self._drawing: list[str] | None = None
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if self._drawing is not None or tag == "svg":
            self._draw(self.get_starttag_text() or "")
        elif tag == "img":
            self._picture(values)
        elif tag == "br":
            self._words.append(" ")
        elif tag == "table":
            self._end_of_words()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"td", "th"}:
            self._words, self._span = [], int(values.get("colspan", "1"))
        elif tag in _WORDS_OF and self._rows is None:
            self._end_of_words()
        if tag in _UNSEEN:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._drawing is not None:
            self._draw(self.get_starttag_text() or "")
        else:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if self._drawing is not None:
            self._draw(f"</{tag}>")
            if tag == "svg":
                self._end_of_drawing()
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append({"text": self._said(), "span": self._span})
        elif tag == "table" and self._rows:
            columns = max(sum(cell["span"] for cell in row) for row in self._rows)
            self.blocks.append({"kind": "table", "columns": columns, "rows": self._rows})
            self._rows = None
        elif tag in _WORDS_OF and self._rows is None:
            self._end_of_words(_HEADINGS.get(tag))

    def handle_data(self, data: str) -> None:
        if self._drawing is not None:
            self._draw(data.replace("&", "&amp;").replace("<", "&lt;"))
        elif not self._open:
            self._words.append(data)

    def _said(self) -> str:
        said = " ".join("".join(self._words).split())
        self._words = []
        return said

    def _end_of_words(self, level: int | None = None) -> None:
        said = self._said()
        if said and level:
            self.blocks.append({"kind": "heading", "level": level, "text": said})
        elif said:
            self.blocks.append({"kind": "text", "text": said})

    def _draw(self, markup: str) -> None:
        if self._drawing is None:
            if self._rows is None:
                self._end_of_words()
            self._drawing = []
        self._drawing.append(markup)

    def _end_of_drawing(self) -> None:
        content = "".join(self._drawing or ()).encode()
        self._drawing = None
        self._kept(content, "svg", "A chart")

    def _picture(self, values: dict[str, str]) -> None:
        kind, _, packed = values["src"].partition(";base64,")
        self._kept(base64.b64decode(packed), kind.rpartition("/")[2], values.get("alt", ""))

    def _kept(self, content: bytes, ending: str, alt: str) -> None:
        file = f"{len(self.blocks)}.{ending}"
        (self._folder / file).write_bytes(content)
        self.blocks.append({"kind": "picture", "file": file, "alt": alt})
