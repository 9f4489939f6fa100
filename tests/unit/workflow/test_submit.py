"""A portfolio becomes one sealed file, or is refused with everything that is wrong."""

from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from casebook import __version__
from casebook.bundle.archive import parse_archive
from casebook.bundle.bag import check_bag, payload_of
from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord
from casebook.bundle.secrecy import new_identity, unseal
from casebook.bundle.signing.keys import new_signing_key
from casebook.bundle.signing.sshsig import SUBMISSION, verify_signature
from casebook.errors import UsageError
from casebook.workflow.provenance import SIGNATURE_FILE, SIGNED_FILE
from casebook.workflow.submit import submit

OFFICE = new_identity()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.usefixtures("fake_pages")
def test_a_sound_portfolio_becomes_a_sound_bag(studio: Path, on: date) -> None:
    done = submit(studio, on)
    assert done.path == studio / "build" / "submission.zip"
    assert done.checked.report.findings == ()
    assert [each.result for each in done.evaluations] == ["pass"]
    archive = parse_archive(done.path.read_bytes())
    assert archive.top == "studio-level-1-kim-larsen"
    assert check_bag(archive.files) == ()
    info = archive.files["bag-info.txt"].decode()
    assert "Bagging-Date: 2026-07-01" in info
    assert "Contact-Name: Kim Larsen" in info


@pytest.mark.usefixtures("fake_pages")
def test_the_record_says_who_what_by_which_rules_and_with_what(studio: Path, on: date) -> None:
    path = submit(studio, on).path
    assert path is not None
    record = SubmissionRecord.parse(payload_of(parse_archive(path.read_bytes()).files)[RECORD_NAME])
    assert (record.program.id, record.level, record.candidate) == ("studio", 1, "Kim Larsen")
    assert (record.made_on, record.results) == (on, {"observed": "pass"})
    assert (record.casebook, record.weasyprint) == (__version__, version("weasyprint"))
    assert len(record.files) == 14


@pytest.mark.usefixtures("fake_pages")
def test_the_same_folder_and_day_give_the_same_bytes(
    studio: Path, tmp_path: Path, on: date
) -> None:
    """Another day gives others."""
    paths = [
        submit(studio, day, output=tmp_path / f"{number}.zip").path
        for number, day in enumerate((on, on, date(2026, 7, 2)))
    ]
    first, second, other = (path.read_bytes() for path in paths if path is not None)
    assert first == second != other


def test_what_is_being_done_is_told_in_order(studio: Path, on: date, fake_pages: list[str]) -> None:
    told: list[str] = []
    submit(studio, on, progress=lambda doing, _, __: told.append(doing))
    assert told == [
        "checking", "rendering heel.pdf", "rendering observed.pdf", "rendering packet.pdf",
        "bundling",
    ]  # fmt: skip
    assert len(fake_pages) == 3


def test_an_error_is_refused_with_its_place_before_any_page_is_made(
    studio: Path, on: date, fake_pages: list[str]
) -> None:
    replace(studio / "cases" / "heel.yaml", "nprs: 6", "nprs: 66")
    done = submit(studio, on)
    assert done.path is None
    (finding,) = done.checked.report.findings
    assert (finding.code, finding.place.path) == ("CB304", str(studio / "cases" / "heel.yaml"))
    assert finding.place.path in done.checked.sources
    assert not (studio / "build").exists()
    assert fake_pages == []


@pytest.mark.usefixtures("fake_pages")
def test_warnings_alone_keep_nothing_back(studio: Path, on: date) -> None:
    (studio / "attachments" / "old.pdf").write_bytes(b"%PDF")
    done = submit(studio, on)
    assert [each.code for each in done.checked.report.findings] == ["CB315"]
    assert done.path is not None
    assert "old.pdf" not in " ".join(parse_archive(done.path.read_bytes()).files)


def test_a_session_without_a_result_is_refused_at_its_marks(studio: Path, on: date) -> None:
    """Marks begin on line 14; that some are missing is a warning until it is handed in."""
    replace(studio / "observation.yaml", "  - {criterion: explains, level: 1}\n", "")
    done = submit(studio, on)
    assert done.path is None
    errors = [each for each in done.checked.report.findings if each.severity.value == "error"]
    assert [(each.code, each.place.span.line) for each in errors] == [("CB809", 14)]
    assert [each.result for each in done.evaluations] == ["incomplete"]


@pytest.mark.usefixtures("fake_pages")
def test_a_failed_session_can_be_handed_in_and_is_called_failed(studio: Path, on: date) -> None:
    """What follows from a result is the certifying body's to decide."""
    replace(studio / "observation.yaml", "{criterion: safety, level: 2}",
            '{criterion: safety, level: 0, note: Pressed on., at: "12:10"}')  # fmt: skip
    done = submit(studio, on)
    assert [each.result for each in done.evaluations] == ["fail"]
    assert done.path is not None


def test_a_portfolio_that_cannot_be_read_is_refused(studio: Path, on: date) -> None:
    (studio / "portfolio.yaml").write_text("", "utf-8")
    done = submit(studio, on)
    assert (done.path, done.evaluations) == (None, ())
    assert not done.checked.report.acceptable


@pytest.mark.usefixtures("fake_pages")
def test_a_file_that_casebook_did_not_make_is_kept(studio: Path, tmp_path: Path, on: date) -> None:
    kept = tmp_path / "holiday.zip"
    kept.write_bytes(b"PK my pictures")
    with pytest.raises(UsageError, match="did not make it"):
        submit(studio, on, output=kept)
    assert kept.read_bytes() == b"PK my pictures"
    assert submit(studio, on, output=kept, force=True).path == kept
    assert submit(studio, on, output=kept).path == kept


@pytest.mark.usefixtures("fake_pages")
def test_a_portfolio_may_be_named_by_its_own_file(studio: Path, on: date) -> None:
    assert submit(studio / "portfolio.yaml", on).path == studio / "build" / "submission.zip"


@pytest.mark.parametrize(
    "name",
    ["portfolio.yaml", "cases/heel.yaml", "attachments/foot.png", "program/rubrics/session.yaml"],
)
def test_no_force_lets_a_submission_replace_a_file_of_its_portfolio(
    studio: Path, on: date, fake_pages: list[str], name: str
) -> None:
    before = (studio / name).read_bytes()
    with pytest.raises(UsageError, match="one of the portfolio's own files"):
        submit(studio, on, output=studio / name, force=True)
    assert (studio / name).read_bytes() == before
    assert fake_pages == []


@pytest.mark.usefixtures("fake_pages")
def test_a_signed_submission_is_the_same_each_time_and_names_its_signer(
    studio: Path, tmp_path: Path, on: date
) -> None:
    key = new_signing_key()
    done = [submit(studio, on, output=tmp_path / f"{n}.zip", signing_key=key) for n in range(2)]
    first, second = (each.path.read_bytes() for each in done if each.path)
    assert first == second
    bag = parse_archive(first).files
    assert verify_signature(bag[SIGNED_FILE], bag[SIGNATURE_FILE], SUBMISSION) == key.public
    record = SubmissionRecord.parse(payload_of(bag)[RECORD_NAME])
    assert record.signer == done[0].signer == key.public.fingerprint
    assert record.sealed_to is None


@pytest.mark.usefixtures("fake_pages")
def test_a_sealed_submission_leaves_nothing_plain(studio: Path, on: date) -> None:
    done = submit(studio, on, recipient=OFFICE.recipient)
    assert done.path == studio / "build" / "submission.zip.age"
    assert [each.name for each in (studio / "build").iterdir()] == ["submission.zip.age"]
    assert done.plain_left is None
    archive = parse_archive(unseal(done.path.read_bytes(), OFFICE))
    record = SubmissionRecord.parse(payload_of(archive.files)[RECORD_NAME])
    assert record.sealed_to == done.sealed_to == str(OFFICE.recipient)


@pytest.mark.usefixtures("fake_pages")
def test_a_plain_submission_from_before_is_told(studio: Path, on: date) -> None:
    plain = submit(studio, on).path
    assert submit(studio, on, recipient=OFFICE.recipient).plain_left == plain


@pytest.mark.usefixtures("fake_pages")
def test_a_sealed_submission_takes_the_place_of_an_earlier_one_in_the_build_folder_alone(
    studio: Path, tmp_path: Path, on: date
) -> None:
    """There the name is casebook's; elsewhere nobody can see who made a sealed file."""
    first = submit(studio, on, recipient=OFFICE.recipient).path
    assert first is not None
    before = first.read_bytes()
    submit(studio, on, recipient=OFFICE.recipient)
    assert first.read_bytes() != before
    elsewhere = tmp_path / "s.zip.age"
    submit(studio, on, output=elsewhere, recipient=OFFICE.recipient)
    with pytest.raises(UsageError, match="did not make it"):
        submit(studio, on, output=elsewhere, recipient=OFFICE.recipient)
    submit(studio, on, output=elsewhere, recipient=OFFICE.recipient, force=True)


@pytest.mark.usefixtures("fake_pages")
def test_what_is_no_sealed_file_is_kept_even_in_the_build_folder(studio: Path, on: date) -> None:
    (studio / "build").mkdir()
    theirs = studio / "build" / "submission.zip.age"
    theirs.write_bytes(b"theirs")
    with pytest.raises(UsageError, match="did not make it"):
        submit(studio, on, recipient=OFFICE.recipient)
    assert theirs.read_bytes() == b"theirs"


def test_a_name_says_whether_a_file_is_sealed(studio: Path, tmp_path: Path, on: date) -> None:
    with pytest.raises(UsageError, match="its name does not say so") as refusal:
        submit(studio, on, output=tmp_path / "s.zip", recipient=OFFICE.recipient)
    assert refusal.value.hint == "name it s.zip.age"
    with pytest.raises(UsageError, match="would not be sealed"):
        submit(studio, on, output=tmp_path / "s.zip.age")
