"""Marks: what casebook made is known again, and what others made is never taken for it."""

import errno
import gc
import importlib
import io
import zipfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.archive import write_archive
from casebook.bundle.bag import make_bag
from casebook.files import made_by_casebook, marks
from tests.unit.files.disks import OURS, failing


def our_zip() -> bytes:
    bag = make_bag({"a.txt": b"a"}, {"Bagging-Date": "2026-03-02"})
    return write_archive(bag, "submission", day())


def day() -> date:
    return date(2026, 3, 2)


def foreign_zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("x/bagit.txt", "BagIt-Version: 1.0\n")
        archive.writestr("x/bag-info.txt", "Bag-Software-Agent: another tool\n")
    return content.getvalue()


MADE_HERE = {
    "html": OURS,
    "html with a declaration": b'\n<html lang="en"><meta name="generator" content="casebook">',
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><!-- made by casebook 0.1.0 --></svg>',
    "svg with a prolog": b'<?xml version="1.0"?><!-- casebook 0.1.0 --><svg></svg>',
    "json": b'{\n  "casebook": "0.1.0",\n  "findings": []\n}',
    "zip": our_zip(),
}
MADE_ELSEWHERE = {
    "empty": b"",
    "text about it": b"casebook is a toolkit",
    "html": b"<!doctype html><html><body>casebook</body></html>",
    "html by another": b'<html><meta name="generator" content="Other 1.0 (like casebook)"></html>',
    "svg": b"<svg><title>casebook</title></svg>",
    "json": b'{"name": "casebook"}',
    "json with a late key": b'{"a": "' + b"x" * 500 + b'", "casebook": 1}',
    "zip": foreign_zip(),
    "half a zip": our_zip()[:40],
    "half a pdf": b"%PDF-1.7\nstartxref\n9\n%%EOF",
}


@pytest.mark.parametrize("kind", MADE_HERE)
def test_the_mark_of_casebook_is_found(kind: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(MADE_HERE[kind])
    assert made_by_casebook(tmp_path / "f")


@pytest.mark.parametrize("kind", MADE_ELSEWHERE)
def test_the_users_own_file_is_not_taken_for_casebooks(kind: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(MADE_ELSEWHERE[kind])
    assert not made_by_casebook(tmp_path / "f")


def test_what_is_no_file_is_not_casebooks(tmp_path: Path) -> None:
    assert not made_by_casebook(tmp_path)
    assert not made_by_casebook(tmp_path / "missing")


def pdf(generator: str, **options: object) -> bytes:
    weasyprint: Any = importlib.import_module("weasyprint")
    content = (
        f"<html lang=en><head><title>Ü (1)</title><meta name=generator content='{generator}'>"
        "</head><body><h1>Packet</h1><p>casebook</p></body></html>"
    )
    written = bytes(weasyprint.HTML(string=content).write_pdf(**options))
    gc.collect()
    return written


@pytest.mark.slow
# WeasyPrint leaves the colour profile of PDF/A open.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize(
    "options",
    [{}, {"pdf_variant": "pdf/a-3a"}, {"pdf_variant": "pdf/ua-1"}, {"uncompressed_pdf": True}],
    ids=["plain", "pdf/a-3a", "pdf/ua-1", "uncompressed"],
)
def test_a_pdf_is_known_by_its_creator(options: dict[str, object], tmp_path: Path) -> None:
    file = tmp_path / "packet.pdf"
    file.write_bytes(pdf("casebook 0.1.0", **options))
    assert made_by_casebook(file)
    file.write_bytes(pdf("Other 1.0", **options))
    assert not made_by_casebook(file)


@pytest.mark.parametrize(
    "packed",
    [
        b"no deflate",
        zlib.compress(b""),
        zlib.compress(b"9" * 6000 + b" 0 "),
        zlib.compress(b"1 2 3"),
    ],
)
def test_a_pdf_whose_objects_cannot_be_read_is_the_users_own(packed: bytes, tmp_path: Path) -> None:
    body = b"%PDF-1.7\n1 0 obj\n<</Type /ObjStm/N 1/First 6003>>\nstream\n" + packed
    end = b"\nendstream\n2 0 obj\n<</Type /XRef/Info 3 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    (tmp_path / "f.pdf").write_bytes(body + end % (len(body) + 11))
    assert not made_by_casebook(tmp_path / "f.pdf")


def test_a_pdf_that_names_objects_it_does_not_hold_is_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "f.pdf").write_bytes(b"%PDF-1.7\n<</Info 3 0 R>>\nstartxref\n9\n%%EOF\n")
    assert not made_by_casebook(tmp_path / "f.pdf")


def test_a_file_that_cannot_be_opened_is_not_casebooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f").write_bytes(OURS)
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    assert not made_by_casebook(tmp_path / "f")


def test_a_pdf_with_notes_appended_by_another_program_is_the_users_own(tmp_path: Path) -> None:
    file = tmp_path / "packet.pdf"
    file.write_bytes(pdf("casebook 0.1.0") + b"\n% notes\nstartxref\n5\n%%EOF\n")
    assert not made_by_casebook(file)


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<svg", b"{"]))
def test_no_content_makes_the_question_fail(content: bytes, start: bytes) -> None:
    assert not marks._is_our_pdf(start + content)
    assert not marks._is_our_bag(start + content)
