"""What a body's headings say of it: the contents that stand beside the text on a screen.

Why read from the finished body: whatever a template sets is found, in the words and the language
it is set in, and no view has to say it a second time.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

_PIECE: Final = "piece"
_HEADINGS: Final = re.compile(rf"<(h[12])\b.*?</\1>|<[^<>]*\b{_PIECE}\b[^<>]*>", re.DOTALL)
"""All of a body that says where its parts begin: a hundredth of it.

Why an expression suffices: the tags are our templates' own, and what others wrote stands between
them with its signs escaped.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading that a link can lead to, with the headings below it.

    Attributes:
        anchor: The id the link names.
        words: The heading's text.
    """

    anchor: str
    words: str
    parts: tuple["Entry", ...] = ()


def outline(body: str) -> tuple[Entry, ...]:
    """The pieces of a body with their sections, in the order of the text.

    A piece is what its ``h1`` names, under the heading's own id or that of the piece around it;
    a section is an ``h2`` with an id. A heading without an address is left out.
    """
    reader = _Headings()
    # Why not the whole of it: that takes as long as all else that makes a page for a browser.
    reader.feed("".join(each[0] for each in _HEADINGS.finditer(body)))
    reader.close()
    entries: list[Entry] = []
    sections: list[Entry] = []
    for level, entry in reversed(reader.found):
        if level == 1:
            entries.append(Entry(entry.anchor, entry.words, tuple(reversed(sections))))
            sections = []
        else:
            sections.append(entry)
    # Sections before the first piece that can be named stand for themselves.
    entries.extend(sections)
    return tuple(reversed(entries))


class _Headings(HTMLParser):
    """Collects the h1 and h2 that have an address, each with its level."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, Entry]] = []
        self._piece = ""
        self._level = 0
        self._anchor = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        own = named.get("id") or ""
        if _PIECE in (named.get("class") or "").split():
            self._piece = own
        if tag in {"h1", "h2"}:
            self._level = int(tag[1])
            self._anchor = own or (self._piece if tag == "h1" else "")
            self._words = []

    def handle_data(self, data: str) -> None:
        if self._level:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._level and tag == f"h{self._level}":
            self._keep()

    def _keep(self) -> None:
        words = " ".join("".join(self._words).split())
        if self._anchor and words:
            self.found.append((self._level, Entry(self._anchor, words)))
        self._level = 0
