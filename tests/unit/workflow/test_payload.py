"""A submission holds the sources, the rules, the attachments, the results and the documents."""

import json
from datetime import date
from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.source.folder import DiskFolder
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.payload import (
    document_files,
    evaluation_files,
    files_in,
    submission_files,
)


def graded(root: Path, on: date) -> GradedPortfolio:
    found = grade(examine_portfolio(DiskFolder(root), on))
    assert found is not None
    return found


@pytest.mark.usefixtures("fake_pages")
def test_every_file_has_its_place_and_its_role(studio: Path, on: date) -> None:
    files = submission_files(graded(studio, on))
    assert {name: role for name, (role, _) in files.items()} == {
        "portfolio/portfolio.yaml": "source",
        "portfolio/cases/heel.yaml": "source",
        "portfolio/observation.yaml": "source",
        "portfolio/program/program.yaml": "program",
        "portfolio/program/rubrics/case.yaml": "program",
        "portfolio/program/rubrics/session.yaml": "program",
        "portfolio/attachments/consent-a.pdf": "attachment",
        "portfolio/attachments/consent-b.pdf": "attachment",
        "portfolio/attachments/foot.png": "attachment",
        "evaluation/observed.json": "evaluation",
        "evaluation/eligibility.json": "evaluation",
        "documents/heel.pdf": "document",
        "documents/observed.pdf": "document",
        "documents/packet.pdf": "document",
    }
    source = studio / "cases" / "heel.yaml"
    assert files["portfolio/cases/heel.yaml"][1] == source.read_bytes()


@pytest.mark.usefixtures("fake_pages")
def test_the_rules_of_a_shipped_program_are_enclosed_beside_the_portfolio(
    studio: Path, on: date
) -> None:
    own = studio / "portfolio.yaml"
    own.write_text(own.read_text("utf-8").replace("program/program.yaml", "nkt"), "utf-8")
    files = submission_files(graded(studio, on))
    assert {name for name, (role, _) in files.items() if role == "program"} == {
        "program/program.yaml",
        "program/rubrics/case-study.yaml",
        "program/rubrics/session.yaml",
    }


def test_results_are_json_without_what_is_not_known(studio: Path, on: date) -> None:
    files = evaluation_files(graded(studio, on))
    evaluation = json.loads(files["observed.json"])
    assert (evaluation["work"], evaluation["result"]) == ("observed", "pass")
    assert "global_rating" not in evaluation
    assert json.loads(files["eligibility.json"])["eligible"] is True
    assert all(content.endswith(b"}\n") for content in files.values())


def test_documents_are_told_of_before_they_are_made(
    studio: Path, on: date, fake_pages: list[str]
) -> None:
    told: list[tuple[str, int, int, int]] = []
    document_files(
        graded(studio, on),
        lambda doing, done, total: told.append((doing, done, total, len(fake_pages))),
    )
    assert told == [
        ("rendering heel.pdf", 0, 3, 0),
        ("rendering observed.pdf", 1, 3, 1),
        ("rendering packet.pdf", 2, 3, 2),
    ]


def test_an_attachment_that_is_gone_stops_the_work(studio: Path, on: date) -> None:
    """Between the check and the bundling a file may vanish."""
    before = graded(studio, on)
    (studio / "attachments" / "foot.png").unlink()
    with pytest.raises(UsageError, match=r"foot\.png"):
        submission_files(before)


def test_a_part_of_a_payload_is_taken_by_its_folder() -> None:
    payload = {"documents/a.pdf": b"a", "documents-old/b.pdf": b"b", "documents": b"c"}
    assert files_in("documents", payload) == {"a.pdf": b"a"}
