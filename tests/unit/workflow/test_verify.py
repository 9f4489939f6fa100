"""Each step of a verification has a forgery that breaks it and nothing before it."""

from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from casebook.bundle.bag import BagProblem, payload_of
from casebook.errors import MachineError, UsageError
from casebook.render import together
from casebook.render.document import RenderFailed, RenderStopped
from casebook.source import attachment_amounts
from casebook.workflow import unpacking
from casebook.workflow.programs import show_program
from casebook.workflow.submit import submit
from casebook.workflow.verification import VerificationReport
from casebook.workflow.verify import verify

Files: TypeAlias = dict[str, bytes]
Values: TypeAlias = dict[str, Any]
Change: TypeAlias = Callable[[Files, Values], object]
Forge: TypeAlias = Callable[[Change], Path]


def failed(report: VerificationReport) -> list[str]:
    return [step.id for step in report.steps if step.ok is False]


def left_open(report: VerificationReport) -> list[str]:
    return [step.id for step in report.steps if step.ok is None]


def detail(report: VerificationReport, step_id: str) -> str:
    return next(step.detail for step in report.steps if step.id == step_id)


@pytest.fixture
def rules(studio: Path) -> Path:
    return studio / "program" / "program.yaml"


def test_a_sound_submission_holds_in_every_step(sent: Path, rules: Path) -> None:
    report = verify(sent, rules)
    assert report.ok
    assert [step.id for step in report.steps] == [
        "container", "bag", "record", "inventory", "program", "sources", "check", "results",
    ]  # fmt: skip
    assert report.record is not None
    assert report.record.candidate == "Kim Larsen"
    assert report.findings is not None
    assert report.findings.findings == ()
    assert report.portfolio is not None
    assert report.portfolio.holds("cases/heel.yaml")
    assert "3 PDFs were not compared: --documents" in detail(report, "results")


def test_a_submission_of_a_shipped_program_is_held_against_it_and_its_copy(
    repository: Path, tmp_path: Path, on: date, fake_pages: list[str]
) -> None:
    path = tmp_path / "nkt.zip"
    assert submit(repository / "samples" / "nkt-level-1", on, output=path).path == path
    report = verify(path)
    assert report.ok
    assert detail(report, "program").startswith("the rules that ship with casebook: ")


def test_a_file_that_is_no_archive_leaves_nothing_to_look_at(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip at all")
    report = verify(path)
    assert failed(report) == ["container"]
    assert len(left_open(report)) == len(report.steps) - 1
    assert report.portfolio is None


def test_a_file_that_is_not_there_is_no_submission(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        verify(tmp_path / "nowhere.zip")


def test_a_changed_byte_breaks_the_bag_and_the_inventory(sent: Path, rules: Path) -> None:
    """In a stored zip the text stands as it is, so its own checksum is the first to tell."""
    content = sent.read_bytes()
    assert content.count(b"Stairs hurt more") == 1
    sent.write_bytes(content.replace(b"Stairs hurt more", b"Stairs hurt less"))
    assert failed(verify(sent, rules)) == ["container"]


def test_a_bag_whose_sums_disagree_is_told(
    sent: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = BagProblem("changed", "data/x", "other bytes than listed")
    monkeypatch.setattr(unpacking, "check_bag", lambda *_, **__: (problem,))
    report = verify(sent, rules)
    assert failed(report) == ["bag"]
    assert detail(report, "bag") == "data/x: other bytes than listed"


def test_without_its_record_a_submission_says_nothing_of_itself(
    sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "payload_of", lambda _: {})
    report = verify(sent)
    assert failed(report) == ["record"]
    assert detail(report, "record") == "there is no submission.json"
    assert report.portfolio is None


def test_a_record_that_cannot_be_read_is_told(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "payload_of", lambda _: {"submission.json": b"{}"})
    assert "kind is not 'submission'" in detail(verify(sent), "record")


def test_a_file_that_the_record_does_not_list_breaks_the_inventory(
    forge: Forge, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = forge(lambda *_: None)
    monkeypatch.setattr(
        unpacking, "payload_of", lambda files: {**payload_of(files), "evaluation/x.json": b""}
    )
    assert failed(verify(path, rules)) == ["inventory", "results"]


def test_a_file_in_no_part_of_a_submission_breaks_the_inventory(forge: Forge, rules: Path) -> None:
    path = forge(lambda payload, _: payload.update({"extra/tool.yaml": b"MZ"}))
    report = verify(path, rules)
    assert failed(report) == ["inventory"]
    assert detail(report, "inventory") == "extra/tool.yaml: no part of a submission"


def test_rules_that_came_with_the_submission_prove_nothing(sent: Path) -> None:
    report = verify(sent)
    assert not report.ok
    assert (failed(report), left_open(report)) == ([], ["program"])
    assert "came with the submission itself" in detail(report, "program")


def test_other_rules_than_the_readers_are_told(sent: Path, rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace('version: "1"', 'version: "2"'), "utf-8")
    report = verify(sent, rules.parent)
    assert failed(report) == ["program"]
    assert "version 1, yours is 2" in detail(report, "program")


def test_rules_that_changed_without_a_new_version_are_told_apart_by_their_digests(
    sent: Path, rules: Path
) -> None:
    before = show_program(str(rules)).digest
    session = rules.parent / "rubrics" / "session.yaml"
    session.write_text(
        session.read_text("utf-8").replace("pass_percent: 60", "pass_percent: 61"), "utf-8"
    )
    after = show_program(str(rules)).digest
    said = detail(verify(sent, rules), "program")
    assert "version 1 as yours, with other content" in said
    assert f"digest {before[:16]}…, yours is {after[:16]}…" in said


def test_rules_of_another_name_are_told_by_it(sent: Path) -> None:
    assert "'studio', yours is 'nkt'" in detail(verify(sent, Path("nkt")), "program")


def test_a_program_with_faults_proves_nothing(sent: Path, rules: Path) -> None:
    rules.write_text("kind: program\nformat: 1\n", "utf-8")
    with pytest.raises(UsageError, match="has faults"):
        verify(sent, rules)


def test_a_folder_is_no_submission(studio: Path) -> None:
    with pytest.raises(UsageError, match="is a folder, not a submission"):
        verify(studio)


def test_rules_under_the_name_of_shipped_ones_are_held_against_those(
    forge: Forge, studio: Path
) -> None:
    """A program that calls itself nkt, with an easier rubric."""

    def rename(payload: Files, values: Values) -> None:
        name = "portfolio/program/program.yaml"
        payload[name] = payload[name].replace(b"id: studio", b"id: nkt")
        values["program"]["id"] = "nkt"

    report = verify(forge(rename))
    assert "program" in failed(report)
    assert "other rules than the rules that ship with casebook" in detail(report, "program")


def enclose(content: bytes) -> Change:
    def change(payload: Files, values: Values) -> None:
        payload["program/program.yaml"] = content

    return change


@pytest.mark.parametrize("content", [b"kind: program\nformat: 1\n", b"[", b""])
def test_a_copy_of_the_rules_that_is_none_is_told(
    forge: Forge, rules: Path, content: bytes
) -> None:
    report = verify(forge(enclose(content)), rules)
    assert failed(report) == ["program"]
    assert detail(report, "program") == "the copy in program/ is not of the rules you named"


def test_a_copy_of_the_rules_without_its_main_file_is_told(forge: Forge, rules: Path) -> None:
    path = forge(lambda payload, _: payload.update({"program/notes.yaml": b"x"}))
    assert failed(verify(path, rules)) == ["program"]


def test_sources_that_cannot_be_read_are_told(forge: Forge, rules: Path) -> None:
    def spoil(payload: Files, values: Values) -> None:
        payload["portfolio/observation.yaml"] += b"colour: red\n"

    report = verify(forge(spoil), rules)
    assert failed(report) == ["sources", "check"]
    assert "observation.yaml:17: CB202" in detail(report, "sources")


def test_sources_without_a_portfolio_leave_the_rest_open(forge: Forge, rules: Path) -> None:
    def spoil(payload: Files, values: Values) -> None:
        payload["portfolio/portfolio.yaml"] = b""

    report = verify(forge(spoil), rules)
    assert "sources" in failed(report)
    assert left_open(report) == ["check", "results"]


def test_a_file_that_nothing_in_the_portfolio_names_is_told(forge: Forge, rules: Path) -> None:
    path = forge(lambda payload, _: payload.update({"portfolio/tool.yaml": b"MZ"}))
    report = verify(path, rules)
    assert failed(report) == ["sources"]
    assert detail(report, "sources") == "tool.yaml: nothing in the portfolio names it"


@pytest.mark.parametrize(
    "changes,words",
    [
        ({"candidate": "Somebody Else"}, "says 'Somebody Else', the portfolio 'Kim Larsen'"),
        ({"level": 2}, "says '2', the portfolio '1'"),
    ],
)
def test_a_record_of_somebody_else_is_told(
    forge: Forge, rules: Path, changes: dict[str, object], words: str
) -> None:
    report = verify(forge(lambda _, values: values.update(changes)), rules)
    assert failed(report) == ["sources"]
    assert words in detail(report, "sources")


def test_work_that_was_not_acceptable_on_its_day_is_told(forge: Forge, rules: Path) -> None:
    """In March 2026 the session had not been held, and the consent to it was not signed."""
    report = verify(forge(lambda _, values: values.update(made_on="2026-03-05")), rules)
    assert failed(report) == ["check", "results"]
    assert "CB605" in detail(report, "check")


def test_a_private_key_among_the_files_is_told(forge: Forge, rules: Path) -> None:
    """Whoever sent it has to know, though the submission is what it says it is."""

    def slip(payload: Files, values: Values) -> None:
        payload["portfolio/attachments/consent-a.pdf"] = b"-----BEGIN OPENSSH PRIVATE KEY-----\n"

    report = verify(forge(slip), rules)
    assert failed(report) == ["check"]
    assert "CB620" in detail(report, "check")


def test_pages_that_did_not_come_along_are_not_counted(forge: Forge, rules: Path) -> None:
    def without(payload: Files, values: Values) -> None:
        for name in [each for each in payload if each.startswith("documents/")]:
            del payload[name]

    report = verify(forge(without), rules)
    assert report.ok
    assert detail(report, "results").endswith("; no PDFs came along")


def test_warnings_are_counted_and_break_nothing(forge: Forge, rules: Path) -> None:
    def late(payload: Files, values: Values) -> None:
        name = "portfolio/observation.yaml"
        payload[name] = payload[name].replace(b'"01:10"', b'"01:16"')

    report = verify(forge(late), rules)
    assert detail(report, "check").startswith("no finding for 2026-07-01")
    noted = verify(forge(lambda payload, _: payload.update(
        {"portfolio/attachments/old.pdf": b"%PDF"})), rules)  # fmt: skip
    assert detail(noted, "check").startswith("no error, 1 warning for 2026-07-01")


def test_marks_that_do_not_give_the_enclosed_result_are_told(forge: Forge, rules: Path) -> None:
    def better(payload: Files, values: Values) -> None:
        name = "portfolio/observation.yaml"
        payload[name] = payload[name].replace(b"explains, level: 1",
                                                              b"explains, level: 2")  # fmt: skip

    report = verify(forge(better), rules)
    assert failed(report) == ["results"]
    assert detail(report, "results") == "evaluation/observed.json: not what the sources give"


def test_documents_are_compared_when_that_is_asked_for(
    sent: Path, rules: Path, fake_pages: list[str]
) -> None:
    """Three were made for the submission, and three more to compare with them."""
    told: list[str] = []
    report = verify(sent, rules, documents=True, progress=lambda doing, _, __: told.append(doing))
    assert report.ok
    assert report.steps[-1].id == "documents"
    assert detail(report, "documents") == "3 PDFs, byte by byte"
    assert "not compared" not in detail(report, "results")
    assert len(fake_pages) == 6
    assert len(told) == 3


def test_a_document_that_says_something_else_is_told(forge: Forge, rules: Path) -> None:
    path = forge(lambda payload, _: payload.update({"documents/heel.pdf": b"%PDF other"}))
    assert failed(verify(path, rules)) == []
    report = verify(path, rules, documents=True)
    assert failed(report) == ["documents"]
    assert detail(report, "documents") == "documents/heel.pdf: not what the sources give"


def test_between_other_versions_other_bytes_prove_nothing(forge: Forge, rules: Path) -> None:
    def other(payload: Files, values: Values) -> None:
        payload["documents/heel.pdf"] = b"%PDF other"
        values["weasyprint"] = "1.0"

    report = verify(forge(other), rules, documents=True)
    assert (failed(report), left_open(report)) == ([], ["documents"])
    assert not report.ok
    assert f"WeasyPrint 1.0, here are 0.1.0 and {version('weasyprint')}" in detail(
        report, "documents"
    )


def test_between_other_versions_equal_bytes_hold_and_missing_files_fail(
    forge: Forge, rules: Path
) -> None:
    def aged(payload: Files, values: Values) -> None:
        values["weasyprint"] = "1.0"

    def robbed(payload: Files, values: Values) -> None:
        aged(payload, values)
        del payload["documents/heel.pdf"]

    assert verify(forge(aged), rules, documents=True).ok
    assert failed(verify(forge(robbed), rules, documents=True)) == ["documents"]


def test_of_a_portfolio_with_too_much_in_it_no_document_is_made(
    sent: Path, rules: Path, fake_pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step before says what is too much; to make the pages would cost what it saves."""
    monkeypatch.setattr(attachment_amounts, "ATTACHMENTS_BYTES", 1)
    made = len(fake_pages)
    report = verify(sent, rules, documents=True)
    assert failed(report)[0] == "sources"
    assert "CB123 with `attachments/consent-a.pdf`, all attachments" in detail(report, "sources")
    assert left_open(report) == ["documents"]
    assert len(fake_pages) == made


def test_more_works_than_a_portfolio_has_end_the_verification(forge: Forge, rules: Path) -> None:
    """Nothing of them is read; what came before holds."""
    case = b"kind: case-study\n"

    def crowded(payload: Files, _: Values) -> None:
        payload.update({f"portfolio/cases/c{number}.yaml": case for number in range(201)})

    report = verify(forge(crowded), rules)
    assert failed(report) == ["sources"]
    assert "CB123 203 case studies and sessions" in detail(report, "sources")
    assert left_open(report) == ["check", "results"]


def test_documents_that_cannot_be_made_here_are_told(
    sent: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise RenderFailed("a hole in the page")

    monkeypatch.setattr(together, "made_confined", refuse)
    report = verify(sent, rules, documents=True)
    assert failed(report) == ["documents"]
    assert detail(report, "documents") == "they cannot be made: a hole in the page"


def test_documents_that_take_more_than_they_may_leave_the_step_open(
    sent: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> bytes:
        raise RenderStopped("the pages of heel cannot be made: it took more than 60 seconds")

    monkeypatch.setattr(together, "made_confined", stop)
    report = verify(sent, rules, documents=True)
    assert (failed(report), left_open(report), report.ok) == ([], ["documents"], False)
    assert "not to be decided here: the pages of heel" in detail(report, "documents")


def test_a_machine_that_cannot_make_documents_is_no_fault_of_the_sender(
    sent: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise MachineError("Pango is missing")

    monkeypatch.setattr(together, "made_confined", refuse)
    with pytest.raises(MachineError):
        verify(sent, rules, documents=True)
