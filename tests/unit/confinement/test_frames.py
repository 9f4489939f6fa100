"""What goes over a pipe comes out as it went in, and what is no frame is refused."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.confinement.frames import (
    HEAD_BYTES,
    BrokenFrame,
    pack_files,
    read_frame,
    unpack_files,
    write_frame,
)


def part(content: bytes) -> bytes:
    return len(content).to_bytes(8, "big") + content


@given(st.dictionaries(st.text(), st.none() | st.text()), st.binary())
def test_a_frame_comes_out_as_it_went_in(head: dict[str, str | None], body: bytes) -> None:
    pipe = io.BytesIO()
    write_frame(pipe, head, body)
    pipe.seek(0)
    assert read_frame(pipe, len(body)) == (head, body)


def test_a_body_longer_than_asked_for_is_refused_before_it_is_read() -> None:
    pipe = io.BytesIO(part(b"{}") + (1 << 60).to_bytes(8, "big"))
    with pytest.raises(BrokenFrame, match="longer than 10 bytes"):
        read_frame(pipe, 10)


@pytest.mark.parametrize(
    "head",
    [b"", b"[]", b'{"a": 1}', b"\xff", b"[" * 60_000, b" " * (HEAD_BYTES + 1)],
    ids=["empty", "list", "number", "no text", "deep", "long"],
)
def test_a_head_that_is_no_table_of_texts_is_refused(head: bytes) -> None:
    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(part(head) + part(b"")), 10)


@pytest.mark.parametrize("cut", [0, 5, 8, 9, 12, 20])
def test_what_breaks_off_is_the_end(cut: int) -> None:
    whole = part(b"{}") + part(b"12345")
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(whole[:cut]), 10)


@given(st.dictionaries(st.text(), st.binary()))
def test_files_come_out_as_they_went_in(files: dict[str, bytes]) -> None:
    assert unpack_files(pack_files(files)) == files


@pytest.mark.parametrize(
    "index,contents",
    [
        ([["a", 2]], b"1"),
        ([["a", 1]], b"12"),
        ([["a", -1], ["b", 2]], b"1"),
        ([["a", 1], ["a", 1]], b"12"),
        ([["a"]], b""),
        ([[1, 1]], b"1"),
        ({"a": 1}, b"1"),
        (None, b""),
    ],
)
def test_an_index_that_does_not_fit_its_contents_is_refused(index: object, contents: bytes) -> None:
    with pytest.raises(BrokenFrame):
        unpack_files(part(json.dumps(index).encode()) + contents)


@given(st.binary())
def test_no_bytes_make_it_fail_otherwise(body: bytes) -> None:
    try:
        unpack_files(body)
    except BrokenFrame:
        return
