"""Pictures that stand in a PDF as they were packed."""

import base64
import io
import re
from datetime import date
from typing import Any

import pikepdf
import pytest
from PIL import Image

from casebook.render.document import Document, RenderFailed
from casebook.render.packed_pictures import packed_pixels
from casebook.render.press import document_pdf

RAMP = Image.linear_gradient("L").resize((40, 30))
SHADES = RAMP.quantize(200)
COLOURS = Image.merge("RGB", (RAMP, RAMP.rotate(180), RAMP.point(lambda grey: 255 - grey)))
SEEN_THROUGH = COLOURS.copy()
SEEN_THROUGH.putalpha(RAMP)


def png(picture: Image.Image, **how: Any) -> bytes:  # noqa: ANN401 - Pillow's options
    out = io.BytesIO()
    picture.save(out, "PNG", **how)
    return out.getvalue()


def page(picture: bytes) -> bytes:
    address = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    body = f'<h1>x</h1><p><img alt="a" src="{address}"></p>'
    return document_pdf(Document("T", "", "", (), "T", date(2026, 7, 1), body))


def drawn(pdf: pikepdf.Pdf) -> list[Any]:
    """The pictures of the first page, as the PDF holds them."""
    return list(pdf.pages[0].obj.Resources.XObject.values())


@pytest.mark.parametrize(
    "picture",
    [
        RAMP, COLOURS, SHADES, COLOURS.quantize(2), COLOURS.quantize(4), COLOURS.quantize(16),
        COLOURS.quantize(256),
    ],
    ids=["grey", "colours", "200 of a palette", "2", "4", "16", "256"],
)  # fmt: skip
def test_pixels_stand_in_the_pdf_as_they_were_packed(picture: Image.Image) -> None:
    content = png(picture)
    pixels = packed_pixels(content)
    assert pixels is not None
    with pikepdf.open(io.BytesIO(page(content))) as pdf:
        (held,) = drawn(pdf)
        assert held.read_raw_bytes() == pixels.content
        seen = pikepdf.PdfImage(held).as_pil_image()
    assert seen.convert("RGB").tobytes() == picture.convert("RGB").tobytes()


@pytest.mark.parametrize(
    "content",
    [
        png(SEEN_THROUGH),
        png(SHADES, transparency=3),
        png(RAMP.point(lambda grey: grey > 100, "1")),
        png(Image.new("I;16", (4, 3), 999)),
        png(SHADES).replace(b"PLTE", b"zzzz"),
        b"\xff\xd8\xff\xe0 a JPEG",
    ],
    ids=[
        "lets light through",
        "one colour does",
        "one bit of grey",
        "sixteen bits",
        "no palette",
        "no PNG",
    ],
)
def test_what_a_pdf_holds_otherwise_is_packed_anew(content: bytes) -> None:
    assert packed_pixels(content) is None


def test_an_interlaced_picture_is_packed_anew() -> None:
    """Pillow writes none: the mark that says so is set by hand."""
    content = bytearray(png(RAMP))
    content[28] = 1
    assert packed_pixels(bytes(content)) is None


def test_what_lets_light_through_is_shown_so() -> None:
    with pikepdf.open(io.BytesIO(page(png(SEEN_THROUGH)))) as pdf:
        (held,) = drawn(pdf)
        assert held.SMask.Width == SEEN_THROUGH.width


@pytest.mark.parametrize("length", [9, 20, 30])
def test_a_picture_that_ends_too_soon_is_told_of(length: int) -> None:
    content = png(RAMP)[:length]
    assert packed_pixels(content) is None
    with pytest.raises(RenderFailed, match="a part of the page could not be drawn"):
        page(content)


def test_only_a_whole_picture_is_taken_as_it_is() -> None:
    """Cut anywhere it is not; what stands behind its end does no harm."""
    content = png(SHADES)
    assert not [cut for cut in range(len(content)) if packed_pixels(content[:cut])]
    assert packed_pixels(content + b"abc") == packed_pixels(content)


def test_a_picture_twice_on_a_page_is_in_the_file_once() -> None:
    address = f"data:image/png;base64,{base64.b64encode(png(SHADES)).decode()}"
    body = f'<h1>x</h1><p><img alt="a" src="{address}"> <img alt="b" src="{address}"></p>'
    content = document_pdf(Document("T", "", "", (), "T", date(2026, 7, 1), body))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(drawn(pdf)) == 1
        steps = pdf.pages[0].obj.Contents.read_bytes()
    assert len(re.findall(rb"/i\w+ Do", steps)) == 2
