"""The files inside a PDF are read within limits, under safe names, or refused with a reason."""

import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, NameObject, NumberObject, PdfObject

from casebook.bundle.archive import LIMITS
from casebook.bundle.packet.hybrid import PacketRefused, enclosed_files


def pdf(files: Mapping[str, bytes]) -> bytes:
    """A PDF of one empty page with these files inside, as another program would write it."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in files.items():
        writer.add_attachment(name, content)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_what_was_put_in_comes_out_byte_by_byte() -> None:
    files = {"portfolio/portfolio.yaml": b"kind: portfolio\n", "submission.json": b"{}\x00\xff"}
    assert enclosed_files(pdf(files)) == files


@pytest.mark.parametrize(
    "name,why",
    [
        ("../portfolio.yaml", "as a part of its path"),
        ("/etc/passwd", "is an absolute path"),
        ("C:/x", "is an absolute path"),
        ("a\\b", "has a backslash"),
        ("nul.txt", "device"),
        ("x" * 300, "longer than"),
        ("/".join(["x" * 100] * 6), "is longer than 512 bytes"),
        ("cafe\u0301.yaml", "composed form"),
        ("a\u202eb", "invisible"),
    ],
)
def test_a_name_that_could_do_harm_is_refused(name: str, why: str) -> None:
    with pytest.raises(PacketRefused, match=why):
        enclosed_files(pdf({name: b""}))


def test_two_names_that_some_systems_take_for_one_are_refused() -> None:
    for one, other, why in (
        ("a/X.yaml", "a/x.yaml", "in capitals only"),
        ("a", "a/x.yaml", "both a file and a folder"),
    ):
        with pytest.raises(PacketRefused, match=why):
            enclosed_files(pdf({one: b"1", other: b"2"}))


def test_more_or_larger_files_than_allowed_are_refused() -> None:
    """Two files where one is allowed; 11 bytes where 10 are."""
    content = pdf({"a": b"12345", "b": b"123456"})
    assert len(enclosed_files(content)) == 2
    for limits in (replace(LIMITS, entries=1), replace(LIMITS, total_bytes=10)):
        with pytest.raises(PacketRefused, match="more than a portfolio can hold"):
            enclosed_files(content, limits)


def test_a_pdf_without_files_says_what_to_do_instead() -> None:
    with pytest.raises(PacketRefused, match="encloses no files") as refused:
        enclosed_files(pdf({}))
    assert "open the submission instead" in str(refused.value.hint)


@pytest.mark.parametrize(
    "said",
    [NumberObject(7), ArrayObject([NumberObject(7)]), ByteStringObject(b"\xfe\xff\xd8\x00")],
    ids=["a number", "a list", "half a character"],
)
def test_a_name_that_is_no_text_is_refused(said: PdfObject) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("a", b"").pdf_object[NameObject("/UF")] = said
    written = io.BytesIO()
    writer.write(written)
    with pytest.raises(PacketRefused, match="whose name is no text"):
        enclosed_files(written.getvalue())


def test_a_pdf_locked_with_a_password_says_so() -> None:
    writer = PdfWriter(io.BytesIO(pdf({"a": b"1"})))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    with pytest.raises(PacketRefused, match="locked with a password") as refused:
        enclosed_files(written.getvalue())
    assert refused.value.hint == "ask the sender for it without one"


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_a_damaged_pdf_is_refused_or_read_but_never_stumbled_over(at: int) -> None:
    """The file cut off, and a byte changed, at every 7th percent of its length."""
    whole = pdf({"portfolio/portfolio.yaml": b"kind: portfolio\n" * 50})
    place = len(whole) * at // 100
    for damaged in (whole[:place], whole[:place] + b"\xff" + whole[place + 1 :]):
        with suppress(PacketRefused):
            enclosed_files(damaged)
