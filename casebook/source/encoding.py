"""Bytes to text: strict UTF-8, within a limit, without characters that no text needs."""

import re
from typing import Final

from casebook import limits
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place, Span
from casebook.limits import FILE_BYTES
from casebook.source.mistaken_files import mistaken_file

# U+2028 and U+2029 are line breaks to some programs and none to others; U+FEFF inside a text
# cannot be seen and makes two equal words differ.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINE_BREAK: Final = re.compile("\r\n|\r|\n")


def decode(path: str, content: bytes) -> str | Finding:
    """Return a file's text without its byte order mark, or the fault that keeps it from having one.

    Columns count code points, as everywhere; the byte order mark is none of them.
    """
    # Why before its size: a sealed submission is larger than any file of text may be.
    if (mistaken := mistaken_file(content)) is not None:
        code = codes.NOT_A_MAPPING if mistaken.is_text else codes.NOT_UTF8
        what = "file of casebook's" if mistaken.is_text else "text file"
        return code.at(Place(path), f"this is {mistaken.called}, not a {what}", mistaken.remedy)
    if len(content) > FILE_BYTES:
        return codes.TOO_LARGE.at(
            Place(path),
            f"the file has {len(content):,} bytes; at most {FILE_BYTES:,} are read",
            "keep pictures and long material in attachments/",
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return codes.NOT_UTF8.at(
            Place(path), "the file is in UTF-16", "save it again with the encoding UTF-8"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Why error.object: it lacks the byte order mark, and the positions count from there.
        before = error.object[: error.start].decode("utf-8")
        return codes.NOT_UTF8.at(
            _place_after(path, before),
            f"byte 0x{error.object[error.start]:02x} is not UTF-8 text",
            "save the file again with the encoding UTF-8",
        )
    if found := _CONTROL.search(text):
        return codes.CONTROL_CHARACTER.at(
            _place_after(path, text[: found.start()]),
            f"a character that cannot be seen (U+{ord(found[0]):04X}) stands here",
            "remove it; if the file is full of them, it is no text file",
        )
    return text


def plain_text(content: bytes) -> str | None:
    """The text of a file of any kind; None for what is no text, or more of it than is searched."""
    if len(content) > limits.SEARCHED_TEXT_BYTES or b"\0" in content:
        return None
    if (mistaken := mistaken_file(content)) is not None and not mistaken.is_text:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _place_after(path: str, text: str) -> Place:
    """The place of the one character that follows ``text``."""
    lines = _LINE_BREAK.split(text)
    line, column = len(lines), len(lines[-1]) + 1
    return Place(path, Span(line, column, line, column + 1))
