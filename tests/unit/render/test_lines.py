"""Lines that are drawn as they were measured, and packed soon."""

import re
import zlib
from datetime import date
from typing import Any

import pytest

from casebook.render.document import Document
from casebook.render.press import document_pdf


def drawn(body: str) -> list[bytes]:
    """The stretches of letters that a page shows, each from bracket to bracket."""
    content = document_pdf(Document("T", "", "", (), "T", date(2026, 7, 1), f"<h1>x</h1>{body}"))
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    texts = [zlib.decompressobj().decompress(each) for each in packed if each[:1] == b"x"]
    (page,) = (each for each in texts if each.startswith(b"1 0 0 -1 "))
    return re.findall(rb"\[(.*)\] TJ", page)


def letters(shown: bytes) -> int:
    """How many letters are shown: four digits each."""
    return sum(len(each) for each in re.findall(rb"<([0-9a-f]*)>", shown)) // 4


def test_a_line_is_set_once_and_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not again when it is drawn: as many layouts are made for it as without drawing."""
    from weasyprint.text.line_break import Layout

    made: list[Any] = []
    setup = Layout.setup

    def count(layout: Any, style: object) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        made.append(layout)
        setup(layout, style)

    monkeypatch.setattr(Layout, "setup", count)
    shown = drawn("<p>seven words</p>")
    assert len("seven words") in map(letters, shown)
    texts = [layout.text for layout in made if layout.text.strip()]
    assert texts.count("seven words") == 1


def test_lines_of_code_stay_apart() -> None:
    shown = drawn("<pre><code>one\ntwo 2\n\tthree</code></pre>")
    assert [letters(each) for each in shown[1:4]] == [3, 5, 5]


def test_letters_at_their_usual_distance_are_one_string() -> None:
    shown = drawn("<p>iiii nnnn</p>")
    assert shown
    assert not [each for each in shown if b">0<" in each]
