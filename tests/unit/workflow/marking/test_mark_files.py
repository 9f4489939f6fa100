"""Many files of marks are read one by one, and one bad file never hides the others."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebook.bundle.signing.signers import AllowedSigners
from casebook.domain.marking.sealed_marks import seal
from casebook.errors import CasebookError, UsageError
from casebook.source.load import load
from casebook.workflow.marking.mark_files import MarkFiles
from casebook.workflow.programs import program_reading
from casebook.workflow.signatures import read_signers
from casebook.workflow.signed_records import sign_records
from tests.portfolios.keys import made_key, signers_file
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


@pytest.fixture
def signers(tmp_path: Path) -> AllowedSigners:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    return read_signers(signers_file(tmp_path / "allowed", kim=1, bo=2), noon)


def test_marks_that_their_grader_signed_are_read(desk: Path, signers: AllowedSigners) -> None:
    sign_records([write_sealed(desk, 5)], made_key(1))
    files = MarkFiles(signers=signers)
    assert [file.path.name for file in files.each([desk])] == ["case-1.kim.sealed.json"]
    assert (files.left_out, files.checked.report.findings) == ([], ())


@pytest.mark.parametrize(
    "key, why",
    [(None, "is not signed: there is no"), (2, "the key is not that of 'kim', but of bo"),
     (3, "is not among the signers")],
    ids=["unsigned", "by another grader", "by an unknown key"],
)  # fmt: skip
def test_marks_that_their_grader_did_not_sign_are_told_and_left_out(
    desk: Path, signers: AllowedSigners, key: int | None, why: str
) -> None:
    sealed = write_sealed(desk, 5)
    if key is not None:
        sign_records([sealed], made_key(key))
    files = MarkFiles(signers=signers)
    assert list(files.each([desk])) == []
    (finding,) = files.checked.report.findings
    assert (finding.code, finding.place.path) == ("CB820", str(sealed))
    assert why in finding.message
    assert [each.why for each in files.left_out] == ["it is not signed as it has to be"]
    # Without a list of signers nobody has to have signed, and whoever did may be anybody.
    assert [each.path for each in MarkFiles().each([desk])] == [sealed]


def test_a_signature_that_does_not_fit_is_told_though_nobody_asks(desk: Path) -> None:
    sealed = write_sealed(desk, 5)
    sign_records([sealed], made_key(1))
    sealed.write_text(sealed.read_text("utf-8") + " ", "utf-8")
    files = MarkFiles()
    assert list(files.each([desk])) == []
    assert [each.code for each in files.checked.report.findings] == ["CB820"]


def test_what_cannot_be_signed_is_left_out_where_signatures_are_wanted(
    desk: Path, studio: Path, signers: AllowedSigners
) -> None:
    """A sheet that its sealed marks lie beside needs no word, unless it was named itself."""
    sealed = write_sealed(desk, 5)
    sign_records([sealed], made_key(1))
    draft = write_sheet(desk / "case-1.kim.yaml", 5, None)
    loose = write_sheet(desk / "loose.yaml", 5, None)
    files = MarkFiles(with_sessions=True, signers=signers)
    assert [each.path for each in files.each([desk, studio / "observation.yaml"])] == [sealed]
    assert {Path(each.path).name: each.why.partition(";")[0] for each in files.left_out} == {
        "loose.yaml": "it is not sealed, and so not signed",
        "observation.yaml": "the marks in a session's record are not signed",
    }
    assert loose.exists()
    named = MarkFiles(signers=signers)
    assert list(named.each([draft])) == []
    assert [Path(each.path).name for each in named.left_out] == ["case-1.kim.yaml"]
