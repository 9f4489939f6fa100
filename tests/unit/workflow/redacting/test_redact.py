"""A copy for publication holds what clients agreed to, and nothing that is known to identify."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from casebook.domain.work.case_study import CaseStudy
from casebook.errors import UnacceptableWork, UsageError
from casebook.source.load import load
from casebook.source.pictures import picture_notes
from casebook.workflow.check import check_paths
from casebook.workflow.privacy.review import look_through
from casebook.workflow.redacting.redact import Redacted, RedactionChoices, redact

CASE = "cases/heel.yaml"
SECRETS = ("Hartigan", "Jane", "020 7946", "12 March", "2026-03", "Larsen", "Robin", "consent-a")


@pytest.fixture
def agreed(studio: Path) -> Path:
    """A portfolio whose one client agreed to publication, with everything in it that must go."""
    text = (studio / CASE).read_text("utf-8")
    text = text.replace("scope: [record]", "scope: [record, publish]")
    text = text.replace("age: 46", "age: 95, occupation: works for Hartigan & Sons")
    text = text.replace(
        "Stairs hurt more than runs, and that made this case worth writing down.",
        "Jane Hartigan called 020 7946 0958 on 12 March 2026; stairs hurt more.",
    )
    text = text.replace("caption: The foot", "caption: The foot of Jane")
    (studio / CASE).write_text(f"{text}# Jane, by telephone 020 7946 0958\n", "utf-8")
    (studio / "private-names.txt").write_text("Jane Hartigan\n")
    return studio


def made(agreed: Path, target: Path, on: date, **choices: object) -> Redacted:
    return redact(agreed, target, on, RedactionChoices(**choices))  # type: ignore[arg-type]


def case_in(target: Path) -> CaseStudy:
    record = load("case-1.yaml", (target / "cases/case-1.yaml").read_bytes()).piece
    assert record is not None
    assert isinstance(record.record, CaseStudy)
    return record.record


def test_names_and_identifiers_are_replaced_by_marks(
    agreed: Path, tmp_path: Path, on: date
) -> None:
    made(agreed, tmp_path / "out", on)
    case = case_in(tmp_path / "out")
    assert case.introduction == (
        "[name] called [telephone number] on [date in 2026]; stairs hurt more."
    )
    assert case.client.occupation == "works for [name] & Sons"
    assert case.client.age == 90
    assert (case.id, case.consent, case.figures) == ("case-1", None, [])
    assert len(case.sessions) == 2


def test_nothing_of_what_was_taken_out_is_anywhere_in_the_copy(
    agreed: Path, tmp_path: Path, on: date
) -> None:
    """The report included: it tells where and what, never the words."""
    done = made(agreed, tmp_path / "out", on)
    assert {*done.files} == {"LEFT-OUT.txt", "left-out.json", "cases/case-1.yaml"}
    for name in done.files:
        text = (tmp_path / "out" / name).read_text("utf-8")
        assert [secret for secret in SECRETS if secret in f"{name} {text}"] == []


def test_the_copy_passes_a_check_and_a_search(agreed: Path, tmp_path: Path, on: date) -> None:
    made(agreed, tmp_path / "out", on)
    report = check_paths([tmp_path / "out/cases/case-1.yaml"], on).report
    assert report.findings == ()
    looked = look_through(tmp_path / "out", agreed / "private-names.txt")
    assert looked.checked.report.findings == ()


def test_dates_become_days_where_the_first_is_known(agreed: Path, tmp_path: Path, on: date) -> None:
    made(agreed, tmp_path / "out", on, first_days={"heel": date(2026, 3, 4)})
    assert "on [Day 8]; stairs" in (case_in(tmp_path / "out").introduction or "")


def test_the_report_says_where_what_and_why(agreed: Path, tmp_path: Path, on: date) -> None:
    made(agreed, tmp_path / "out", on)
    values = json.loads((tmp_path / "out/left-out.json").read_bytes())
    (case,) = values["cases"]
    taken = {(each["line"], each["why"]) for each in case["taken_out"]}
    assert (6, "the client's consent, its date and its form") in taken
    assert (7, "names") in taken
    assert (5, "dates finer than a year, and ages over 89") in taken
    assert [each["file"] for each in values["withheld"]] == ["observation.yaml"]
    text = (tmp_path / "out/LEFT-OUT.txt").read_text("utf-8")
    assert "This is a draft. A person has to read every text" in text
    assert "line 7, column" in text


def test_a_picture_is_published_only_where_the_figure_says_so(
    agreed: Path, tmp_path: Path, on: date
) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Jane Hartigan"
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    Image.new("RGB", (6, 4), "red").save(buffer, "PNG", exif=exif.tobytes())
    (agreed / "attachments/foot.png").write_bytes(buffer.getvalue())
    assert picture_notes(buffer.getvalue())
    text = (agreed / CASE).read_text("utf-8")
    path = agreed / CASE
    path.write_text(text.replace("file: attachments/foot.png", "file: attachments/foot.png, "
                                 "publish: yes"), "utf-8")  # fmt: skip
    made(agreed, tmp_path / "out", on)
    (figure,) = case_in(tmp_path / "out").figures
    assert figure.caption == "The foot of [name]"
    content = (tmp_path / "out" / figure.file).read_bytes()
    assert Path(figure.file).name == "case-1-figure-1.png"
    assert picture_notes(content) == ()
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.size, picture.convert("RGB").getpixel((0, 0))) == ((6, 4), (255, 0, 0))


@pytest.mark.parametrize(
    "change, why",
    [
        (("[record, publish]", "[record]"), "does not cover publication"),
        (("signed: 2026-03-10", "signed: 2026-03-10, withdrawn: 2026-06-30"), "does not hold"),
        (("signed: 2026-03-10", "signed: 2026-03-10, expires: 2026-06-30"), "does not hold"),
        (("signed: 2026-03-10", "signed: 2026-08-10"), "does not hold"),
        (("nprs: 6", "nprs: 66"), "a check finds errors"),
    ],
)
def test_where_nothing_may_be_published_nothing_is_made(
    agreed: Path, tmp_path: Path, on: date, change: tuple[str, str], why: str
) -> None:
    text = (agreed / CASE).read_text("utf-8")
    assert change[0] in text
    (agreed / CASE).write_text(text.replace(*change), "utf-8")
    with pytest.raises(UnacceptableWork, match=why):
        made(agreed, tmp_path / "out", on)
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(agreed: Path, tmp_path: Path, on: date) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="already there"):
        made(agreed, tmp_path / "out", on)
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("place", ["draft", "attachments/draft", "cases/../draft"])
def test_no_copy_is_made_among_the_portfolios_own_files(agreed: Path, on: date, place: str) -> None:
    with pytest.raises(UsageError, match="inside the portfolio"):
        made(agreed, agreed / place, on)
    assert not (agreed / place).exists()
    made(agreed, agreed / "build/draft", on)
    assert (agreed / "build/draft/LEFT-OUT.txt").is_file()


def test_a_citation_of_an_author_with_a_listed_name_stays(
    agreed: Path, tmp_path: Path, on: date
) -> None:
    path = agreed / CASE
    text = path.read_text("utf-8").replace("stairs hurt more.", "stairs hurt [@hartigan2014].")
    path.write_text(f"{text}references:\n  - {{id: hartigan2014, text: Hartigan J. Stairs.}}\n",
                    "utf-8")  # fmt: skip
    done = made(agreed, tmp_path / "out", on)
    assert (case_in(tmp_path / "out").introduction or "").endswith("stairs hurt [@hartigan2014].")
    # The citation on line 7, and the reference's id and text.
    last = len(path.read_text("utf-8").splitlines())
    assert [each.span.line for each in done.left_out.cases[0].doubts] == [7, last, last]


def test_a_list_that_nothing_reads_is_not_taken_for_no_list(
    agreed: Path, tmp_path: Path, on: date
) -> None:
    (agreed / "private-names.txt").rename(agreed / "private-names.txt.txt")
    with pytest.raises(UnacceptableWork, match="is not read as your private list"):
        made(agreed, tmp_path / "out", on)


def test_a_first_day_of_no_case_is_a_slip(agreed: Path, tmp_path: Path, on: date) -> None:
    with pytest.raises(UsageError, match="no case study has the id `heal`"):
        made(agreed, tmp_path / "out", on, first_days={"heal": on})


def test_names_of_files_that_tell_are_not_in_the_report(
    agreed: Path, tmp_path: Path, on: date
) -> None:
    (agreed / CASE).rename(agreed / "cases/jane-hartigan.yaml")
    made(agreed, tmp_path / "out", on)
    text = (tmp_path / "out/LEFT-OUT.txt").read_text("utf-8")
    assert "by line of cases/[name].yaml" in text


def test_marks_are_in_the_language_of_the_pages(agreed: Path, tmp_path: Path, on: date) -> None:
    path = agreed / "portfolio.yaml"
    path.write_text(f"{path.read_text('utf-8')}language: de\n", "utf-8")
    made(agreed, tmp_path / "out", on)
    assert (case_in(tmp_path / "out").introduction or "").startswith("[Name] ")
