"""Takes apart what was sent: a submission, or a packet with its sources inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.bundle.archive import LIMITS, ArchiveRefused, parse_archive
from casebook.bundle.bag import check_bag, payload_of
from casebook.bundle.inventory import RECORD_NAME, RecordRefused, SubmissionRecord, compare
from casebook.bundle.packet.hybrid import SIGNATURE, PacketRefused, enclosed_files
from casebook.files import read_bytes
from casebook.workflow.grading import PACKET
from casebook.workflow.payload import DOCUMENTS_PART, PARTS, Files, files_in
from casebook.workflow.verification import (
    DOCUMENTS_TITLE,
    PACKET_DOCUMENTS_TITLE,
    PACKET_TITLES,
    TITLES,
    Steps,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What could be taken apart.

    Attributes:
        record: What it says of itself.
        payload: The files in it.
        documents: The PDFs that came with them; of a packet, the packet itself.
        alone: The one document that is to be there, where it is not all of them.
    """

    record: SubmissionRecord
    payload: Mapping[str, bytes]
    documents: Files
    alone: str | None = None


def unpack(path: Path, *, documents: bool) -> tuple[Steps, Sent | None]:
    """Take the first steps of a verification; without a record there are no further ones.

    Raises:
        UsageError: There is no such file, or it is larger than allowed.
        MachineError: The system refuses to read it.
    """
    content = read_bytes(path, LIMITS.archive_bytes)
    if content.startswith(SIGNATURE):
        steps = Steps({**PACKET_TITLES, **PACKET_DOCUMENTS_TITLE} if documents else PACKET_TITLES)
        return steps, _unpack_packet(content, steps)
    steps = Steps({**TITLES, **DOCUMENTS_TITLE} if documents else TITLES)
    return steps, _unpack_archive(content, steps)


def _unpack_packet(content: bytes, steps: Steps) -> Sent | None:
    try:
        payload = enclosed_files(content)
    except PacketRefused as error:
        steps.note("container", [error.advised], "")
        return None
    steps.note("container", [], f"{len(payload)} files in the PDF")
    return _recorded(payload, {f"{PACKET}.pdf": content}, steps, alone=PACKET)


def _unpack_archive(content: bytes, steps: Steps) -> Sent | None:
    try:
        archive = parse_archive(content)
    except ArchiveRefused as error:
        steps.note("container", [error.advised], "")
        return None
    steps.note("container", [], f"{len(archive.files)} files in the folder '{archive.top}'")
    problems = [f"{each.name}: {each.detail}" for each in check_bag(archive.files)]
    steps.note("bag", problems, "a complete BagIt 1.0 bag by its sha-512 manifests")
    payload = payload_of(archive.files)
    return _recorded(payload, files_in(DOCUMENTS_PART, payload), steps)


def _recorded(
    payload: Mapping[str, bytes], documents: Files, steps: Steps, *, alone: str | None = None
) -> Sent | None:
    """Read the record, and hold the payload against it."""
    try:
        record = SubmissionRecord.parse(payload.get(RECORD_NAME, b""))
    except RecordRefused as error:
        said = error if RECORD_NAME in payload else f"there is no {RECORD_NAME}"
        steps.note("record", [said], "")
        return None
    held = (
        f"{record.candidate}, {record.program.id} {record.program.version}, level "
        f"{record.level}, made on {record.made_on} by casebook {record.casebook}"
    )
    steps.note("record", [], held)
    # Why without documents: a packet is its only one.
    parts = [part for part in PARTS if alone is None or part != DOCUMENTS_PART]
    problems = [f"{each.name}: {each.detail}" for each in compare(record, payload)]
    problems += [
        f"{name}: no part of a submission"
        for name in payload
        if name != RECORD_NAME and name.partition("/")[0] not in parts
    ]
    steps.note("inventory", problems, f"{len(record.files)} files as listed")
    return Sent(record, payload, documents, alone)
