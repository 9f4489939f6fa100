"""Free text as HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.render import prose as module
from casebook.render.prose import Citations, line, plain, prose

CITATIONS = Citations(("smith2014", "lee2020"), "case-1-")

_KNOWN_TAGS = {
    "p", "em", "strong", "ul", "ol", "li", "blockquote", "pre", "code", "br", "hr", "a",
}  # fmt: skip


class Tags(HTMLParser):
    """Collects the tags and link targets of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.targets.extend(value or "" for key, value in attrs if key == "href")


def test_paragraphs_emphasis_and_lists_become_html() -> None:
    assert prose("One *two*\n\n- three") == (
        "<p>One <em>two</em></p>\n<ul>\n<li>three</li>\n</ul>\n"
    )


def test_raw_html_stays_text() -> None:
    assert "&lt;script&gt;" in prose("<script>alert(1)</script>")


def test_a_picture_in_a_text_is_not_fetched() -> None:
    assert "<img" not in prose("![x](https://example.org/x.png)")


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"]
)
def test_a_link_to_anything_but_the_web_stays_text(target: str) -> None:
    assert "<a" not in prose(f"[x]({target})")


def test_a_link_to_the_web_is_a_link_with_plain_words() -> None:
    assert prose("[a *b* `c`](https://example.org)") == (
        '<p><a href="https://example.org">a b c</a></p>\n'
    )


@pytest.mark.parametrize("words", ["", " "])
def test_a_link_without_words_shows_its_address(words: str) -> None:
    """A link that says nothing could neither be seen nor read aloud."""
    html = prose(f"See [{words}](https://example.org/a).")
    shown = "".join(html.partition('">')[2].partition("</a>")[0].split())
    assert shown == "https://example.org/a"


def test_a_heading_in_a_text_becomes_a_bold_paragraph() -> None:
    assert prose("# Big") == '<p class="text-heading">Big</p>\n'
    assert prose("Big\n===") == '<p class="text-heading">Big</p>\n'


@pytest.mark.parametrize("spelt", ["&#12;", "&#xD;", "&#x2028;", "&#8233;", "&#xFEFF;"])
def test_a_control_character_that_a_text_spells_becomes_a_space(spelt: str) -> None:
    assert prose(f"a{spelt}*b{spelt}*") == "<p>a <em>b </em></p>\n"
    assert plain(f"a{spelt}b") == "a b"


@pytest.mark.parametrize(
    "text, opening",
    [
        ("שלום עולם", '<p dir="rtl">'),
        ("ألم *في* الظهر (Oswestry 38)", '<p dir="rtl">'),
        ("- שלום\n- three", "<ul>"),
        ("- שלום עולם\n- two", '<ul dir="rtl">'),
        ("> שלום", '<blockquote dir="rtl">'),
        ("# שלום", '<p class="text-heading" dir="rtl">'),
        ("Mostly Latin with שלום.", "<p>"),
        ("漢字 123", "<p>"),
        ("123", "<p>"),
    ],
)
def test_a_block_mainly_from_right_to_left_says_so(text: str, opening: str) -> None:
    """Four letters against five leave it as it is; eight against three turn it."""
    found = prose(text)
    assert found.startswith(opening)
    assert found.count("dir=") == opening.count("dir=")


def test_each_block_has_its_own_direction() -> None:
    assert [line[:13] for line in prose("שלום\n\nword\n\nשלום").splitlines()] == [
        '<p dir="rtl">', "<p>word</p>", '<p dir="rtl">'
    ]  # fmt: skip


def test_a_citation_becomes_its_number_and_leads_to_the_list() -> None:
    assert prose("Known [@lee2020].", CITATIONS) == (
        '<p>Known [<a class="cite" href="#case-1-ref-lee2020">2</a>].</p>\n'
    )


def test_several_citations_share_one_bracket() -> None:
    html = prose("[@smith2014; @lee2020]", CITATIONS)
    assert [*Tags(html).targets] == ["#case-1-ref-smith2014", "#case-1-ref-lee2020"]
    assert html.count("[") == 1


def test_a_citation_of_nothing_in_the_list_stays_as_written() -> None:
    assert prose("[@nobody]", CITATIONS) == "<p>[@nobody]</p>\n"
    assert prose("[@smith2014; @nobody]", CITATIONS) == "<p>[@smith2014; @nobody]</p>\n"


def test_a_citation_without_any_list_stays_as_written() -> None:
    assert prose("[@smith2014]") == "<p>[@smith2014]</p>\n"


def test_one_line_has_no_paragraph_around_it() -> None:
    assert line("a *b* <i>") == "a <em>b</em> &lt;i&gt;"


def test_nothing_is_nothing() -> None:
    assert prose(None) == line(None) == plain(None) == ""


def test_plain_words_have_no_markup_and_no_citations() -> None:
    assert plain("A *dull* ache\n[@smith2014].\n\n- and `more`") == "A dull ache . and more"


@given(st.text(max_size=300))
def test_any_text_gives_only_tags_that_are_expected_and_links_to_the_web(text: str) -> None:
    found = Tags(prose(text, CITATIONS))
    assert found.tags <= _KNOWN_TAGS
    assert all(target.lower().startswith(("http://", "https://", "#")) for target in found.targets)


def test_a_word_that_never_ends_may_be_broken_anywhere() -> None:
    """Every 200 letters; a space that holds words together ends no word."""
    for word in ("x" * 450, "\u00a0".join("a" * 225), "_a" * 225):
        assert prose(word).replace("\u200b", "") == f"<p>{word}</p>\n"
        assert prose(word).count("\u200b") == 2
        assert prose(f"`{word}`").count("\u200b") == 2
    assert "\u200b" not in prose("x" * 199 + " " + "y" * 199)
    assert "\u200b" not in prose("漢" * 450)


def test_a_text_that_stands_on_two_pages_is_read_once_and_leads_to_each_page_s_own_list() -> None:
    """Only the anchors differ; no text can spell the mark that stands in their place."""
    text = "Once \0 read [@lee2020], &#0; and again."
    before = module._html.cache_info().misses
    first = prose(text, CITATIONS)
    second = prose(text, Citations(CITATIONS.keys, 'case-2"-'))
    assert module._html.cache_info().misses == before + 1
    assert Tags(first).targets == ["#case-1-ref-lee2020"]
    assert Tags(second).targets == ['#case-2"-ref-lee2020']
    assert first.count("case-1-") == 1
    assert "\0" not in first
    assert line(text, CITATIONS) == str(first).removeprefix("<p>").removesuffix("</p>\n")
