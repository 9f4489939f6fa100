"""A page as WeasyPrint sets it."""

from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from casebook.render import paper
from casebook.render.document import Document
from casebook.render.html import page
from casebook.render.press import document_pdf
from casebook.render.prose import prose

EVERYTHING = f"""
<article class="piece" id="a"><header class="title-block">
<h1 data-running="One &amp; &quot;two&quot; &gt; three">One</h1></header>
<p class="text">Words<br>and <b>more</b>, <i>of</i> <span class="quiet">others</span>.</p>
{prose("# Head" + chr(10) + chr(10) + "Some *words*, **more** and `code`.")}
{prose("1. one" + chr(10) + "2. two" + chr(10) + "   - deep" + chr(10) + "     - deeper")}
{prose("> said" + chr(10) + chr(10) + "---" + chr(10) + chr(10) + "- a [link](https://example.org)")}
{prose("    a block" + chr(10) + "      of code")}
<h2 id="b" data-running="Two">Two</h2>
<table><colgroup><col style="width: 40%"><col style="width: 60%"></colgroup>
<thead><tr><th scope="col">H</th><th scope="col">I</th></tr></thead>
<tbody><tr><th scope="row">1</th><td><p>2</p></td></tr></tbody></table>
<h3>Three</h3><figure class="picture"><figcaption class="caption">Words</figcaption></figure>
<p dir="rtl">שלום</p><ul dir="rtl"><li>אחד</li></ul>
</article>
"""

DOCUMENT = Document("T", "R", "", (), "D", date(2026, 7, 1), EVERYTHING)


def read_as_html(text: str) -> ET.Element:
    from weasyprint import HTML

    root: ET.Element = HTML(string=text).etree_element
    return root


def in_order(tree: ET.Element) -> list[tuple[str, dict[str, str], str, str]]:
    """Each element of a page's body, with the words in it and after it."""
    body = tree.find("body")
    assert body is not None
    return [(e.tag, dict(e.attrib), e.text or "", (e.tail or "").rstrip()) for e in body.iter()]


def test_a_page_reads_as_xml_as_a_browser_reads_it() -> None:
    text = page(DOCUMENT)
    found = in_order(paper.tree_of(text))
    assert len(found) > 40
    assert found == in_order(read_as_html(text))


def test_what_no_xml_may_hold_stands_as_its_code() -> None:
    tree = paper.tree_of('<html><body><p title="a\x01">b\ufffe</p></body></html>')
    (found,) = tree.iter("p")
    assert (found.get("title"), found.text) == ("a[U+0001]", "b[U+FFFE]")


def test_what_is_nested_beyond_reason_is_refused_before_it_is_dressed() -> None:
    for depth in (100, 30_000):
        text = f"<html><body>{'<b>' * depth}{'</b>' * depth}</body></html>"
        if depth == 100:
            assert len(list(paper.tree_of(text).iter("b"))) == depth
        else:
            with pytest.raises(RecursionError):
                paper.tree_of(text)


def test_the_plain_sheet_dresses_a_page_as_weasyprint_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte, with an element of every kind that pages have."""
    ours = document_pdf(DOCUMENT)
    from weasyprint import HTML

    asked = []

    def theirs(_self: object, forms: object = None) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
        asked.append(forms)
        return HTML._ua_stylesheets(_self, forms)

    monkeypatch.setattr(paper._paper(), "_ua_stylesheets", theirs)
    assert document_pdf(DOCUMENT) == ours
    assert asked


def test_the_plain_sheet_is_used() -> None:
    """Other words give another file: the comparison above compares something."""
    assert document_pdf(replace(DOCUMENT, body="<h1>x</h1>")) != document_pdf(DOCUMENT)
