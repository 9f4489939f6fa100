"""Every file that a work names is there, inside the folder, readable, a picture where it must."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from PIL import Image

from casebook.domain.portfolio import Piece
from casebook.errors import CasebookError
from casebook.limits import ATTACHMENT_BYTES
from casebook.source import attachments
from casebook.source.attachments import (
    attachments_of,
    check_attachments,
    check_strays,
    read_attachments,
)
from casebook.source.folder import DiskFolder, MemoryFolder

Read: TypeAlias = Callable[[str, str], Piece[Any]]

CONSENT = "consent: {scope: [record], signed: 2026-03-02, form: attachments/form.pdf}\n"
FIGURE = "figures:\n  - {file: attachments/posture.png, caption: c, alt: a}\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (4, 3)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size).save(content, kind)
    return content.getvalue()


def check(read: Read, text: str, files: dict[str, bytes]) -> list[tuple[str, int]]:
    works = [read("case-study", text)]
    folder = MemoryFolder("here", files)
    findings = list(check_attachments(attachments_of(works), folder))
    assert all(each.hint for each in findings)
    return [(each.code, each.place.span.line) for each in findings]


def test_works_name_consent_forms_and_figures(read: Read) -> None:
    """Of cases and of observations, in the order of reading, figures as pictures."""
    works = [read("case-study", CONSENT + FIGURE), read("observation", CONSENT)]
    found = [(each.path, each.place.path, each.picture) for each in attachments_of(works)]
    assert found == [
        ("attachments/form.pdf", "case-study.yaml", False),
        ("attachments/posture.png", "case-study.yaml", True),
        ("attachments/form.pdf", "observation.yaml", False),
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_there_and_sound_has_no_findings(read: Read, kind: str) -> None:
    """A form by its name alone, and a picture by its content, whatever its name ends in."""
    files = {"attachments/form.pdf": b"signed", "attachments/posture.png": picture(kind)}
    assert check(read, CONSENT + FIGURE, files) == []


@pytest.mark.parametrize(
    "form, code",
    [
        ("attachments/form.pdf", "CB307"),
        ("../form.pdf", "CB308"),
        ("/etc/passwd", "CB308"),
        ("attachments\\form.pdf", "CB308"),
        (".git/config", "CB317"),
        ("yaml.py", "CB317"),
        ("build/form.pdf", "CB317"),
    ],
)
def test_what_is_missing_or_outside_is_found_at_its_name(read: Read, form: str, code: str) -> None:
    """The place is the value that names the file."""
    text = CONSENT.replace("attachments/form.pdf", f"'{form}'")
    assert check(read, text, {}) == [(code, 6)]


def test_an_empty_file_is_no_form(read: Read) -> None:
    """A file of no bytes stands for a form that was never put there."""
    assert check(read, CONSENT, {"attachments/form.pdf": b""}) == [("CB307", 6)]


def test_a_key_is_no_form(read: Read) -> None:
    """By what is in it: under a form's name, without an ending, and behind other text."""
    for content in (
        b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb",
        b"# created: 2026-07-01\nAGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQ",
    ):
        assert check(read, CONSENT, {"attachments/form.pdf": content}) == [("CB620", 6)]
        bare = CONSENT.replace("attachments/form.pdf", "key-in")
        assert check(read, bare, {"key-in": content}) == [("CB620", 6)]


def test_a_file_that_is_too_large_cannot_be_read(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the limit a form is unreadable."""
    monkeypatch.setattr(attachments, "ATTACHMENT_BYTES", 5)
    assert ATTACHMENT_BYTES > 5
    assert check(read, CONSENT, {"attachments/form.pdf": b"signed"}) == [("CB101", 6)]


def bomb() -> bytes:
    """A picture of 60,000 by 60,000 pixels in a hundred bytes."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk


@pytest.mark.parametrize(
    "content, said",
    [
        (b"<svg/>", "is neither a PNG nor a JPEG picture"),
        (b"GIF89a", "is neither a PNG nor a JPEG picture"),
        (picture()[:40], "is damaged"),
        (b"\xff\xd8\xff" + b"x" * 50, "is damaged"),
        (bomb(), "is damaged"),
        (picture(size=(5_000, 4_001)), "has more than 20,000,000 pixels"),
    ],
    ids=["svg", "gif", "cut", "only begins like one", "bomb", "too many pixels"],
)
def test_a_figure_is_a_picture_by_its_content(read: Read, content: bytes, said: str) -> None:
    """What cannot be printed is found before anything is rendered."""
    works = [read("case-study", FIGURE)]
    folder = MemoryFolder("here", {"attachments/posture.png": content})
    (finding,) = check_attachments(attachments_of(works), folder)
    assert (finding.code, finding.place.span.line) == ("CB309", 7)
    assert said in finding.message


def test_attachments_that_nothing_names_are_warned_of(read: Read) -> None:
    """They would not be submitted; files elsewhere are nobody's business."""
    folder = MemoryFolder(
        "here", {"attachments/form.pdf": b"x", "attachments/old.pdf": b"x", "notes.txt": b"x"}
    )
    (finding,) = check_strays(attachments_of([read("case-study", CONSENT)]), folder)
    assert (finding.code, finding.place.path) == ("CB315", "attachments/old.pdf")


def test_attachments_are_read_by_their_names(read: Read, tmp_path: Path) -> None:
    """All of them, or the first that cannot be read raises."""
    named = attachments_of([read("case-study", CONSENT)])
    with pytest.raises(CasebookError):
        read_attachments(named, DiskFolder(tmp_path))
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "form.pdf").write_bytes(b"signed")
    assert read_attachments(named, DiskFolder(tmp_path)) == {"attachments/form.pdf": b"signed"}


def test_a_picture_that_is_shown_often_is_looked_at_once(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty figures of one file, at twenty places, are one picture to judge."""
    judged: list[bytes] = []

    def fault(content: bytes) -> str:
        judged.append(content)
        return "is damaged"

    monkeypatch.setattr(attachments, "picture_fault", fault)
    figures = "  - {file: attachments/a.png, caption: c, alt: a}\n" * 20
    found = check(read, f"figures:\n{figures}", {"attachments/a.png": b"x"})
    assert len(found) == 20
    assert len({line for _, line in found}) == 20
    assert judged == [b"x"]
