"""Numbers and strings as SSH writes them, with the examples of RFC 4251, section 5."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.signing.wire import CutShort, Fields, number, packed


def test_numbers_and_strings_have_the_bytes_of_the_standard() -> None:
    """Its own examples: 699921578 is 29 b7 f4 aa, and "testing" has its length of 7 before it."""
    assert number(699921578) == bytes.fromhex("29b7f4aa")
    assert packed(b"testing") == bytes.fromhex("00000007") + b"testing"
    assert packed(b"") == bytes(4)


@given(st.lists(st.binary(max_size=20)))
def test_fields_come_off_as_they_were_put_on(strings: list[bytes]) -> None:
    fields = Fields(b"".join(map(packed, strings)))
    assert [fields.string() for _ in strings] == strings
    assert fields.at_end


def test_what_is_left_is_told() -> None:
    fields = Fields(number(5) + b"x")
    assert not fields.at_end
    assert fields.number() == 5
    assert not fields.at_end
    assert fields.take(1) == b"x"
    assert fields.at_end
    assert fields.take(0) == b""


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"\0\0\0\1", b"\xff\xff\xff\xffx"])
def test_a_string_that_is_cut_is_told(content: bytes) -> None:
    with pytest.raises(CutShort):
        Fields(content).string()


def test_a_field_that_is_too_long_takes_nothing() -> None:
    fields = Fields(b"abc")
    with pytest.raises(CutShort):
        fields.take(4)
    assert fields.take(3) == b"abc"
