"""A candidate's free text as HTML: CommonMark with citations, and nothing that could surprise.

Raw HTML stays text, pictures are not fetched, links lead to http and https alone, and a heading
inside a text becomes a paragraph in bold: the headings of the page belong to the page.
"""

import re
import unicodedata
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

_CITATION = re.compile(r"\[@([a-z0-9._-]+(?:\s*[;,]\s*@[a-z0-9._-]+)*)\]")
_SEPARATOR = re.compile(r"\s*[;,]\s*@")
_WEB_LINK = re.compile(r"https?://", re.IGNORECASE)
# Files hold none of these, but a text can spell them: &#12; is a form feed.
_CONTROL = re.compile("[\r\f\u2028\u2029\ufeff]")
_ENDLESS = 200
# Why: WeasyPrint takes minutes for thousands of letters without a place to break them. Scripts
# that are written without spaces are broken between their letters.
_UNBROKEN = re.compile(
    f"[^ \t\n\xad\u200b\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff]{{{_ENDLESS}}}"
)
_MAY_BREAK = "\u200b"
_PREFIX = "\0"
"""No text comes out with it: CommonMark has another character written in its place."""
_KEPT = 4_000
"""Texts of a portfolio; four million bytes, which is all it may have, become 24 at most."""


@dataclass(frozen=True, slots=True)
class Citations:
    """The reference list as a text sees it: each key's number, in the list's order.

    Attributes:
        keys: The references' ids, in the order of the list; the first is number 1.
        prefix: Begins the anchors, so that two case studies may share one page.
    """

    keys: tuple[str, ...] = ()
    prefix: str = ""
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {key: index for index, key in enumerate(self.keys, start=1)}
        object.__setattr__(self, "_numbers", numbers)

    def number(self, key: str) -> int | None:
        """The reference's number, or None for a key that is not in the list."""
        return self._numbers.get(key)

    def anchor(self, key: str) -> str:
        """The id of the reference's place on the page."""
        return f"{self.prefix}ref-{key}"


NO_CITATIONS = Citations()


def prose(text: str | None, citations: Citations = NO_CITATIONS) -> Markup:
    """A text's paragraphs and lists as HTML; empty for None.

    ``[@key]`` and ``[@one; @two]`` become numbers that lead to the reference list. A key that the
    list lacks stays as it was written: a check says so, a page does not guess.
    """
    return _marked_up(text, citations, inline=False)


def line(text: str | None, citations: Citations = NO_CITATIONS) -> Markup:
    """Emphasis, links and citations of one line, without a paragraph around it."""
    return _marked_up(text, citations, inline=True)


def _marked_up(text: str | None, citations: Citations, *, inline: bool) -> Markup:
    if text is None:
        return Markup()
    html = _html(text, citations.keys, inline=inline)
    return Markup(html.replace(_PREFIX, escape(citations.prefix)))  # noqa: S704 - see module


@lru_cache(maxsize=_KEPT)
def _html(text: str, keys: tuple[str, ...], *, inline: bool) -> str:
    """A text as HTML, with a mark in place of the prefix of anchors.

    Why kept: a text stands on its own page and in the packet, and to read it is dear.
    """
    env = {"citations": Citations(keys, _PREFIX)}
    parser = _commonmark()
    return str(parser.renderInline(text, env) if inline else parser.render(text, env))


def plain(text: str | None) -> str:
    """A text's words alone, for places that hold no markup; citations fall away."""
    if text is None:
        return ""
    words: list[str] = []
    for block in _commonmark().parse(text, {"citations": NO_CITATIONS, "plain": True}):
        if block.type == "inline":
            words.extend(
                " " if token.type in {"softbreak", "hardbreak"} else token.content
                for token in block.children or ()
                if token.type != "citation"
            )
            words.append(" ")
    return " ".join("".join(words).split())


@cache
def _commonmark() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    # Why the method is replaced: markdown-it-py reads it from the instance by design.
    parser.validateLink = _leads_to_the_web  # type: ignore[method-assign]  # markdown-it's own way to set it
    parser.inline.ruler.before("link", "citation", _read_citation)
    parser.core.ruler.push("plain_link_text", _flatten_links)
    parser.core.ruler.push("seen_characters", _blank_controls)
    parser.core.ruler.push("endless_words", _break_endless_words)
    parser.core.ruler.push("direction", _turn_right_to_left)
    parser.add_render_rule("citation", _write_citation)
    parser.add_render_rule("heading_open", _write_heading_open)
    parser.add_render_rule("heading_close", _write_heading_close)
    return parser


def _leads_to_the_web(url: str) -> bool:
    return _WEB_LINK.match(url) is not None


def _read_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's form
    found = _CITATION.match(state.src, state.pos)
    if found is None:
        return False
    citations: Citations = state.env["citations"]
    keys = _SEPARATOR.split(found[1])
    known = all(citations.number(key) is not None for key in keys)
    if not known and not state.env.get("plain"):
        return False
    if not silent:
        state.push("citation", "", 0).meta["keys"] = keys
    state.pos = found.end()
    return True


def _write_citation(
    _renderer: RendererProtocol,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    citations: Citations = env["citations"]
    links = ", ".join(
        f'<a class="cite" href="#{escape(citations.anchor(key))}">{citations.number(key)}</a>'
        for key in tokens[index].meta["keys"]
    )
    return f"[{links}]"


def _write_heading_open(
    _renderer: RendererProtocol, tokens: Sequence[Token], index: int, *_: object
) -> str:
    direction = ' dir="rtl"' if tokens[index].attrGet("dir") else ""
    return f'<p class="text-heading"{direction}>'


def _write_heading_close(*_: object) -> str:
    return "</p>\n"


def _flatten_links(state: StateCore) -> None:
    """Leave only words inside a link: PDF/UA readers stumble over elements nested in links."""
    for block in state.tokens:
        if block.children:
            block.children = list(_with_plain_links(block.children))


def _with_plain_links(tokens: Iterable[Token]) -> Iterable[Token]:
    """The same with words alone in each link, its address where it has none."""
    opening: Token | None = None
    words = ""
    for token in tokens:
        if token.type == "link_open":
            opening, words = token, ""
        elif token.type == "link_close" and opening is not None:
            if not words.strip():
                yield Token("text", "", 0, content=str(opening.attrGet("href")))
            opening = None
        elif opening is not None:
            if token.type == "code_inline":
                token.type = "text"
            elif token.type not in {"text", "text_special", "softbreak"}:
                continue
            words += token.content
        yield token


def _blank_controls(state: StateCore) -> None:
    """Leave a space where a text spells a character that no typeface draws."""
    for block in state.tokens:
        for token in block.children or ():
            token.content = _CONTROL.sub(" ", token.content)


def _break_endless_words(state: StateCore) -> None:
    """Let a word of hundreds of letters be broken, which nobody has written in earnest."""
    for block in state.tokens:
        for token in (block, *(block.children or ())):
            # Why asked first: it takes a tenth of the time.
            if token.type != "inline" and any(map(_is_endless, token.content.split(" "))):
                token.content = _UNBROKEN.sub(rf"\g<0>{_MAY_BREAK}", token.content)


def _is_endless(word: str) -> bool:
    return len(word) >= _ENDLESS


def _turn_right_to_left(state: StateCore) -> None:
    """Say of each outer block that is mainly in Arabic, Hebrew or their like where it begins.

    Why not left to the browser: WeasyPrint does not look into the text for it.
    """
    opening: Token | None = None
    words: list[str] = []
    for token in state.tokens:
        if token.level == 0 and token.nesting == 1:
            opening, words = token, []
        words.extend(child.content for child in token.children or () if child.type == "text")
        if opening and token.level == 0 and token.nesting == -1 and runs_right_to_left(words):
            opening.attrSet("dir", "rtl")


def runs_right_to_left(words: Iterable[str]) -> bool:
    """Whether more letters run to the left than to the right (Unicode's bidirectional classes)."""
    balance = 0
    for each in words:
        if not each.isascii():
            classes = [unicodedata.bidirectional(letter) for letter in each]
            balance += sum(map(classes.count, ("R", "AL"))) - classes.count("L")
        else:
            balance -= sum(map(str.isalpha, each))
    return balance > 0
