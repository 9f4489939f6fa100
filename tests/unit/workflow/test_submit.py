"""A portfolio becomes one sealed file, or is refused with everything that is wrong."""

from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from casebook import __version__
from casebook.bundle.archive import parse_archive
from casebook.bundle.bag import check_bag, payload_of
from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord
from casebook.errors import UsageError
from casebook.workflow.submit import submit


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
