"""A picture is judged by what is in it, never by its name."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASE = "cases/01-low-back.yaml"

Check = Callable[..., list[dict[str, Any]]]


def png(width: int, height: int, rows: bytes) -> bytes:
    """A grey picture by the PNG specification, its rows as given."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


# Each row of an 8-bit grey picture is a filter byte and one byte a pixel.
SOUND = png(200, 100, zlib.compress(bytes([0, *range(200)]) * 100, level=0))

PICTURES = {
    "sound": (SOUND, None),
    "cut off": (SOUND[: len(SOUND) // 2], "is damaged"),
    "without its rows": (png(2, 2, b""), "is damaged"),
    # 25 million; 20 are taken.
    "of too many pixels": (png(5_000, 5_000, zlib.compress(b"\0")), "pixels"),
    "of pixels beyond all measure": (png(30_000, 30_000, zlib.compress(b"\0")), "too large"),
    "a GIF under another name": (b"GIF89a\x01\0\x01\0\0\0\0;", "neither a PNG nor a JPEG"),
    "a page of text": (b"<!DOCTYPE html><title>Sign in</title>", "neither a PNG nor a JPEG"),
    "a JPEG that is none": (b"\xff\xd8\xff" + b"\0" * 40, "is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("content, why", PICTURES.values(), ids=list(PICTURES))
def test_a_picture_is_judged_by_what_is_in_it(
    content: bytes, why: str | None, portfolio: Path, check: Check
) -> None:
    (portfolio / "attachments" / "posture-a.png").write_bytes(content)
    lines = (portfolio / CASE).read_text("utf-8").splitlines()
    number = lines.index("  - file: attachments/posture-a.png") + 1
    findings = [each for each in check(".") if each["code"] != "CB502"]
    if why is None:
        assert findings == []
        return
    [only] = findings
    place = (only["path"], only["line"], only["column"], only["code"])
    assert place == (CASE, number, len("  - file: ") + 1, "CB309")
    assert why in only["message"]
