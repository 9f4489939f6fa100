"""A program is read with the comments it keeps for graders, which change no rule."""

from pathlib import Path

import pytest

from casebook.source.folder import DiskFolder
from casebook.source.program import ProgramReading, read_program

BANK = (
    "kind: comment-bank\nformat: 1\nrubric: case\ncomments: [{id: a, criterion: c1, says: Well.}]\n"
)
PROGRAM = (
    "kind: program\nformat: 1\nid: own\nname: Own\nversion: '1'\nowner: Us\nnotice: None.\n"
    "levels:\n  - level: 1\n    name: One\n    requirements:\n"
    "      - {id: c, needs: course, says: Go., course_hours: 15}\n"
    "case_study: {required: []}\ncertificate: {title: T, statement: S}\n"
    "comment_banks: [bank.yaml]\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "bank.yaml").write_text(BANK, encoding="utf-8")
    return tmp_path


def read(folder: Path) -> ProgramReading:
    return read_program(DiskFolder(folder))


def test_a_programs_comments_are_read_and_travel_with_it(folder: Path) -> None:
    reading = read(folder)
    assert reading.sound
    assert reading.program is not None
    bank = reading.program.comment_bank("case")
    assert bank is not None
    assert [each.id for each in bank.comments] == ["a"]
    assert reading.program.comment_bank("session") is None
    assert set(reading.files) == {"program.yaml", "bank.yaml"}


def test_another_comment_is_no_other_rule(folder: Path) -> None:
    """The program's digest says which rules were used; comments rule nothing."""
    before = read(folder).program
    (folder / "bank.yaml").write_text(BANK.replace("Well.", "Better."), encoding="utf-8")
    after = read(folder).program
    assert before is not None
    assert after is not None
    assert before.digest == after.digest
    (folder / "program.yaml").write_text(PROGRAM.replace("Go.", "Come."), encoding="utf-8")
    changed = read(folder).program
    assert changed is not None
    assert changed.digest != after.digest


def test_a_bank_that_is_missing_or_at_fault_is_told(folder: Path) -> None:
    (folder / "bank.yaml").write_text(BANK.replace("says", "say"), encoding="utf-8")
    reading = read(folder)
    assert {each.place.path for each in reading.findings} == {"bank.yaml"}
    assert not reading.sound
    (folder / "bank.yaml").unlink()
    (finding,) = read(folder).findings
    assert (finding.code, finding.place.path) == ("CB307", "program.yaml")
    assert finding.place.span.line == 15
