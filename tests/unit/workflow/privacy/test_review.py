"""Whatever path is given, everything there is looked through, and nothing of the list gets out."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from casebook.errors import UnacceptableWork, UsageError
from casebook.source.portfolio import REVIEW_FILE
from casebook.workflow.check import check_paths
from casebook.workflow.new import new_portfolio
from casebook.workflow.privacy import review
from casebook.workflow.privacy.review import LookedThrough, look_through
from casebook.workflow.privacy.sign_off import Reasons, sign_off
from casebook.workflow.submit import submit

CASE = "cases/heel.yaml"
ANY = Reasons({}, "The client wants it so.")


def found(looked: LookedThrough, root: Path | None = None) -> list[tuple[str, int, str, str]]:
    findings = looked.checked.report.findings
    start = f"{root}/" if root else ""
    return [
        (each.place.path.removeprefix(start), each.place.span.line, each.code, looked.rules[each])
        for each in findings
        if each.severity != "note"
    ]


def write_into(studio: Path, text: str) -> None:
    """Put a text into the case's introduction, which is line 7."""
    path = studio / CASE
    old = "Stairs hurt more than runs, and that made this case worth writing down."
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, text), "utf-8")


def test_a_clean_portfolio_has_questions_and_no_findings(studio: Path) -> None:
    looked = look_through(studio)
    assert found(looked) == []
    about = {(each.rule, each.path and Path(each.path).name) for each in looked.questions}
    assert ("HIPAA-Q", "foot.png") in about
    assert ("HIPAA-R", "consent-a.pdf") in about
    assert {("HIPAA-A", None), ("HIPAA-B", None), ("HIPAA-R", None)} <= about


def test_texts_comments_ages_and_consent_notes_are_looked_through(studio: Path) -> None:
    write_into(studio, "Write to jane@example.com.")
    path = studio / CASE
    text = path.read_text("utf-8").replace("age: 46", "age: 95")
    text = text.replace("form: attachments/consent-a.pdf", "form: attachments/consent-a.pdf, "
                        "note: ring 020 7946 0958")  # fmt: skip
    path.write_text(f"{text}# her mother, Mrs Jones\n", "utf-8")
    lines = len(path.read_text("utf-8").splitlines())
    assert found(look_through(studio), studio) == [
        (CASE, 5, "CB607", "HIPAA-C"),
        (CASE, 6, "CB606", "HIPAA-D"),
        (CASE, 7, "CB606", "HIPAA-F"),
        (CASE, lines, "CB606", "HIPAA-A"),
    ]


def test_a_new_portfolio_tells_nothing_yet(tmp_path: Path) -> None:
    """Its files explain how days are written, by an example."""
    new_portfolio(tmp_path / "new", "nkt", 1)
    assert look_through(tmp_path / "new").checked.report.findings == ()


def test_a_file_that_cannot_be_read_as_a_record_is_looked_through_as_text(studio: Path) -> None:
    write_into(studio, "This breaks it: ring 020 7946 0958, or 12 March 2026.")
    rules = [rule for *_, rule in found(look_through(studio))]
    assert rules == ["HIPAA-D", "HIPAA-C"]


def test_a_sealed_file_is_to_be_opened_first(tmp_path: Path) -> None:
    (tmp_path / "submission.zip.age").write_bytes(b"age-encryption.org/v1\n")
    with pytest.raises(UsageError, match="is sealed"):
        look_through(tmp_path / "submission.zip.age")


def test_pictures_names_of_files_and_other_files_are_looked_at(studio: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Jane Miller"
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "JPEG", exif=exif.tobytes())
    folder = studio / "attachments"
    (folder / "jane-2026-03-12.jpg").write_bytes(buffer.getvalue())
    (folder / "notes.txt").write_text("ring 020 7946 0958\n")
    (folder / "talk.mp3").write_bytes(b"ID3\0")
    (studio / "private-names.txt").write_text("Jane Miller\n")
    looked = look_through(studio)
    assert set(found(looked, studio)) == {
        ("attachments/jane-2026-03-12.jpg", 1, "CB608", "HIPAA-A"),
        ("attachments/jane-2026-03-12.jpg", 1, "CB612", "HIPAA-C"),
        ("attachments/notes.txt", 1, "CB606", "HIPAA-D"),
    }
    said = [each.message for each in looked.checked.report.findings if each.code == "CB608"]
    assert len(said) == 2
    assert any("with a name of your private list in it" in each for each in said)
    assert ("HIPAA-P", "talk.mp3") in {
        (each.rule, Path(each.path).name) for each in looked.questions if each.path
    }


@pytest.mark.parametrize("name", ["Visit 12 March 2026.txt", "visit_2026-03-12.txt"])
def test_a_day_in_the_name_of_a_file_is_told_once(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("nothing\n")
    looked = look_through(tmp_path)
    assert found(looked, tmp_path) == [(name, 1, "CB612", "HIPAA-C")]


def test_a_session_by_video_is_asked_about(studio: Path) -> None:
    path = studio / "observation.yaml"
    path.write_text(path.read_text("utf-8").replace("mode: in person", "mode: video"), "utf-8")
    asked = [each for each in look_through(studio).questions if each.rule == "HIPAA-P"]
    assert [Path(each.path or "").name for each in asked] == ["observation.yaml"]


def test_one_file_is_looked_through_with_the_list_beside_its_portfolio(studio: Path) -> None:
    write_into(studio, "Then Miller came.")
    (studio / "private-names.txt").write_text("Jane Miller\n")
    assert [code for *_, code, _ in found(look_through(studio / CASE))] == ["CB608"]


def test_a_list_can_lie_anywhere(studio: Path, tmp_path: Path) -> None:
    write_into(studio, "Then Miller came.")
    (tmp_path / "mine.txt").write_text("Jane Miller\n")
    looked = look_through(studio, tmp_path / "mine.txt")
    assert (looked.names, [code for *_, code, _ in found(looked)]) == (1, ["CB608"])


def test_a_submission_is_looked_into(sent: Path, studio: Path, tmp_path: Path) -> None:
    del studio
    (tmp_path / "mine.txt").write_text("Larsen\nStairs\n")
    looked = look_through(sent, tmp_path / "mine.txt")
    places = {(each.place.path.removeprefix(f"{sent}/"), each.code)
              for each in looked.open_findings}  # fmt: skip
    assert ("portfolio/cases/heel.yaml", "CB608") in places
    assert ("submission.json", "CB608") in places
    assert all(code != "CB606" for _, code in places)


def test_a_zip_that_is_no_submission_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "Jane")
    with pytest.raises(UnacceptableWork, match="cannot be looked into"):
        look_through(tmp_path / "a.zip")


def test_wrong_paths_are_told(tmp_path: Path, studio: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        look_through(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="to look through"):
        look_through(tmp_path / "empty")
    with pytest.raises(UsageError, match="no file"):
        look_through(studio, tmp_path / "nowhere.txt")
    (studio / "private-names.txt").write_text("Jane\n")
    with pytest.raises(UsageError, match="looked for, not looked into"):
        look_through(studio / "private-names.txt")


def test_a_sign_off_answers_what_was_found_until_a_file_changes(studio: Path, on: date) -> None:
    write_into(studio, "Seen on 12 March 2026.")
    assert "CB614" in [each.code for each in check_paths([studio], on).report.findings]
    signed = sign_off(look_through(studio), "Ana Ruiz", on, ANY)
    assert (len(signed.record.accepted), signed.record.looked_at) == (
        1, ["attachments/consent-a.pdf", "attachments/consent-b.pdf", "attachments/foot.png"],
    )  # fmt: skip
    looked = look_through(studio)
    assert (looked.open_findings, looked.accepted, looked.changed) == ((), 1, ())
    codes = [each.code for each in check_paths([studio], on).report.findings]
    assert [code for code in codes if code.startswith("CB6")] == ["CB615"]
    (studio / "attachments" / "foot.png").write_bytes(
        (studio / "attachments" / "foot.png").read_bytes() + b"\0"
    )
    looked = look_through(studio)
    assert looked.changed == ("attachments/foot.png",)
    codes = [each.code for each in check_paths([studio], on).report.findings]
    assert [code for code in codes if code.startswith("CB6")] == ["CB606", "CB616"]


def test_a_sign_off_wants_a_reason_for_everything_found(studio: Path, on: date) -> None:
    write_into(studio, "Seen on 12 March 2026 by Mrs Jones.")
    with pytest.raises(UsageError, match="and 1 more may identify"):
        sign_off(look_through(studio), "Ana", on, Reasons({}))
    some = Reasons({"HIPAA-C": "A date of the paper."})
    with pytest.raises(UsageError, match="may identify"):
        sign_off(look_through(studio), "Ana", on, some)
    both = Reasons({"HIPAA-C": "A date of the paper."}, "A pen name.")
    record = sign_off(look_through(studio), "Ana", on, both).record
    assert [(each.rule, each.reason) for each in record.accepted] == [
        ("HIPAA-C", "A date of the paper."),
        ("HIPAA-A", "A pen name."),
    ]


def test_a_reason_for_what_was_not_found_is_a_slip(studio: Path, on: date) -> None:
    with pytest.raises(UsageError, match="nothing was found"):
        sign_off(look_through(studio), "Ana", on, Reasons({"HIPAA-D": "x"}))


def test_a_listed_name_cannot_be_signed_off(studio: Path, on: date) -> None:
    """The record travels: it would tell the grader which word is the client's name."""
    write_into(studio, "Then Miller came.")
    (studio / "private-names.txt").write_text("Jane Miller\n")
    with pytest.raises(UnacceptableWork, match="cannot be signed off"):
        sign_off(look_through(studio), "Ana", on, ANY)
    (studio / "private-names.txt").write_text("Jane Miller\nexcept: then Miller\n")
    assert sign_off(look_through(studio), "Ana", on, ANY).record.accepted == []


def test_a_listed_name_in_the_name_of_a_file_or_a_picture_cannot_be_signed_off(
    studio: Path, on: date
) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Jane Miller"
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG", exif=exif.tobytes())
    (studio / "attachments/foot.png").write_bytes(buffer.getvalue())
    (studio / "private-names.txt").write_text("Jane Miller\n")
    with pytest.raises(UnacceptableWork, match="cannot be signed off"):
        sign_off(look_through(studio), "Ana", on, ANY)
    (studio / "private-names.txt").write_text("Foot\n")
    with pytest.raises(UnacceptableWork, match="cannot be signed off"):
        sign_off(look_through(studio), "Ana", on, ANY)


@pytest.mark.parametrize("how", ["text", "name", "picture"])
def test_a_listed_name_stops_a_check_and_a_submission(
    studio: Path, on: date, fake_pages: list[str], how: str
) -> None:
    (studio / "private-names.txt").write_text("Jane Miller\n")
    if how == "text":
        write_into(studio, "Then Miller came.")
    elif how == "name":
        (studio / CASE).rename(studio / "cases/miller.yaml")
    else:
        exif = Image.Exif()
        exif[0x013B] = "Jane Miller"
        buffer = io.BytesIO()
        Image.new("RGB", (4, 4)).save(buffer, "PNG", exif=exif.tobytes())
        (studio / "attachments/foot.png").write_bytes(buffer.getvalue())
    done = submit(studio, on)
    assert done.path is None
    assert fake_pages == []
    for report in (done.checked.report, check_paths([studio], on).report):
        assert [each.code for each in report.findings if each.severity == "error"] == ["CB608"]


@pytest.mark.parametrize(
    "name", ["private-names.txt.txt", "cases/private-names.txt", "private names.txt"]
)
def test_a_list_that_nothing_reads_stops_all_that_would_rely_on_it(
    studio: Path, on: date, fake_pages: list[str], name: str
) -> None:
    """Beside a list that is read it is only told."""
    (studio / name).write_text("Zyxwvut\n")
    (finding,) = look_through(studio).open_findings
    assert (finding.code, finding.place.path) == ("CB617", str(studio / name))
    assert f"`{name}` is not read" in finding.message
    with pytest.raises(UnacceptableWork, match="names have not been looked for"):
        sign_off(look_through(studio), "Ana", on, ANY)
    assert submit(studio, on).path is None
    assert fake_pages == []
    (studio / "private-names.txt").write_text("Zyxwvut\n")
    done = submit(studio, on)
    assert [each.severity for each in done.checked.report.findings if each.code == "CB617"] == [
        "warning"
    ]
    assert done.path is not None
    with zipfile.ZipFile(done.path) as archive:
        assert not any("private" in each for each in archive.namelist())


def test_ends_of_lines_as_windows_writes_them_change_nothing(studio: Path, on: date) -> None:
    """Authors stay authors, and everything stands on the same line and column."""
    path = studio / CASE
    write_into(studio, "As [@miller2014] found on 12 March 2026.")
    path.write_text(
        path.read_text("utf-8") + "references:\n  - id: miller2014\n\n    text: Miller J. Heels.\n"
        "# Mrs Jones, 020 7946 0958\n", "utf-8",
    )  # fmt: skip
    (studio / "notes.txt").write_text("x\x0by\nring 020 7946 0958\n")
    (studio / "private-names.txt").write_text("Jane Miller\n")

    def both() -> list[tuple[str, str, int, int]]:
        reports = look_through(studio).checked.report, check_paths([studio], on).report
        return [
            (each.code, each.place.path, each.place.span.line, each.place.span.column)
            for report in reports
            for each in report.findings
        ]

    before = both()
    assert {"CB606", "CB610", "CB614"} <= {code for code, *_ in before}
    assert "CB608" not in {code for code, *_ in before}
    for each in (path, studio / "notes.txt", studio / "private-names.txt"):
        each.write_bytes(each.read_bytes().replace(b"\n", b"\r\n"))
    assert both() == before


def test_where_a_picture_was_made_is_counted_by_a_check(studio: Path, on: date) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG", exif=exif.tobytes())
    (studio / "attachments/foot.png").write_bytes(buffer.getvalue())
    (waits,) = [f for f in check_paths([studio], on).report.findings if f.code == "CB614"]
    assert "attachments/foot.png" in waits.message
    sign_off(look_through(studio), "Ana", on, ANY)
    codes = [each.code for each in check_paths([studio], on).report.findings]
    assert [code for code in codes if code.startswith("CB6")] == ["CB615"]


def test_a_sign_off_quiets_what_is_only_like_a_name(studio: Path, on: date) -> None:
    write_into(studio, "Pain rose; it rose again.")
    (studio / "private-names.txt").write_text("Rose Miller\n")
    (alike,) = [f for f in check_paths([studio], on).report.findings if f.code == "CB610"]
    assert alike.message.startswith("2 words are like names")
    sign_off(look_through(studio), "Ana", on, ANY)
    codes = [each.code for each in check_paths([studio], on).report.findings]
    assert [code for code in codes if code.startswith("CB6")] == ["CB615"]
    assert [f.code for f in look_through(studio).checked.report.findings].count("CB610") == 2


def test_files_that_are_not_handed_in_are_not_named_in_the_record(studio: Path, on: date) -> None:
    (studio / "Mrs Jones.txt").write_text("ring 020 7946 0958\n")
    signed = sign_off(look_through(studio), "Ana", on, Reasons({}))
    assert signed.not_handed_in == 2
    assert "Jones" not in (studio / REVIEW_FILE).read_text("utf-8")


@pytest.mark.parametrize("by", ["", " ", "x" * 301, "a\x00b"])
def test_a_name_that_cannot_be_recorded_is_refused(studio: Path, on: date, by: str) -> None:
    with pytest.raises(UsageError):
        sign_off(look_through(studio), by, on, Reasons({}))
    assert not (studio / REVIEW_FILE).exists()


def test_a_file_of_that_name_that_casebook_did_not_make_is_kept(studio: Path, on: date) -> None:
    (studio / REVIEW_FILE).write_text("mine")
    with pytest.raises(UsageError, match="did not make it"):
        sign_off(look_through(studio), "Ana", on, Reasons({}))


def test_only_a_portfolio_can_be_signed_off(studio: Path, sent: Path, on: date) -> None:
    for path in (studio / CASE, sent, studio / "attachments"):
        with pytest.raises(UsageError, match="portfolio's folder"):
            sign_off(look_through(path), "Ana", on, ANY)


def test_a_submission_carries_the_sign_off_and_never_the_list(
    studio: Path, on: date, fake_pages: list[str]
) -> None:
    del fake_pages
    secret = "Zyxwvut Abcdefg"
    (studio / "private-names.txt").write_text(f"{secret}\n")
    sign_off(look_through(studio), "Ana", on, Reasons({}))
    path = submit(studio, on).path
    assert path is not None
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        contents = [archive.read(name) for name in names]
    assert any(name.endswith("portfolio/privacy-review.json") for name in names)
    assert not any("private" in name for name in names)
    assert not any(word.encode() in each for each in contents for word in secret.split())
    looked = look_through(path)
    assert looked.review is not None
    assert (looked.review.record.by, looked.changed) == ("Ana", ())


@pytest.mark.parametrize("how", ["named", "linked", "copied", "hard link"])
def test_a_form_that_is_the_private_list_is_refused_and_never_handed_in(
    studio: Path, on: date, fake_pages: list[str], how: str
) -> None:
    secret = studio / "private-names.txt"
    secret.write_text("Zyxwvut\n")
    form = studio / "attachments" / "consent-a.pdf"
    case = studio / CASE
    if how == "named":
        case.write_text(
            case.read_text("utf-8").replace("attachments/consent-a.pdf", "private-names.txt")
        )
    else:
        form.unlink()
        if how == "linked":
            form.symlink_to("../private-names.txt")
        elif how == "copied":
            form.write_bytes(secret.read_bytes())
        else:
            form.hardlink_to(secret)
    done = submit(studio, on)
    assert done.path is None
    errors = [each for each in done.checked.report.findings if each.severity == "error"]
    assert {each.code for each in errors} & {"CB609", "CB101"}
    assert fake_pages == []


def test_the_record_is_read_back_as_it_was_written(studio: Path, on: date) -> None:
    sign_off(look_through(studio), "Žofie “Z” Ruíz", on, Reasons({}))
    values = json.loads((studio / REVIEW_FILE).read_text("utf-8"))
    assert (values["by"], values["on"], values["format"]) == ("Žofie “Z” Ruíz", "2026-07-01", 1)


def test_texts_behind_the_limit_of_one_search_are_named(
    studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not passed over in silence: each says that it was not looked into."""
    monkeypatch.setattr(review, "SEARCHED_TOTAL_BYTES", 10)
    write_into(studio, "Write to jane@example.com.")
    looked = look_through(studio)
    codes = {Path(each.place.path).name: each.code for each in looked.checked.report.findings}
    assert codes["heel.yaml"] == "CB613"
    assert "CB606" not in codes.values()
