"""What a PDF's packed streams hold, for tests that look at what is drawn."""

import re
import zlib


def unpacked_streams(content: bytes) -> list[bytes]:
    """Each of a file's compressed streams, unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return [zlib.decompressobj().decompress(each) for each in packed if each[:1] == b"x"]
