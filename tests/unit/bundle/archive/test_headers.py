"""Each thing that a header may not say is refused by itself, in words that say what it is."""

import pytest

from casebook.bundle.archive.headers import refuse_contradiction, refuse_header, refuse_size
from casebook.bundle.archive.profile import ListedHeader, LocalHeader
from casebook.bundle.archive.refusal import ArchiveRefused, Limits

NAME = "t/a"
RAW = NAME.encode()
LOCAL = LocalHeader(b"PK\x03\x04", 20, 0, 0, 0, 23650, 0x01020304, 5, 5, 3, 0)
SOUND = ListedHeader.of(LOCAL, 0)


def saying(header: ListedHeader, field: str, value: int) -> ListedHeader:
    """The header with another value in one field."""
    return ListedHeader(**{**header._asdict(), field: value})


@pytest.mark.parametrize("method", [0, 8])
def test_what_casebook_would_say_is_taken(method: int) -> None:
    refuse_header(SOUND._replace(method=method), RAW, NAME)
    refuse_header(SOUND._replace(flags=0x800), "t/é".encode(), "t/é")


@pytest.mark.parametrize("method", [1, 6, 7, 9, 12, 14, 93, 95, 98, 99, 0xFFFF])
def test_another_way_to_pack_is_refused_by_its_number(method: int) -> None:
    with pytest.raises(ArchiveRefused, match=f"by method {method}, neither"):
        refuse_header(SOUND._replace(method=method), RAW, NAME)


# APPNOTE 4.4.4: bits 0, 6 and 13 tell of encryption, bit 3 of a descriptor, bit 11 of UTF-8.
@pytest.mark.parametrize("bit", range(16))
def test_every_flag_is_refused_of_a_plain_name(bit: int) -> None:
    words = {
        **dict.fromkeys((0, 6, 13), "it is encrypted"),
        3: "a data descriptor",
        11: "needlessly marked as UTF-8",
    }
    with pytest.raises(ArchiveRefused, match=words.get(bit, "a feature of zip")):
        refuse_header(SOUND._replace(flags=1 << bit), RAW, NAME)


def test_a_name_beyond_ascii_has_to_be_marked() -> None:
    with pytest.raises(ArchiveRefused, match="is not marked as UTF-8"):
        refuse_header(SOUND, "t/é".encode(), "t/é")


KINDS = {
    "a pipe": 0o010644,
    "a terminal": 0o020644,
    "a folder": 0o040755,
    "a disk": 0o060644,
    "a link": 0o120777,
    "a socket": 0o140644,
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_regular_file_is_refused(kind: str) -> None:
    with pytest.raises(ArchiveRefused, match="a link, a folder or a special file"):
        refuse_header(SOUND._replace(external_attributes=KINDS[kind] << 16), RAW, NAME)


@pytest.mark.parametrize(
    "field, value, words",
    [
        ("extra_bytes", 1, "extra fields"),
        ("comment_bytes", 1, "has a comment"),
        ("made_by", 0x0014, "the program it was made by"),
        ("made_by", 0x0315, "the program it was made by"),
        ("version_needed", 10, "the version of zip it needs"),
        ("version_needed", 21, "the version of zip it needs"),
        ("time", 1, "its time of day"),
        ("disk", 1, "the part of the archive"),
        ("internal_attributes", 1, "its internal attributes"),
        # Of no kind, as Windows writes it; writable by all; with one bit of MS-DOS.
        ("external_attributes", 0, "written its attributes"),
        ("external_attributes", 0o100666 << 16, "written its attributes"),
        ("external_attributes", 0o100644 << 16 | 1, "written its attributes"),
    ],
)
def test_each_field_that_is_pinned_is_refused_with_another_value(
    field: str, value: int, words: str
) -> None:
    with pytest.raises(ArchiveRefused, match=words):
        refuse_header(saying(SOUND, field, value), RAW, NAME)


LARGE = Limits(file_bytes=1 << 40, ratio=1 << 40)


@pytest.mark.parametrize("field", ["unpacked_bytes", "packed_bytes", "place"])
def test_the_mark_of_64_bits_is_refused_in_each_place(field: str) -> None:
    """The largest number of 32 bits says that the true one stands elsewhere (4.4.8 and 4.4.9)."""
    header = SOUND._replace(method=8)
    refuse_size(saying(header, field, 0xFFFFFFFE), NAME, LARGE)
    with pytest.raises(ArchiveRefused, match="64-bit form"):
        refuse_size(saying(header, field, 0xFFFFFFFF), NAME, LARGE)


def test_a_file_of_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    refuse_size(SOUND, NAME, Limits(file_bytes=5))
    with pytest.raises(ArchiveRefused, match="more than 4 bytes"):
        refuse_size(SOUND, NAME, Limits(file_bytes=4))


@pytest.mark.parametrize(
    "unpacked, packed, fair",
    [
        # 200 times 5,000 are 1,000,000; 200 times 5,001 are 1,000,200.
        (1_000_000, 1, True),
        (1_000_001, 5_000, False),
        (1_000_001, 5_001, True),
        (1_000_200, 5_001, True),
        (1_000_201, 5_001, False),
        (1_000_001, 0, False),
    ],
)
def test_from_a_megabyte_on_a_file_may_be_so_many_times_its_packed_size(
    unpacked: int, packed: int, fair: bool
) -> None:
    header = SOUND._replace(method=8, unpacked_bytes=unpacked, packed_bytes=packed)
    if fair:
        refuse_size(header, NAME, Limits(ratio=200))
    else:
        with pytest.raises(ArchiveRefused, match="more than 200 times"):
            refuse_size(header, NAME, Limits(ratio=200))


@pytest.mark.parametrize("packed", [4, 6])
def test_a_stored_file_has_one_size(packed: int) -> None:
    refuse_size(SOUND._replace(method=8, packed_bytes=packed), NAME, Limits())
    with pytest.raises(ArchiveRefused, match="states two sizes"):
        refuse_size(SOUND._replace(packed_bytes=packed), NAME, Limits())


def test_two_headers_that_agree_are_taken_wherever_they_stand() -> None:
    refuse_contradiction(LOCAL.to_bytes() + RAW, SOUND, RAW, NAME)
    refuse_contradiction(b"before" + LOCAL.to_bytes() + RAW, SOUND._replace(place=6), RAW, NAME)


@pytest.mark.parametrize("field", LocalHeader._fields)
def test_two_headers_that_differ_in_one_field_are_refused(field: str) -> None:
    """The fields that both have; a signature is the one of its place."""
    own = getattr(LOCAL, field)
    other = b"PK\x01\x02" if isinstance(own, bytes) else own ^ 1
    content = LocalHeader(**{**LOCAL._asdict(), field: other}).to_bytes() + RAW
    with pytest.raises(ArchiveRefused, match=rf"each other \({field.replace('_', ' ')}\)"):
        refuse_contradiction(content, SOUND, RAW, NAME)


@pytest.mark.parametrize("name", [b"t/b", b"T/a", b"t/"])
def test_two_names_are_refused(name: bytes) -> None:
    with pytest.raises(ArchiveRefused, match=r"each other \(name\)"):
        refuse_contradiction(LOCAL.to_bytes() + name, SOUND, RAW, NAME)


def test_a_refusal_names_the_entry_and_what_helps() -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        refuse_header(SOUND._replace(comment_bytes=1), RAW, NAME)
    assert str(refusal.value) == "the entry 't/a' is refused: it has a comment"
    assert refusal.value.hint == "ask the sender for the file exactly as casebook wrote it"
