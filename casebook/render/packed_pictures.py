"""Pictures put into a PDF as they are packed already.

A PNG holds its pixels packed as a PDF may hold them (ISO 32000-1, 7.4.4.4). WeasyPrint decodes and
packs each one anew, and one with a palette twice over, as a picture of all colours.

What else a PNG may tell (how it is to be turned, its size, its colour profile) is not asked for:
pictures of pages were drawn anew before, upright and in a screen's colours (``source.redrawing``).
"""

import struct
from dataclasses import dataclass
from typing import Any, Final

from casebook.source.png_chunks import LAST, SIGNATURE, chunks_of

_HEAD: Final = struct.Struct("!II5B")
"""Width, height, bits, kind of colour; how it is packed and filtered, and if it is interlaced."""
_GREY, _COLOURS, _PALETTE = 0, 2, 3
_CHANNELS: Final = {_GREY: 1, _COLOURS: 3, _PALETTE: 1}
_BITS: Final = {_GREY: (8,), _COLOURS: (8,), _PALETTE: (1, 2, 4, 8)}
_AS_PDF: Final = (0, 0, 0)
"""Packed, filtered and interlaced as a PDF's pixels are."""
_PREDICTOR: Final = 15
"""Each line says itself how it is filtered, as in a PNG."""


@dataclass(frozen=True, slots=True)
class PackedPixels:
    """The pixels of a PNG.

    Attributes:
        width: In pixels.
        height: In pixels.
        bits: Of each channel.
        colour: A kind of colour, as a PNG numbers them.
        palette: The colours, three bytes each, that a pixel's number stands for; may be empty.
        content: All lines, packed.
    """

    width: int
    height: int
    bits: int
    colour: int
    palette: bytes
    content: bytes


def keep_pictures_packed() -> None:
    """Let WeasyPrint take the pictures of pages so from now on."""
    from weasyprint import images

    usual = images.RasterImage
    packed = _packed_picture(usual)

    def take(picture: Any, name: str, content: bytes, *more: Any, **named: Any) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
        pixels = packed_pixels(content)
        if pixels is None:
            return usual(picture, name, content, *more, **named)
        return packed(name, pixels)

    images.RasterImage = take


def packed_pixels(picture: bytes) -> PackedPixels | None:
    """The pixels of a whole PNG as a PDF may hold them; None of all else, which is packed anew."""
    if not picture.startswith(SIGNATURE):
        return None
    parts = [(kind, part) for kind, part, end in chunks_of(picture) if end <= len(picture)]
    held = dict(parts)
    # Why not what lets light through: a PDF holds how much apart from the colours.
    if not {b"IHDR", LAST} <= held.keys() or b"tRNS" in held:
        return None
    width, height, bits, colour, *form = _HEAD.unpack(held[b"IHDR"])
    if tuple(form) != _AS_PDF or bits not in _BITS.get(colour, ()):
        return None
    palette = held.get(b"PLTE", b"") if colour == _PALETTE else b""
    if colour == _PALETTE and not palette:
        return None
    content = b"".join(part for kind, part in parts if kind == b"IDAT")
    return PackedPixels(width, height, bits, colour, palette, content)


def _packed_picture(usual: Any) -> Any:  # noqa: ANN401 - as above
    """The class of pictures that are written as they are, made from WeasyPrint's usual one."""
    from weasyprint.images import pydyf

    class PackedPicture(usual):  # type: ignore[misc]  # as above
        def __init__(self, name: str, pixels: PackedPixels) -> None:
            # Why not the parent's: it decodes.
            self.id = name
            self.width, self.height = pixels.width, pixels.height
            self.ratio = pixels.width / pixels.height
            self._dpi = None
            self._pixels = pixels

        def get_x_object(self, interpolate: bool, _dpi_ratio: float) -> Any:  # noqa: ANN401, FBT001 - the parent's form
            pixels = self._pixels
            told = {
                "Type": "/XObject",
                "Subtype": "/Image",
                "Width": pixels.width,
                "Height": pixels.height,
                "ColorSpace": _colours(pixels),
                "BitsPerComponent": pixels.bits,
                "Interpolate": "true" if interpolate else "false",
                "Filter": "/FlateDecode",
                "DecodeParms": pydyf.Dictionary(
                    {
                        "Predictor": _PREDICTOR,
                        "Colors": _CHANNELS[pixels.colour],
                        "BitsPerComponent": pixels.bits,
                        "Columns": pixels.width,
                    }
                ),
            }
            return pydyf.Stream([pixels.content], told)

    def _colours(pixels: PackedPixels) -> Any:  # noqa: ANN401 - as above
        if pixels.colour == _PALETTE:
            last = len(pixels.palette) // 3 - 1
            return pydyf.Array(["/Indexed", "/DeviceRGB", last, f"<{pixels.palette.hex()}>"])
        return "/DeviceGray" if pixels.colour == _GREY else "/DeviceRGB"

    return PackedPicture
