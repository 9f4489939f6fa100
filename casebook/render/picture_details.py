"""What a picture's file tells beside the picture: who took it, where, when, and with what.

A camera writes the place into it, a studio its owner's name. Neither belongs on a page about a
client, nor before a grader who is not to know the candidate.

Source:
    ITU-T T.81, annex B (JPEG); W3C, Portable Network Graphics, section 5 (PNG).
"""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"

_SCAN: Final = 0xDA
_END: Final = 0xD9
_FILLING: Final = 0xFF
_EXIF: Final = 0xE1
_COLOURS: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that say how to draw the picture, by what they begin with."""
_APPLICATIONS: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_RESTARTS: Final = range(0xD0, 0xD8)

_DRAWN: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
     b"sBIT", b"pHYs"}
)  # fmt: skip
"""Chunks of a PNG that say how to draw it."""

_TURNED: Final = 0x0112
"""The number of EXIF's orientation: without it a picture taken sideways would lie on its side."""


def without_details(picture: bytes) -> bytes:
    """A PNG or JPEG with nothing in it but the picture, drawn as before.

    What cannot be taken apart is given back as it is: it cannot be drawn either.
    """
    with suppress(ValueError):
        if picture.startswith(_JPEG):
            return b"".join(_jpeg_parts(picture))
        if picture.startswith(_PNG):
            return b"".join(_png_parts(picture))
    return picture


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """The segments that are drawn, up to the end of the picture: what lies behind it is none.

    Raises:
        ValueError: It is damaged.
    """
    yield data[:2]
    at = 2
    while data[at : at + 1] == b"\xff" and at + 1 < len(data):
        marker = data[at + 1]
        if marker == _FILLING:
            at += 1
            continue
        if marker == _END:
            yield data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at:end]
        if marker == _EXIF:
            yield _turned_jpeg(segment[4:])
        elif _is_drawn(marker, segment[4:]):
            yield segment
        at = end
        if marker == _SCAN:
            stop = _end_of_scan(data, at)
            yield data[at:stop]
            at = stop
    raise ValueError("a JPEG without its end")


def _is_drawn(marker: int, content: bytes) -> bool:
    if marker in _APPLICATIONS:
        return marker in _COLOURS and content.startswith(_COLOURS[marker])
    return marker != _COMMENT


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the picture's own bytes end: at a marker that is no part of them."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and data[at + 1] not in _RESTARTS:
            return at
        at += 2
    raise ValueError("a JPEG without its end")


def _turned_jpeg(content: bytes) -> bytes:
    turned = _turned(content) if content.startswith(b"Exif\0") else b""
    if not turned:
        return b""
    return b"\xff\xe1" + (len(turned) + 2).to_bytes(2, "big") + turned


def _png_parts(data: bytes) -> Iterator[bytes]:
    """The chunks that are drawn.

    Raises:
        ValueError: It is damaged.
    """
    yield _PNG
    at = len(_PNG)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + length + 12
        if kind in _DRAWN:
            yield data[at:end]
        elif kind == b"eXIf":
            turned = _turned(data[at + 8 : end - 4]).removeprefix(b"Exif\0\0")
            yield _chunk(kind, turned) if turned else b""
        if kind == b"IEND":
            return
        at = end
    raise ValueError("a PNG without its end")


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + check


def _turned(exif: bytes) -> bytes:
    """EXIF that says nothing but how the camera was held; empty where it was held upright."""
    from PIL import Image

    found, bare = Image.Exif(), Image.Exif()
    try:
        found.load(exif)
        way = found.get(_TURNED)
    except Exception:  # noqa: BLE001 - Pillow raises whatever damaged EXIF leads to
        return b""
    if way not in range(2, 9):
        return b""
    bare[_TURNED] = way
    return bare.tobytes()
