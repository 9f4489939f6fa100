"""What is made again is compared file by file, and versions that cannot be compared are named."""

from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from casebook import __version__
from casebook.bundle.inventory import ProgramUsed, SubmissionRecord
from casebook.source.folder import DiskFolder
from casebook.workflow.documents import document_files, documents_of
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.payload import files_in, source_files
from casebook.workflow.progress import quietly
from casebook.workflow.reproduction import (
    Difference,
    differing_documents,
    differing_results,
    other_versions,
)


def record(**changes: object) -> SubmissionRecord:
    values = {
        "program": ProgramUsed(id="studio", version="1", digest="0" * 128),
        "level": 1,
        "candidate": "Kim",
        "made_on": date(2026, 7, 1),
        "casebook": __version__,
        "weasyprint": version("weasyprint"),
        "results": {"observed": "pass"},
        "files": (),
    }
    return SubmissionRecord.model_validate(values | changes)


@pytest.fixture
def graded(studio: Path, on: date) -> GradedPortfolio:
    found = grade(examine_portfolio(DiskFolder(studio), on))
    assert found is not None
    return found


@pytest.fixture
def payload(graded: GradedPortfolio, fake_pages: list[str]) -> dict[str, bytes]:
    sources = source_files(graded)
    made = document_files(documents_of(graded, sources))
    documents = {f"documents/{name}": each for name, each in made.items()}
    return {name: content for name, (_, content) in sources.items()} | documents


def shown(differences: list[Difference]) -> list[str]:
    return [str(each) for each in differences]


def test_the_same_results_do_not_differ(
    graded: GradedPortfolio, payload: Mapping[str, bytes]
) -> None:
    assert differing_results(record(), graded, payload) == []


def test_each_result_that_differs_is_named(
    graded: GradedPortfolio, payload: dict[str, bytes]
) -> None:
    """One changed, one missing, one that nothing leads to, and the record's own."""
    payload["evaluation/observed.json"] += b" "
    del payload["evaluation/eligibility.json"]
    payload["evaluation/other.json"] = b"{}"
    assert shown(differing_results(record(results={"observed": "fail"}), graded, payload)) == [
        "evaluation/eligibility.json: it is missing",
        "evaluation/observed.json: not what the sources give",
        "evaluation/other.json: nothing in the sources leads to it",
        "submission.json: it gives other results",
    ]


def test_documents_are_made_again_and_compared(
    graded: GradedPortfolio, payload: dict[str, bytes]
) -> None:
    documents = files_in("documents", payload)
    assert differing_documents(graded, documents, quietly) == []
    documents["heel.pdf"] += b" "
    del documents["packet.pdf"]
    changed, missing = differing_documents(graded, documents, quietly)
    assert (changed.name, changed.changed) == ("documents/heel.pdf", True)
    assert (missing.name, missing.changed) == ("documents/packet.pdf", False)


def test_a_packet_is_compared_alone_only_where_that_is_asked_for(
    graded: GradedPortfolio, payload: dict[str, bytes]
) -> None:
    """A submission whose other PDFs were taken out is not taken for a packet."""
    packet = {"packet.pdf": payload["documents/packet.pdf"]}
    assert differing_documents(graded, packet, quietly, alone="packet") == []
    assert len(differing_documents(graded, packet, quietly)) == 2


def test_versions_that_are_those_here_are_not_mentioned() -> None:
    assert other_versions(record()) is None


@pytest.mark.parametrize(
    "changes,words",
    [
        ({"casebook": "0.0.9"}, "made by casebook 0.0.9"),
        ({"weasyprint": "69.0"}, "WeasyPrint 69.0"),
        ({"weasyprint": None}, "WeasyPrint unknown"),
    ],
)
def test_other_versions_are_named_beside_those_here(changes: dict[str, str], words: str) -> None:
    said = other_versions(record(**changes))
    assert said is not None
    assert words in said
    assert f"here are {__version__} and {version('weasyprint')}" in said
