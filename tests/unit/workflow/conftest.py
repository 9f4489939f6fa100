"""What tests of the use cases share: a small portfolio, pages that cost nothing, and forgeries."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from casebook.bundle.archive import parse_archive, write_archive
from casebook.bundle.bag import make_bag, payload_of
from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord, describe_file
from casebook.domain.handed_in import Role
from casebook.render import together
from casebook.render.document import Document
from casebook.workflow.payload import folder_of
from casebook.workflow.submit import submit
from tests.portfolios.rated import write_school

ON = date(2026, 7, 1)
"""The day that the small portfolio is written for."""


@pytest.fixture
def on() -> date:
    return ON


@pytest.fixture
def studio(tmp_path: Path, repository: Path) -> Path:
    """A copy of the smallest acceptable portfolio, with its own program, to spoil at will."""
    folder = tmp_path / "studio"
    shutil.copytree(repository / "tests" / "portfolios" / "studio", folder)
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a program and no sheet yet."""
    write_school(tmp_path)
    return tmp_path


@pytest.fixture
def fake_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """PDFs that are a fingerprint of their document; the list names those that were made."""
    made: list[str] = []

    def fingerprint(document: Document) -> bytes:
        made.append(document.title)
        return f"%PDF-1.7 {hashlib.sha256(document.text.encode()).hexdigest()}\n".encode()

    def fingerprints(
        documents: Mapping[str, Document], tell: Callable[[str], None], _: object
    ) -> dict[str, bytes]:
        made_here = {}
        for name, each in documents.items():
            tell(name)
            made_here[name] = fingerprint(each)
        return made_here

    monkeypatch.setattr(together, "made_confined", fingerprints)
    return made


@pytest.fixture
def sent(studio: Path, fake_pages: list[str]) -> Path:
    """A sound submission of the small portfolio."""
    path = submit(studio, ON).path
    assert path is not None
    return path


Change: TypeAlias = Callable[[dict[str, bytes], dict[str, Any]], object]
"""What a forger does to a submission: to its payload, and to the values of its record."""


@pytest.fixture
def forge(sent: Path) -> Callable[[Change], Path]:
    """A function of a change, which gives a submission with it that is sealed as if by casebook.

    Its manifests, and the sizes and sums in its record, are made to agree with the payload.
    """

    def forged(change: Change) -> Path:
        archive = parse_archive(sent.read_bytes())
        payload = payload_of(archive.files)
        record = SubmissionRecord.parse(payload.pop(RECORD_NAME))
        roles = {entry.path: entry.role for entry in record.files}
        values = record.model_dump()
        change(payload, values)
        values["files"] = [
            describe_file(name, roles.get(name) or role_of(name), content)
            for name, content in payload.items()
        ]
        told = SubmissionRecord.model_validate(values)
        payload[RECORD_NAME] = told.to_json()
        bag = make_bag(payload, {"Bagging-Date": "2026-07-01"})
        path = sent.with_name("forged.zip")
        path.write_bytes(write_archive(bag, folder_of(told), told.made_on))
        return path

    return forged


def role_of(name: str) -> Role:
    """What a file that is smuggled in is said to be."""
    return "attachment" if name.endswith(".pdf") else "source"
