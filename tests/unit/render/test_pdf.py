"""Documents as PDF."""

import gc
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from casebook.errors import MachineError
from casebook.machine import LIBRARIES
from casebook.render import pdf
from casebook.render.document import Document, RenderFailed
from casebook.render.press import document_pdf
from tests.pdf_streams import unpacked_streams

DOCUMENT = Document(
    title="A title",
    running="Jo",
    author="Jo Példa",
    keywords=("back",),
    description="A case.",
    made_on=date(2026, 7, 1),
    body='<h1 data-running="Hello">Hello ≥ → Ж</h1><p>Some <em>text</em>.</p>',
)


def _unpacked(content: bytes) -> bytes:
    """All that a PDF's compressed streams hold."""
    return b"\n".join(unpacked_streams(content))


@pytest.fixture
def without_libraries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(pdf, "missing_libraries", lambda: LIBRARIES[:2])
    yield
    pdf._weasyprint.cache_clear()


def test_the_same_document_gives_the_same_bytes() -> None:
    assert document_pdf(DOCUMENT) == document_pdf(replace(DOCUMENT))


def test_another_date_gives_other_bytes() -> None:
    later = replace(DOCUMENT, made_on=date(2026, 7, 2))
    assert document_pdf(DOCUMENT) != document_pdf(later)


def test_the_file_is_tagged_and_carries_its_date_and_our_typefaces() -> None:
    content = document_pdf(DOCUMENT)
    assert content.startswith(b"%PDF-")
    content = _unpacked(content)
    assert b"/StructTreeRoot" in content
    assert b"D:20260701" in content
    assert b"Casebook-Serif" in content


@pytest.mark.parametrize(
    "address", ["https://example.org/a.png", "file:///etc/hostname", "http://127.0.0.1/a.png"]
)
def test_a_page_that_asks_for_something_outside_itself_fails(address: str) -> None:
    body = f'<h1>x</h1><img alt="x" src="{address}">'
    with pytest.raises(RenderFailed, match="outside itself"):
        document_pdf(replace(DOCUMENT, body=body))


def test_a_broken_picture_fails_instead_of_leaving_a_hole() -> None:
    body = '<h1>x</h1><img alt="x" src="data:image/png;base64,iVBORw0KGgo=">'
    with pytest.raises(RenderFailed, match="could not be drawn"):
        document_pdf(replace(DOCUMENT, body=body))


def test_a_failure_leaves_the_next_document_unharmed() -> None:
    broken = replace(DOCUMENT, body='<h1>x</h1><img alt="x" src="file:///nothing">')
    with pytest.raises(RenderFailed):
        document_pdf(broken)
    assert document_pdf(DOCUMENT).startswith(b"%PDF-")
    assert gc.isenabled()
    assert logging.getLogger("weasyprint").propagate


@pytest.mark.usefixtures("without_libraries")
def test_missing_libraries_end_with_the_line_that_installs_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(MachineError, match="GObject, Pango") as caught:
        document_pdf(DOCUMENT)
    assert caught.value.exit_code == 3
    assert caught.value.hint
    assert capsys.readouterr().out == ""


def test_libraries_that_fail_late_end_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(pdf, "missing_libraries", tuple)

    class Refusing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango'\nand more")

    kept = {n: m for n, m in sys.modules.items() if n.partition(".")[0] == "weasyprint"}
    for name in kept:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    with pytest.raises(MachineError, match=r"cannot load library 'libpango'$"):
        pdf._weasyprint()
    pdf._weasyprint.cache_clear()


def test_a_library_that_only_makes_things_quicker_may_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pdf._weasyprint.cache_clear()
    dispensable = tuple(library for library in LIBRARIES if not library.needed)
    assert dispensable
    monkeypatch.setattr(pdf, "missing_libraries", lambda: dispensable)
    assert pdf._weasyprint() is not None
    pdf._weasyprint.cache_clear()
