"""A submission and a packet hold the sources, the rules, the attachments and the results."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from casebook.errors import UsageError
from casebook.source.folder import DiskFolder
from casebook.source.json_schema import schema_of
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.payload import (
    evaluation_files,
    files_in,
    record_of,
    source_files,
)


def graded(root: Path, on: date) -> GradedPortfolio:
    found = grade(examine_portfolio(DiskFolder(root), on))
    assert found is not None
    return found


def test_every_file_has_its_place_and_its_role(studio: Path, on: date) -> None:
    files = source_files(graded(studio, on))
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
    }
    source = studio / "cases" / "heel.yaml"
    assert files["portfolio/cases/heel.yaml"][1] == source.read_bytes()


def test_the_rules_of_a_shipped_program_are_enclosed_beside_the_portfolio(
    studio: Path, on: date
) -> None:
    own = studio / "portfolio.yaml"
    own.write_text(own.read_text("utf-8").replace("program/program.yaml", "nkt"), "utf-8")
    files = source_files(graded(studio, on))
    assert {name for name, (role, _) in files.items() if role == "program"} == {
        "program/program.yaml",
        "program/comments/case-study.yaml",
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


def test_results_keep_to_their_published_schemas(studio: Path, repository: Path, on: date) -> None:
    """The studio's and the sample's; a key that there is not is refused."""
    sample = repository / "samples" / "nkt-level-1"
    for root, works in ((studio, 1), (sample, 1)):
        files = evaluation_files(graded(root, on))
        assert len(files) == works + 1
        for name, content in files.items():
            kind = "eligibility" if name == "eligibility.json" else "evaluation"
            schema = jsonschema.Draft202012Validator(schema_of(kind))
            values = json.loads(content)
            assert list(schema.iter_errors(values)) == []
            assert list(schema.iter_errors({**values, "colour": "red"}))


def test_an_attachment_that_is_gone_stops_the_work(studio: Path, on: date) -> None:
    """Between the check and the bundling a file may vanish."""
    before = graded(studio, on)
    (studio / "attachments" / "foot.png").unlink()
    with pytest.raises(UsageError, match=r"foot\.png"):
        source_files(before)


def test_what_the_check_found_missing_is_left_out_of_a_draft(studio: Path, on: date) -> None:
    (studio / "attachments" / "consent-a.pdf").unlink()
    files = source_files(graded(studio, on))
    assert "portfolio/attachments/consent-a.pdf" not in files
    assert "portfolio/attachments/consent-b.pdf" in files


def test_the_record_lists_what_it_is_given(studio: Path, on: date) -> None:
    files = source_files(graded(studio, on))
    record = record_of(graded(studio, on), files)
    assert [entry.path for entry in record.files] == sorted(files)
    assert (record.level, record.made_on, record.results) == (1, on, {"observed": "pass"})


def test_a_part_of_a_payload_is_taken_by_its_folder() -> None:
    payload = {"documents/a.pdf": b"a", "documents-old/b.pdf": b"b", "documents": b"c"}
    assert files_in("documents", payload) == {"a.pdf": b"a"}
