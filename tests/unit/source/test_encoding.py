"""Bytes become text only when they are UTF-8 without anything that cannot be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.limits import FILE_BYTES, SEARCHED_TEXT_BYTES
from casebook.source.encoding import decode, plain_text


def fault(content: bytes) -> tuple[str, int, int]:
    found = decode("a.yaml", content)
    assert isinstance(found, Finding)
    assert found.hint
    span = found.place.span
    if (span.line, span.column) != (1, 1):
        # One character is marked; a fault of the whole file has the place of its beginning.
        assert (span.end_line, span.end_column) == (span.line, span.column + 1)
    return found.code, span.line, span.column


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
        found = decode("a.yaml", "\ufeffkind: x".encode(encoding))
        assert isinstance(found, Finding)
        assert (found.code, found.message) == (codes.NOT_UTF8.id, "the file is in UTF-16")


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


@pytest.mark.parametrize(
    "char", ["\t", "\n", "\r", " ", "~", "\xa0", "\xad", "\u200d", "\U0001f600"]
)
def test_what_stands_beside_the_refused_ones_is_text(char: str) -> None:
    """Blanks, the last sign of ASCII, and signs that join letters in some scripts."""
    assert decode("a.yaml", f"a{char}b".encode()) == f"a{char}b"


def test_every_character_that_no_text_needs_is_refused_and_no_other() -> None:
    """The 65 of category Cc but tab and the two line ends, two line breaks, and three of none."""
    refused = {
        code
        for code in range(0x11000)
        if not 0xD800 <= code < 0xE000
        and isinstance(decode("a.yaml", b"a" + chr(code).encode()), Finding)
    }
    controls = {*range(0x20), *range(0x7F, 0xA0)} - {9, 10, 13}
    assert refused == controls | {0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF}


@pytest.mark.parametrize(
    "content, text",
    [
        (b"", ""),
        ("Jörg\r\n".encode(), "Jörg\r\n"),
        (b"\xef\xbb\xbfJo", "Jo"),
        # Unlike in a file of ours, what cannot be seen is left: a name may stand behind it.
        (b"a\x1bb\x0c", "a\x1bb\x0c"),
        (b"Jo\0", None),
        ("Jo".encode("utf-16"), None),
        ("Jörg".encode("latin-1"), None),
        (b"%PDF-1.7\n", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"PK\x03\x04", None),
        (b" %PDF-1.7\n", " %PDF-1.7\n"),
    ],
)
def test_a_file_of_any_kind_is_searched_as_text_when_it_is_one(
    content: bytes, text: str | None
) -> None:
    assert plain_text(content) == text


def test_no_more_is_searched_as_text_than_the_limit() -> None:
    assert plain_text(b"a" * SEARCHED_TEXT_BYTES) == "a" * SEARCHED_TEXT_BYTES
    assert plain_text(b"a" * (SEARCHED_TEXT_BYTES + 1)) is None
