"""A program is read with its rubrics, and known by a digest of all its files."""

import io
from pathlib import Path

import pytest
from PIL import Image

from casebook.diagnostics.place import Place
from casebook.errors import MachineError, UsageError
from casebook.source.folder import DiskFolder, MemoryFolder
from casebook.source.program import (
    ProgramReading,
    find_program,
    folder_naming,
    is_shipped_id,
    read_program,
    shipped_programs,
)

PROGRAM = """\
kind: program
format: 1
id: own
name: Own
version: "1"
owner: Us
notice: None.
levels:
  - level: 1
    name: One
    requirements: [{id: a, says: Go., needs: course, course_hours: 15}]
case_study: {required: [consent]}
certificate: {title: T, statement: S}
rubrics:
  - rubrics/session.yaml
"""
RUBRIC = """\
kind: rubric
format: 1
id: session
title: Session
judges: observation
pass_percent: 75
criteria:
  - id: a
    title: A
    asks: Well?
    levels: [{level: 0, label: l, describes: d}, {level: 1, label: l, describes: d}]
"""
FILES = {"program.yaml": PROGRAM, "rubrics/session.yaml": RUBRIC}


def memory(files: dict[str, str]) -> MemoryFolder:
    return MemoryFolder("here", {name: text.encode() for name, text in files.items()})


def read(files: dict[str, str], name: str = "program.yaml") -> ProgramReading:
    return read_program(memory(files), name)


def digest(files: dict[str, str], name: str = "program.yaml") -> str:
    program = read(files, name).program
    assert program is not None
    return program.digest


def below(folder: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{folder}/{name}": text for name, text in files.items()}


def test_a_program_comes_with_its_rubrics() -> None:
    """Every file of it is kept by its name."""
    reading = read(FILES)
    assert reading.sound
    assert reading.program is not None
    assert [rubric.id for rubric in reading.program.rubrics] == ["session"]
    assert set(reading.files) == set(FILES)


@pytest.mark.parametrize("name", shipped_programs())
def test_every_shipped_program_is_sound(name: str) -> None:
    """What comes with casebook has no findings."""
    reading = find_program(name, memory({}), Place("portfolio.yaml"))
    assert reading.findings == ()
    assert reading.sound


def test_an_id_has_no_slash_and_no_ending() -> None:
    """Everything else is the name of a file."""
    assert is_shipped_id("nkt")
    assert not is_shipped_id("nkt.yaml")
    assert not is_shipped_id("program/nkt")


# --- the digest ------------------------------------------------------------------------------


def test_the_digest_does_not_depend_on_where_the_program_lies() -> None:
    """The same files in another folder are the same rules, with or without the editor's line."""
    line = "# yaml-language-server: $schema=../schemas/program.schema.json\n"
    assert digest(FILES) == digest(below("rules/own", FILES), "rules/own/program.yaml")
    assert digest(FILES) == digest(FILES | {"program.yaml": line + PROGRAM})


@pytest.mark.parametrize(
    "changed",
    [
        {"program.yaml": PROGRAM + "# a note\n"},
        {"rubrics/session.yaml": RUBRIC.replace("75", "70")},
    ],
)
def test_any_change_of_a_file_changes_the_digest(changed: dict[str, str]) -> None:
    """A comment in the program, a pass mark in a rubric."""
    assert digest(FILES) != digest(FILES | changed)


def test_a_renamed_rubric_changes_the_digest() -> None:
    """The names of the files belong to the rules."""
    renamed = {
        "program.yaml": PROGRAM.replace("rubrics/session", "rubrics/other"),
        "rubrics/other.yaml": RUBRIC,
    }
    assert digest(FILES) != digest(renamed)


# --- what can be wrong -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "files, expected",
    [
        ({"rubrics/session.yaml": PROGRAM}, [("rubrics/session.yaml", 1, "CB207")]),
        ({"program.yaml": PROGRAM.replace("rubrics/session", "rubrics/x")},
         [("program.yaml", 15, "CB307")]),
        ({"program.yaml": PROGRAM.replace("rubrics/session", "../session")},
         [("program.yaml", 15, "CB307")]),
        ({"program.yaml": PROGRAM.replace("id: own", "id: Own")}, [("program.yaml", 3, "CB203")]),
    ],
)  # fmt: skip
def test_half_a_program_is_none(
    files: dict[str, str], expected: list[tuple[str, int, str]]
) -> None:
    """Nothing is judged by it while a rubric is missing or a file is at fault."""
    reading = read(FILES | files)
    found = [(each.place.path, each.place.span.line, each.code) for each in reading.findings]
    assert found == expected
    assert not reading.sound


def test_a_fault_in_a_rubric_is_found_in_the_rubric() -> None:
    """At its own path, below the folder of the program."""
    files = FILES | {"rubrics/session.yaml": RUBRIC.replace("75", "750")}
    reading = read(below("own", files), "own/program.yaml")
    (finding,) = reading.findings
    assert (finding.place.path, finding.code) == ("own/rubrics/session.yaml", "CB204")


def test_a_program_file_that_is_not_there_is_the_users_request() -> None:
    """Asked for by itself it raises, since there is no file to have a finding in."""
    with pytest.raises(UsageError):
        read({}, "program.yaml")


PLACE = Place("portfolio.yaml")


@pytest.mark.parametrize(
    "reference, code, hint",
    [
        ("nkd", "CB311", "did you mean `nkt`?"),
        ("NKT", "CB311", "did you mean `nkt`?"),
        ("reiki", "CB311", "shipped: "),
        ("own/program.yaml", "CB311", "casebook new --program"),
        ("../program.yaml", "CB308", ""),
    ],
)
def test_a_name_of_no_program_is_found_where_it_stands(
    reference: str, code: str, hint: str
) -> None:
    """With what was probably meant."""
    reading = find_program(reference, memory(FILES), PLACE)
    (finding,) = reading.findings
    assert (finding.code, finding.place) == (code, PLACE)
    assert finding.hint is not None
    assert hint in finding.hint
    assert reading.program is None


def test_a_program_named_by_its_file_is_read() -> None:
    """Relative to the folder of the portfolio."""
    reading = find_program("own/program.yaml", memory(below("own", FILES)), PLACE)
    assert reading.sound


def test_a_folder_instead_of_a_program_file_is_a_finding(tmp_path: Path) -> None:
    """The name is there and cannot be read as a file."""
    (tmp_path / "program.yaml").mkdir()
    (finding,) = find_program("program.yaml", DiskFolder(tmp_path), PLACE).findings
    assert (finding.code, finding.place) == ("CB101", PLACE)


def test_a_closed_folder_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine refuses to look, the program is unreadable and not outside."""

    def refuse(_: DiskFolder, name: str) -> bool:
        raise MachineError(f"cannot look into {name}", hint="ask")

    monkeypatch.setattr(DiskFolder, "holds", refuse)
    (finding,) = find_program("own/program.yaml", DiskFolder(tmp_path), PLACE).findings
    assert finding.code == "CB101"


LOOK = "look: {logo: art/logo.png, theme: clinic}\n"


def logo() -> bytes:
    written = io.BytesIO()
    Image.new("L", (2, 2)).save(written, "PNG")
    return written.getvalue()


def with_logo(content: bytes | None, name: str = "program.yaml") -> ProgramReading:
    around = name.rpartition("/")[0]
    files = {name: (PROGRAM + LOOK).encode()}
    files[f"{around}/rubrics/session.yaml".lstrip("/")] = RUBRIC.encode()
    if content is not None:
        files[f"{around}/art/logo.png".lstrip("/")] = content
    return read_program(MemoryFolder("here", files), name)


@pytest.mark.parametrize("name", ["program.yaml", "rules/program.yaml"])
def test_a_logo_belongs_to_the_program_and_to_its_digest(name: str) -> None:
    reading = with_logo(logo(), name)
    assert reading.program is not None
    assert reading.program.logo == logo()
    assert logo() in reading.files.values()
    other = with_logo(logo() + b" ", name).program
    assert other is not None
    assert other.digest != reading.program.digest


def test_a_logo_with_too_many_pixels_is_told_to_have_fewer() -> None:
    """4,500 by 4,500 are 20.25 million, where 20 may be."""
    written = io.BytesIO()
    Image.new("1", (4_500, 4_500)).save(written, "PNG")
    (finding,) = with_logo(written.getvalue()).findings
    assert (finding.code, finding.hint) == ("CB309", "save it again with fewer pixels")


@pytest.mark.parametrize("content,code", [(None, "CB307"), (b"GIF89a", "CB309")])
def test_a_logo_that_cannot_be_printed_has_a_place(content: bytes | None, code: str) -> None:
    reading = with_logo(content)
    assert not reading.sound
    (finding,) = reading.findings
    assert (finding.code, finding.place.span.line) == (code, 16)
    assert finding.hint


@pytest.mark.parametrize("above", ["", "marks", "marks/s01"])
def test_a_sheets_program_lies_beside_it_or_up_to_two_folders_above(
    tmp_path: Path, above: str
) -> None:
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "program.yaml").write_text(PROGRAM, "utf-8")
    assert folder_naming("program/program.yaml", tmp_path / above).root == tmp_path


@pytest.mark.parametrize("reference", ["nkt", "../program.yaml", "/etc/program.yaml", "gone.yaml"])
def test_what_is_not_found_near_a_sheet_stays_beside_it(tmp_path: Path, reference: str) -> None:
    """Three folders up is too far, and no name leads out of them."""
    near = tmp_path / "a" / "b" / "c"
    (tmp_path / "gone.yaml").write_text(PROGRAM, "utf-8")
    assert folder_naming(reference, near).root == near
