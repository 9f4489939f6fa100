"""The documents of a portfolio are made of its records, and the packet carries its sources."""

from datetime import date
from pathlib import Path

import pytest

from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord, compare
from casebook.render.document import RenderStopped
from casebook.source.folder import DiskFolder
from casebook.workflow import documents
from casebook.workflow.documents import document_files, documents_of
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.payload import source_files


def graded(root: Path, on: date) -> GradedPortfolio:
    found = grade(examine_portfolio(DiskFolder(root), on))
    assert found is not None
    return found


def test_the_packet_alone_carries_the_sources_and_their_record(studio: Path, on: date) -> None:
    found = graded(studio, on)
    made = documents_of(found, source_files(found))
    assert list(made) == ["heel", "observed", "packet"]
    assert [name for name, each in made.items() if each.enclosures] == ["packet"]
    enclosed = {each.name: each.content for each in made["packet"].enclosures}
    record = SubmissionRecord.parse(enclosed[RECORD_NAME])
    assert compare(record, enclosed) == ()
    assert enclosed.keys() - {RECORD_NAME} == source_files(graded(studio, on)).keys()


def test_an_enclosure_says_what_it_is_to_the_pages(studio: Path, on: date) -> None:
    """ISO 19005-3 asks for the relationship; media types follow the names' endings."""
    found = graded(studio, on)
    packet = documents_of(found, source_files(found))["packet"]
    said = {each.name: (each.relationship, each.kind) for each in packet.enclosures}
    assert said["portfolio/cases/heel.yaml"] == ("Source", "application/yaml")
    assert said["portfolio/program/program.yaml"] == ("Source", "application/yaml")
    assert said["portfolio/attachments/consent-a.pdf"] == ("Supplement", "application/pdf")
    assert said["portfolio/attachments/foot.png"] == ("Supplement", "image/png")
    assert said["evaluation/observed.json"] == ("Data", "application/json")
    assert all(each.description for each in packet.enclosures)


def test_documents_are_told_of_before_they_are_made(
    studio: Path, on: date, fake_pages: list[str]
) -> None:
    told: list[tuple[str, int, int, int]] = []
    found = graded(studio, on)
    document_files(
        documents_of(found, source_files(found)),
        lambda doing, done, total: told.append((doing, done, total, len(fake_pages))),
    )
    assert told == [
        ("rendering heel.pdf", 0, 3, 0),
        ("rendering observed.pdf", 1, 3, 1),
        ("rendering packet.pdf", 2, 3, 2),
    ]


@pytest.mark.usefixtures("fake_pages")
def test_one_document_can_be_asked_for_alone(studio: Path, on: date) -> None:
    found = graded(studio, on)
    packet = documents_of(found, source_files(found))["packet"]
    made = document_files({"packet": packet})
    assert list(made) == ["packet.pdf"]


def test_no_source_goes_into_a_packet_while_a_consent_does_not_hold(studio: Path, on: date) -> None:
    case = studio / "cases" / "heel.yaml"
    text = case.read_text("utf-8")
    withdrawn = text.replace("signed: 2026-03-10", "signed: 2026-03-10, withdrawn: 2026-04-01")
    case.write_text(withdrawn, "utf-8")
    found = graded(studio, on)
    assert "CB603" in {each.code for each in found.examined.report.findings}
    assert documents_of(found, source_files(found))["packet"].enclosures == ()


def test_pages_that_would_hold_too_many_pictures_are_not_written(
    studio: Path, on: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each counts as it is drawn, as often as it is shown: a small file can be a large picture."""
    found = graded(studio, on)
    sources = source_files(found)
    assert documents_of(found, sources)
    monkeypatch.setattr(documents, "PICTURES_BYTES", 10)
    with pytest.raises(RenderStopped, match="more than 10 bytes"):
        documents_of(found, sources)
