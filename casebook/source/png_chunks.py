"""The chunks that a PNG's file is made of (W3C, Portable Network Graphics, section 5)."""

from collections.abc import Iterator
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
LAST: Final = b"IEND"


def chunks_of(png: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """The kind of each chunk, what it holds, and where the next one begins, to the last.

    In a file that ends too soon the last of them holds less than it says, and its end is behind
    the file's.

    Args:
        png: The file, which begins with the signature.
    """
    at, kind = len(SIGNATURE), b""
    # Why twelve: a length, a kind and, behind what it holds, a sum, four bytes each.
    while kind != LAST and at < len(png) - 8:
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        begin, at = at + 8, at + 12 + length
        yield kind, png[begin : begin + length], at
