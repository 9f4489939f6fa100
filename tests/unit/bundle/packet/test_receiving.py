"""A stranger's packet is taken apart in a process of its own, and its names are looked at again."""

import io
from typing import Self

import pytest
from pypdf import PdfWriter

from casebook.bundle.packet import receiving
from casebook.bundle.packet.hybrid import PacketRefused
from casebook.bundle.packet.receiving import received_files
from casebook.confinement.bounds import Bounds
from casebook.confinement.frames import pack_files
from casebook.confinement.worker import WorkStopped


def pdf(**files: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in files.items():
        writer.add_attachment(f"{name}.txt", content)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_files_come_out_byte_by_byte_and_faults_with_their_words() -> None:
    assert received_files(pdf(a=b"1\x00", b=b"")) == {"a.txt": b"1\x00", "b.txt": b""}
    with pytest.raises(PacketRefused, match="no PDF at all") as caught:
        received_files(b"%PDF-nothing")
    assert caught.value.hint is not None
    with pytest.raises(PacketRefused, match="encloses no files"):
        received_files(pdf())


class Process:
    """Answers what it was made for, or fails so."""

    def __init__(self, reply: bytes | Exception) -> None:
        self.reply = reply

    def __call__(self, _task: str, bounds: Bounds, _errors: object) -> "Process":
        self.bounds = bounds
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def ask(self, _request: object) -> bytes:
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


@pytest.mark.parametrize(
    "reply,said",
    [
        (pack_files({"../a": b""}), "as a part of its path"),
        (pack_files({"a": b"", "A": b""}), "A"),
        (b"nothing of the kind", "cannot be read"),
        (WorkStopped("it took more than 25 seconds"), "cannot be read: it took more than 25"),
    ],
)
def test_a_process_that_was_turned_round_deceives_nobody(
    monkeypatch: pytest.MonkeyPatch, reply: bytes | Exception, said: str
) -> None:
    monkeypatch.setattr(receiving, "Worker", Process(reply))
    with pytest.raises(PacketRefused, match=said):
        received_files(b"%PDF-")
