"""A packet is verified and opened like a submission: its sources are inside it."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from casebook.errors import UnacceptableWork
from casebook.source.folder import DiskFolder
from casebook.workflow.open import open_submission
from casebook.workflow.render import render_path
from casebook.workflow.verify import verify


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """The packet of the smallest acceptable portfolio, with real pages."""
    folder = tmp_path_factory.mktemp("packet")
    studio = repository / "tests" / "portfolios" / "studio"
    render_path(studio, date(2026, 7, 1), output=folder, forms=("pdf",))
    return folder / "packet.pdf"


@pytest.fixture
def rules(repository: Path) -> Path:
    return repository / "tests" / "portfolios" / "studio" / "program"


@pytest.mark.slow
def test_its_portfolio_comes_out_byte_by_byte(
    packet: Path, rules: Path, tmp_path: Path, repository: Path
) -> None:
    opened = open_submission(packet, tmp_path / "opened", rules)
    assert opened.verification.ok
    studio = repository / "tests" / "portfolios" / "studio"
    names = DiskFolder(studio).names()
    assert opened.written == tuple(sorted(names))
    for name in names:
        assert (tmp_path / "opened" / name).read_bytes() == (studio / name).read_bytes()


@pytest.mark.slow
def test_rendering_its_sources_again_gives_the_packet_itself(packet: Path, rules: Path) -> None:
    report = verify(packet, rules, documents=True)
    assert report.ok
    assert [each.id for each in report.steps] == [
        "container", "record", "inventory", "program", "sources", "check", "results", "documents",
    ]  # fmt: skip


@pytest.mark.slow
def test_notes_in_a_packet_leave_its_sources_whole_but_show(
    packet: Path, rules: Path, tmp_path: Path
) -> None:
    """Another program saves the PDF again: the sources still verify, the pages no longer do."""
    writer = PdfWriter(clone_from=PdfReader(packet))
    writer.add_metadata({"/Keywords": "read by somebody"})
    saved = tmp_path / "saved.pdf"
    writer.write(saved)
    assert verify(saved, rules).ok
    report = verify(saved, rules, documents=True)
    assert [each.id for each in report.steps if not each.ok] == ["documents"]


@pytest.mark.slow
def test_a_packet_in_another_theme_is_the_same_packet(
    rules: Path, tmp_path: Path, repository: Path
) -> None:
    studio = repository / "tests" / "portfolios" / "studio"
    render_path(studio, date(2026, 7, 1), output=tmp_path, forms=("pdf",), theme="large")
    assert verify(tmp_path / "packet.pdf", rules, documents=True).ok


@pytest.mark.slow
def test_a_packet_encloses_no_other_documents(packet: Path, rules: Path, tmp_path: Path) -> None:
    """Nobody would look at them: a packet's pages are its document."""
    writer = PdfWriter(clone_from=PdfReader(packet))
    writer.add_attachment("documents/heel.pdf", b"%PDF-")
    fuller = tmp_path / "fuller.pdf"
    writer.write(fuller)
    detail = {each.id: each.detail for each in verify(fuller, rules).steps}["inventory"]
    assert "documents/heel.pdf: no part of a submission" in detail


@pytest.mark.slow
def test_a_changed_source_breaks_the_inventory_and_opens_nothing(
    packet: Path, rules: Path, tmp_path: Path
) -> None:
    reader = PdfReader(packet)
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for each in reader.attachment_list:
        changed = each.content.replace(b"Stairs hurt more", b"Stairs hurt less")
        writer.add_attachment(each.name, changed)
    forged = tmp_path / "forged.pdf"
    written = io.BytesIO()
    writer.write(written)
    forged.write_bytes(written.getvalue())
    failed = [each.id for each in verify(forged, rules).steps if each.ok is False]
    assert failed == ["inventory"]
    with pytest.raises(UnacceptableWork):
        open_submission(forged, tmp_path / "opened", rules)
    assert not (tmp_path / "opened").exists()


@pytest.mark.slow
def test_a_case_study_alone_holds_no_sources(packet: Path, tmp_path: Path) -> None:
    report = verify(packet.with_name("heel.pdf"))
    assert report.steps[0].ok is False
    assert "encloses no files" in report.steps[0].detail
