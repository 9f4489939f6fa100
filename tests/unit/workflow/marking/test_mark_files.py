"""Many files of marks are read one by one, and one bad file never hides the others."""

from pathlib import Path

import pytest

from casebook.domain.marking.sealed_marks import seal
from casebook.errors import CasebookError, UsageError
from casebook.source.load import load
from casebook.workflow.marking.mark_files import MarkFiles
from casebook.workflow.programs import program_reading
from tests.portfolios.rated import write_sheet


def write_sealed(folder: Path, quality: int) -> Path:
    """Marks of Kim's that are sealed by the program of the folder."""
    program = program_reading(str(folder / "program.yaml")).program
    assert program is not None
    more = f"submission: {'a' * 64}\nrubric_digest: {program.rubrics[0].digest}"
    draft = write_sheet(folder / "draft.yaml", quality, None, more=more)
    draft.write_text(draft.read_text("utf-8").replace("{name: Kim}", "{name: Kim, id: kim}"))
    piece = load("draft.yaml", draft.read_bytes()).piece
    assert piece is not None
    sealed = folder / "case-1.kim.sealed.json"
    sealed.write_text(
        seal(piece.record, "2026-06-01T10:00:00Z").model_dump_json(exclude_none=True), "utf-8"
    )
    draft.unlink()
    return sealed


def test_sealed_marks_are_opened_as_the_sheet_they_hold(desk: Path) -> None:
    write_sealed(desk, 5)
    (file,) = MarkFiles().each([desk])
    assert file.sealed is not None
    assert [(mark.criterion, mark.level) for mark in file.piece.record.marks] == [
        ("safe", 1), ("quality", 5),
    ]  # fmt: skip


def test_what_cannot_be_read_is_left_out_and_the_others_come(desk: Path) -> None:
    sealed = write_sealed(desk, 5)
    sealed.write_text(sealed.read_text("utf-8").replace("2026-06-01", "2026-06-02"), "utf-8")
    write_sheet(desk / "good.yaml", 4, None)
    (desk / "broken.yaml").write_text("kind: [", "utf-8")
    (desk / "gone.yaml").symlink_to(desk / "nowhere.yaml")
    files = MarkFiles()
    assert [file.path.name for file in files.each([desk])] == ["good.yaml"]
    assert {Path(each.path).name: each.why.partition(":")[0] for each in files.left_out} == {
        "broken.yaml": "it has faults of form, which come first",
        "case-1.kim.sealed.json": "its seal does not hold",
        "gone.yaml": f"there is no file '{desk / 'gone.yaml'}'",
    }
    # The two others of the four were no faults of form.
    assert (files.read, len(files.checked.report.findings)) == (3, 1)


def test_sessions_count_only_where_they_are_asked_for(studio: Path) -> None:
    session = studio / "observation.yaml"
    assert list(MarkFiles().each([studio])) == []
    assert [file.path for file in MarkFiles(with_sessions=True).each([studio])] == [session]
    with pytest.raises(UsageError, match="an observation has no marks to count") as caught:
        list(MarkFiles().each([session]))
    assert "observed sessions" not in str(caught.value.hint)


def test_a_program_is_read_once_for_all_who_name_it(desk: Path) -> None:
    """One that cannot be used is refused each time."""
    for name in ("a.yaml", "b.yaml", "c.yaml", "d.yaml"):
        write_sheet(desk / name, 4, None)
    for name in ("c.yaml", "d.yaml"):
        path = desk / name
        path.write_text(path.read_text("utf-8").replace("program.yaml", "no.yaml"), "utf-8")
    files = MarkFiles()
    a, b, c, d = files.each([desk])
    assert files.program(a) is files.program(b)
    for lost in (c, d):
        with pytest.raises(CasebookError, match="the program cannot be used"):
            files.program(lost)


def test_the_program_that_was_named_goes_before_all(desk: Path) -> None:
    named = program_reading("nkt").program
    files = MarkFiles(named)
    (file,) = files.each([write_sheet(desk / "a.yaml", 4, None)])
    assert files.program(file) is named
