"""Text as it can be printed: what no typeface has stands as its code, in sight of the reader.

Why not a box: nobody can tell what a box stood for, and PDF/A forbids the glyph that draws it.
Why in HTML too, where a browser may find a font of its own: both forms of a document say the same.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from casebook.characters import shown
from casebook.domain.work.repertoire import code_of, composed, in_xml
from casebook.render.document import Document
from casebook.source.repertoire import load_repertoire

_SHOWN_ATTRIBUTE: Final = re.compile(r'(?<=\sdata-running=")[^"]*')
"""Attributes are read aloud or followed, not printed, but for the words of the running heads."""


def printable(document: Document) -> Document:
    """The document with codes for what no typeface has or no reader would see: "[U+13080]"."""
    document = _storable(document)
    body, running = _in_order(composed(document.body)), shown(composed(document.running))
    lacking = load_repertoire().lacking(f"{body}{running}")
    if lacking:
        in_markup, in_text = _replacing(lacking)
        body, running = in_markup(body), in_text(running)
    if body is document.body and running is document.running:
        return document
    return replace(document, body=body, running=running)


def _in_order(markup: str) -> str:
    """Markup whose words nothing turns round; each stretch between two tags stands for itself."""
    if markup.isascii():
        return markup
    words, *tags = markup.split("<")
    pieces = [shown(words)]
    for each in tags:
        tag, end, words = each.partition(">")
        if "data-running" in tag:
            tag = _SHOWN_ATTRIBUTE.sub(lambda found: shown(found[0]), tag)
        pieces.append(f"{tag}{end}{words if words.isascii() else shown(words)}")
    in_order = "<".join(pieces)
    return markup if in_order == markup else in_order


def _storable(document: Document) -> Document:
    """The document with properties that its metadata, which are XML, can hold in any script."""
    stored = replace(
        document,
        title=in_xml(composed(document.title)),
        author=in_xml(composed(document.author)),
        keywords=tuple(in_xml(composed(each)) for each in document.keywords),
        description=in_xml(composed(document.description)),
    )
    return document if stored == document else stored


def _replacing(lacking: tuple[str, ...]) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Two functions that put codes for characters: into markup, and into words alone."""
    codes = {ord(each): f"[{code_of(each)}]" for each in lacking}
    tag_or_lacking = re.compile(f"<[^>]*>|[{re.escape(''.join(lacking))}]")

    def in_text(words: str) -> str:
        return words.translate(codes)

    def of(found: re.Match[str]) -> str:
        if found[0].startswith("<"):
            return _SHOWN_ATTRIBUTE.sub(lambda words: in_text(words[0]), found[0])
        return in_text(found[0])

    return lambda markup: tag_or_lacking.sub(of, markup), in_text
