"""A PDF from a stranger is read within a budget, whatever it asks for."""

import io
import zlib
from collections.abc import Mapping

import pytest
from pypdf import PdfWriter
from pypdf.generic import EmbeddedFile

from casebook.bundle.packet.frugal_pdf import Budget, FrugalReader, TooMuchWork
from casebook.bundle.packet.hybrid import PacketRefused, enclosed_files

_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
_CATALOG = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>"


def pdf(objects: Mapping[int, bytes], packed: Mapping[int, bytes] | None = None) -> bytes:
    """A PDF of numbered objects, some of them packed into a stream of their own each."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    rows = {0: (0, 0, 0)}
    written = {1: _CATALOG, 2: _PAGES, 3: _PAGE, **objects}
    for number, content in (packed or {}).items():
        stream = zlib.compress(b"%d 0 %b" % (number, content))
        start = len(b"%d 0 " % number)
        written[1000 + number] = (
            b"<</Type/ObjStm/N 1/First %d/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
            % (start, len(stream), stream)
        )
        rows[number] = (2, 1000 + number, 0)
    for number, content in written.items():
        rows[number] = (1, out.tell(), 0)
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    at, size = out.tell(), max(rows) + 2
    table = b"".join(
        kind.to_bytes() + where.to_bytes(4) + index.to_bytes()
        for kind, where, index in (rows.get(each, (0, 0, 0)) for each in range(size))
    )
    out.write(
        b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n%b\nendstream\n"
        b"endobj\nstartxref\n%d\n%%%%EOF\n" % (size - 1, size, len(table), table, at)
    )
    return out.getvalue()


def names(count: int, first: int) -> bytes:
    return b"<</Names[%b]>>" % b"".join(b"(n)%d 0 R" % (first + each) for each in range(count))


def read(content: bytes, budget: Budget) -> list[EmbeddedFile]:
    return list(FrugalReader(content, budget).attachment_list)


def test_a_packet_costs_a_small_part_of_the_budget() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for each in range(100):
        writer.add_attachment(f"portfolio/{each}.yaml", b"kind: case-study\n" * 1000)
    written = io.BytesIO()
    writer.write(written)
    budget = Budget()
    assert len(read(written.getvalue(), budget)) == 100
    assert budget.looks > 7_500_000


def test_references_that_lead_nowhere_cost_a_search_each() -> None:
    """60 searches of 1 MB are 600,000 looks of 100 bytes and more than half a million allow."""
    content = pdf({4: names(60, 5000), 900: b"(%b)" % (b"x" * 1_000_000)})
    budget = Budget(looks=500_000)
    with pytest.raises(TooMuchWork):
        read(content, budget)
    assert budget.overdrawn


@pytest.mark.slow
def test_a_look_is_paid_for_even_when_the_reader_goes_on() -> None:
    """90 searches of 10 MB are 9 million looks, and there are 8 million."""
    content = pdf({4: names(90, 5000), 900: b"(%b)" % (b"x" * 10_000_000)})
    with pytest.raises(PacketRefused, match="more work to read than a packet can"):
        enclosed_files(content)


def test_objects_that_unpack_to_more_than_any_packet_holds_are_not_read() -> None:
    """17 MB of brackets, where 16 MB may be unpacked; packed they are some kilobytes."""
    content = pdf({}, {4: b"[%b]" % (b"[ ]" * 6_000_000)})
    assert len(content) < 100_000
    with pytest.raises(PacketRefused, match="more work to read than a packet can"):
        enclosed_files(content)


@pytest.mark.slow
def test_packed_objects_are_paid_for_stream_by_stream() -> None:
    """Four objects in streams of 5 MB each: 20 MB, where 16 may be unpacked."""
    packed = {10 + each: b"<<>>%b" % (b" " * 5_000_000) for each in range(4)}
    assert len(read(pdf({4: names(3, 10)}, packed), budget := Budget())) == 3
    assert 0 < budget.packed_bytes < 1_000_000
    with pytest.raises(TooMuchWork):
        read(pdf({4: names(4, 10)}, packed), Budget())
