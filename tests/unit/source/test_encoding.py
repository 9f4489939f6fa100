"""Bytes become text only when they are UTF-8 without anything that cannot be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.limits import FILE_BYTES
from casebook.source.encoding import decode


def fault(content: bytes) -> tuple[str, int, int]:
    found = decode("a.yaml", content)
    assert isinstance(found, Finding)
    assert found.hint
    return found.code, found.place.span.line, found.place.span.column


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """What an editor puts before the text is dropped."""
    assert decode("a.yaml", b"\xef\xbb\xbfkind: x") == "kind: x"


@pytest.mark.parametrize(
    "content, line, column",
    [
        (b"\xff", 1, 1),
        # a, b, line break, c, the two bytes of one letter, d: the fourth character of line 2
        (b"ab\nc\xc3\xa4d\xff", 2, 4),
        (b"\xef\xbb\xbfab\r\nc\xc3\xa4d\xff", 2, 4),
        (b"ab\rcd\xff", 2, 3),
        (b"ab\n\n\xe4", 3, 1),
    ],
)
def test_what_is_not_utf8_is_placed_by_characters(content: bytes, line: int, column: int) -> None:
    """The place of a wrong byte counts characters, all three line breaks, and no mark."""
    assert fault(content) == (codes.NOT_UTF8.id, line, column)


def test_utf16_is_named() -> None:
    """A file in UTF-16 is recognised by its mark, in both byte orders."""
    for encoding in ("utf-16-le", "utf-16-be"):
        assert fault("\ufeffkind: x".encode(encoding))[0] == codes.NOT_UTF8.id


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff"])
def test_what_cannot_be_seen_is_refused(char: str) -> None:
    """Control characters and unusual line breaks are faults at their place."""
    assert fault(f"ab\r\ncä{char}d".encode()) == (codes.CONTROL_CHARACTER.id, 2, 3)


def test_tabs_and_line_breaks_are_text() -> None:
    """A tab and every usual line break are left alone."""
    assert decode("a.yaml", b"a\tb\r\nc\nd\re") == "a\tb\r\nc\nd\re"


def test_a_file_may_have_two_million_bytes_and_no_more() -> None:
    """At the limit a file is read, one byte above it is refused."""
    assert decode("a.yaml", b"a" * FILE_BYTES) == "a" * FILE_BYTES
    assert fault(b"a" * (FILE_BYTES + 1)) == (codes.TOO_LARGE.id, 1, 1)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_fault(content: bytes) -> None:
    """Decoding never raises, and a fault stands inside the file."""
    found = decode("a.yaml", content)
    if isinstance(found, Finding):
        assert 1 <= found.place.span.line <= content.count(b"\n") + content.count(b"\r") + 1
        assert 1 <= found.place.span.column <= len(content)
    else:
        assert found.encode() in {content, content.removeprefix(b"\xef\xbb\xbf")}


@pytest.mark.parametrize(
    "content, kind",
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"PK\x03\x04", "a ZIP archive or a word processor's document"),
    ],
)
def test_what_is_no_text_at_all_is_called_by_its_name(content: bytes, kind: str) -> None:
    """A form or a picture put where a text belongs is told apart from a wrong encoding."""
    found = decode("a.yaml", content)
    assert isinstance(found, Finding)
    assert found.code == codes.NOT_UTF8.id
    assert found.message == f"this is {kind}, not a text file"
