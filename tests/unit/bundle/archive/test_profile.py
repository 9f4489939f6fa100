"""Each record of a zip has the bytes that APPNOTE.TXT gives it, written out here by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.archive.profile import (
    END_BYTES,
    EXTERNAL,
    LISTED_BYTES,
    LOCAL_BYTES,
    EndRecord,
    ListedHeader,
    LocalHeader,
    day_of,
    dos_date,
    flags_of,
)

# 2 March 2026: 46 years after 1980, 46 << 9 | 3 << 5 | 2 = 23552 + 96 + 2 = 23650 = 0x5C62.
LOCAL = LocalHeader(b"PK\x03\x04", 20, 0x800, 8, 0, 23650, 0x01020304, 5, 9, 3, 0)
LOCAL_HEX = (
    "504b0304"  # signature
    "1400 0008 0800 0000 625c"  # version needed, flags, method, time, date
    "04030201 05000000 09000000"  # checksum, packed, unpacked
    "0300 0000"  # lengths of the name and of the extra field
)
LISTED_HEX = (
    "504b0102 1403"  # signature, made by Unix and version 2.0
    "1400 0008 0800 0000 625c"
    "04030201 05000000 09000000"
    "0300 0000 0000 0000 0000"  # name, extra field, comment, part, internal attributes
    "0000a481"  # a regular file of 0644: 0o100644 << 16 = 0x81A40000
    "78563412"  # where its local header stands
)
END_HEX = "504b0506 0000 0000 0200 0200 5f000000 80000000 0000"

short = st.integers(0, 0xFFFF)
long = st.integers(0, 0xFFFFFFFF)
locals_ = st.builds(
    LocalHeader, st.just(b"PK\x03\x04"), *[short] * 5, *[long] * 3, *[short] * 2
)  # fmt: skip


def test_a_local_header_has_the_bytes_of_the_format() -> None:
    content = bytes.fromhex(LOCAL_HEX)
    assert LOCAL.to_bytes() == content
    assert LocalHeader.at(b"before" + content + b"after", 6) == LOCAL


def test_a_header_of_the_directory_has_the_bytes_of_the_format() -> None:
    content = bytes.fromhex(LISTED_HEX)
    listed = ListedHeader.of(LOCAL, 0x12345678)
    assert listed.to_bytes() == content
    assert ListedHeader.at(b"before" + content + b"after", 6) == listed
    assert listed.external_attributes == EXTERNAL == 0o100644 << 16


def test_an_end_record_has_the_bytes_of_the_format() -> None:
    content = bytes.fromhex(END_HEX)
    end = EndRecord.of(2, 0x5F, 0x80)
    assert end.to_bytes() == content
    assert EndRecord.at(b"before" + content, 6) == end


def test_the_records_have_the_lengths_of_the_format() -> None:
    """Without the name behind them: sections 4.3.7, 4.3.12 and 4.3.16."""
    assert (LOCAL_BYTES, LISTED_BYTES, END_BYTES) == (30, 46, 22)


@given(locals_, long)
def test_a_header_in_the_directory_agrees_with_the_one_it_is_made_of(
    local: LocalHeader, place: int
) -> None:
    listed = ListedHeader.of(local, place)
    assert listed.local() == local
    assert listed.place == place


def test_the_flag_of_utf8_stands_where_a_name_is_not_ascii() -> None:
    assert flags_of(b"t/plain-~") == 0
    assert flags_of("t/é".encode()) == 0x800


def test_a_day_is_stated_by_year_month_and_day_in_16_bits() -> None:
    assert dos_date(date(2026, 3, 2)) == 23650
    # The first day: 0 << 9 | 1 << 5 | 1. The last: 127 << 9 | 12 << 5 | 31 = 65024 + 384 + 31.
    assert dos_date(date(1980, 1, 1)) == 33
    assert dos_date(date(2107, 12, 31)) == 65439


@pytest.mark.parametrize(
    "year, month, day",
    [(46, 0, 1), (46, 13, 1), (46, 15, 1), (46, 1, 0), (46, 4, 31), (46, 2, 29), (120, 2, 29)],
)
def test_a_day_that_no_month_has_is_none(year: int, month: int, day: int) -> None:
    """1980 + 46 is no leap year, nor is 1980 + 120 = 2100."""
    assert day_of(year << 9 | month << 5 | day) is None


def test_every_day_from_1980_to_2107_is_stated_in_one_way() -> None:
    days = [day for day in map(day_of, range(1 << 16)) if day is not None]
    # 128 years with 32 leap days, but for 2100.
    assert len(set(days)) == len(days) == 128 * 365 + 31
    assert all(day_of(dos_date(day)) == day for day in days)
