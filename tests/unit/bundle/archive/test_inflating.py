"""Data gives the file that its header declares, or is refused; streams are written by hand.

Blocks of deflate are of RFC 1951, section 3.2: a bit for the last one and two for its kind, then
for kind 0 the length and the same with all bits turned, for kind 1 codes of fixed length.
"""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.archive.inflating import unpacked
from casebook.bundle.archive.profile import ListedHeader, LocalHeader
from casebook.bundle.archive.refusal import ArchiveRefused

NAME = "t/a"
HELLO = bytes.fromhex("01 0500 faff") + b"hello"
"""The last block, of kind 0, of five bytes: 5, and 0xFFFF - 5 = 0xFFFA."""
LETTER_A = bytes.fromhex("4b0400")
"""Of kind 1: the bits 1 10, then 10010001 for "a" (0x30 + 0x61 = 0x91), then seven of 0 for the
end. Filled from the lowest bit up that is 01001011 00000100 00."""
NOTHING = bytes.fromhex("0300")


def header(packed: bytes, content: bytes, method: int = 8) -> ListedHeader:
    sizes = (zlib.crc32(content), len(packed), len(content))
    return ListedHeader.of(LocalHeader(b"PK\x03\x04", 20, 0, method, 0, 23650, *sizes, 3, 0), 0)


def opened(packed: bytes, content: bytes, method: int = 8) -> bytes:
    """What comes out of data that is declared to be some content."""
    return unpacked(packed, 0, header(packed, content, method), NAME)


def refusal(packed: bytes, content: bytes, method: int = 8) -> str:
    with pytest.raises(ArchiveRefused) as refused:
        opened(packed, content, method)
    return str(refused.value).removeprefix("the entry 't/a' is refused: ")


@pytest.mark.parametrize(
    "packed, content",
    [
        (HELLO, b"hello"),
        (LETTER_A, b"a"),
        (NOTHING, b""),
        # A block that is not the last one, of nothing, then the last.
        (bytes.fromhex("00 0000 ffff") + HELLO, b"hello"),
    ],
)
def test_a_stream_gives_its_content(packed: bytes, content: bytes) -> None:
    assert opened(packed, content) == content


def test_only_the_bytes_of_the_entry_are_taken() -> None:
    """Its neighbours stand right before and behind."""
    content = b"before" + LETTER_A + HELLO
    assert unpacked(content, 6, header(LETTER_A, b"a"), NAME) == b"a"
    assert unpacked(content, 9, header(HELLO, b"hello"), NAME) == b"hello"
    assert unpacked(b"beforehellobehind", 6, header(b"hello", b"hello", 0), NAME) == b"hello"


@given(st.binary(max_size=200), st.integers(0, 9), st.sampled_from([0, 8]))
def test_any_content_comes_out_as_it_was(content: bytes, level: int, method: int) -> None:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush() if method else content
    assert opened(packed, content, method) == content


def test_a_stream_of_more_than_it_declares_is_refused() -> None:
    assert refusal(HELLO, b"hell") == "it unpacks to more than it declares"
    assert refusal(LETTER_A, b"") == "it unpacks to more than it declares"


def test_a_stream_of_less_than_it_declares_is_refused() -> None:
    assert refusal(HELLO, b"hello!") == "its size is not the one it declares"


@pytest.mark.parametrize("method, packed", [(0, b"hello"), (8, HELLO)])
def test_other_bytes_than_the_checksum_says_are_refused(method: int, packed: bytes) -> None:
    assert refusal(packed, b"hallo", method).startswith("its checksum does not match")


def test_a_stored_file_that_the_archive_ends_in_is_refused() -> None:
    stored = header(b"hello", b"hello", 0)
    with pytest.raises(ArchiveRefused, match="its size is not"):
        unpacked(b"..hell", 2, stored, NAME)


@pytest.mark.parametrize("length", range(len(HELLO)))
def test_a_stream_that_is_cut_is_refused(length: int) -> None:
    assert refusal(HELLO[:length], b"hello") == "its data is cut short"


def test_a_stream_without_a_last_block_is_refused() -> None:
    """All of its content is there, and it does not say that it ends."""
    assert refusal(b"\0" + HELLO[1:], b"hello") == "its data is cut short"


@pytest.mark.parametrize("behind", [b"\0", b"PK", HELLO])
def test_something_behind_the_last_block_is_refused(behind: bytes) -> None:
    assert refusal(HELLO + behind, b"hello") == "something stands behind its data"


@pytest.mark.parametrize(
    "packed",
    [
        b"\x07",  # the last block, of kind 3, which there is not
        HELLO.replace(b"\xfa", b"\xfb"),  # a length that is not what its opposite says
        # Kind 1, then a length of 3 (code 0000001), one back, where nothing is yet: the bits
        # 1 10 0000001 00000 are 00000011 00000010.
        bytes.fromhex("0302"),
        b"\x78\x9c" + HELLO,  # the head of zlib before it (RFC 1950): kind 0 of a wrong length
        b"\x1f\x8b\x08\0" + HELLO,  # the head of gzip: kind 3
    ],
)
def test_what_is_no_stream_is_refused(packed: bytes) -> None:
    assert refusal(packed, b"hello") == "its data is damaged"


@given(st.binary(max_size=80), st.binary(max_size=8))
def test_any_bytes_give_the_declared_content_or_are_refused(packed: bytes, content: bytes) -> None:
    try:
        found = opened(packed, content)
    except ArchiveRefused:
        return
    assert found == content
