"""The marks that casebook leaves in what it makes, so that it may make it anew."""

import re
import struct
import zlib
from pathlib import Path
from typing import Final

from casebook.limits import OVERWRITTEN_PDF_BYTES

_HEAD_BYTES: Final = 64 * 1024
_HTML_MARK: Final = re.compile(rb'<meta\s+name="generator"\s+content="casebook\b', re.IGNORECASE)
_SVG_MARK: Final = re.compile(rb"<!--\s*(?:made by )?casebook\b")
_JSON_MARK: Final = re.compile(rb'"casebook"\s*:')
_INFO_REFERENCE: Final = re.compile(rb"/Info (\d{1,9}) 0 R")
_OBJECT_STREAM: Final = re.compile(rb"/ObjStm[^>]*?/First (\d{1,9})[^>]*>>\s*?stream\n")
_ZIP_ENTRY: Final = b"PK\x03\x04"
# APPNOTE 4.3.7: signature, method, packed size, lengths of the name and of the extra field.
_ENTRY_HEAD: Final = struct.Struct("<4s4xH8xL4xHH")
_BAG_MARK: Final = re.compile(rb"^Bag-Software-Agent: casebook\b", re.MULTILINE)


def made_by_casebook(path: Path) -> bool:
    """Whether a file carries casebook's mark, so that it may be made anew.

    The mark is the generator of HTML, a comment near the top of SVG, a "casebook" key among the
    first 500 bytes of JSON, the software agent of a bag in a zip, and the creator of a PDF. A PDF
    that another program saved again, say with notes in it, counts as the user's own.
    """
    try:
        if not path.is_file():
            return False
        with path.open("rb") as opened:
            head = opened.read(_HEAD_BYTES)
            if head.startswith(b"%PDF-"):
                return _is_our_pdf(head + opened.read(OVERWRITTEN_PDF_BYTES))
    except OSError:
        return False
    return _is_our_bag(head) if head.startswith(_ZIP_ENTRY) else _is_our_text(head.lstrip())


def _is_our_text(start: bytes) -> bool:
    if start.startswith(b"{"):
        return _JSON_MARK.search(start[:500]) is not None
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return _HTML_MARK.search(start) is not None
    return start.startswith(b"<") and _SVG_MARK.search(start[:1000]) is not None


def _is_our_bag(head: bytes) -> bool:
    """Whether a zip begins with ``<top>/bagit.txt`` and our ``<top>/bag-info.txt``, both stored."""
    at = 0
    content = b""
    for expected in (b"/bagit.txt", b"/bag-info.txt"):
        if len(head) < at + _ENTRY_HEAD.size:
            return False
        signature, method, size, name_length, extra_length = _ENTRY_HEAD.unpack_from(head, at)
        name = head[at + _ENTRY_HEAD.size :][:name_length]
        if signature != _ZIP_ENTRY or method != 0 or not name.endswith(expected):
            return False
        at += _ENTRY_HEAD.size + name_length + extra_length
        content = head[at : at + size]
        at += size
    return _BAG_MARK.search(content) is not None


def _is_our_pdf(data: bytes) -> bool:
    """Whether the information dictionary of a PDF names casebook and WeasyPrint as its makers."""
    # A second startxref means that another program appended its changes.
    end = re.search(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z", data[-64:])
    if end is None or data.count(b"startxref") != 1:
        return False
    at = int(end[1])
    info = _INFO_REFERENCE.search(data, at)
    if info is None:
        return False
    if data.startswith(b"xref", at):
        last = data.rfind(b"\n%s 0 obj" % info[1], 0, at)
        text = data[last : data.find(b"endobj", last)]
    else:
        text = _packed_object(data, at, int(info[1]))
    return b"/Creator (casebook" in text and b"/Producer (WeasyPrint" in text


def _packed_object(data: bytes, end: int, number: int) -> bytes:
    """One object out of the object streams before ``end`` (ISO 32000-1, 7.5.7), or nothing."""
    for head in _OBJECT_STREAM.finditer(data, 0, end):
        try:
            packed = memoryview(data)[head.end() : end]
            content = zlib.decompressobj().decompress(packed, OVERWRITTEN_PDF_BYTES)
        except zlib.error:
            continue
        if found := _object_in(content, int(head[1]), number):
            return found
    return b""


def _object_in(content: bytes, first: int, number: int) -> bytes:
    """One object out of an unpacked object stream, or nothing.

    Args:
        content: The whole stream.
        first: Where the first object stands, behind a table of numbers and places.
        number: The object's.
    """
    fields = [int(field[:9]) for field in content[:first].split() if field.isdigit()]
    places = dict(zip(fields[::2], fields[1::2], strict=False))
    start = places.get(number, len(content))
    after = min((place for place in places.values() if place > start), default=len(content))
    return content[first + start : first + after]
