"""Takes apart what was sent: a submission, or a packet with its sources inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.archive import LIMITS, Archive, ArchiveRefused, parse_archive
from casebook.bundle.bag import DECLARATION, INFORMATION, check_bag, payload_of
from casebook.bundle.bag.contents import PAYLOAD
from casebook.bundle.inventory import RECORD_NAME, RecordRefused, SubmissionRecord, compare
from casebook.bundle.packet.hybrid import SIGNATURE, PacketRefused
from casebook.bundle.packet.receiving import received_files
from casebook.bundle.secrecy import SealRefused, is_sealed
from casebook.files import read_bytes
from casebook.source.mistaken_files import mistaken_file
from casebook.workflow.grading import PACKET
from casebook.workflow.payload import DOCUMENTS_PART, PARTS, Files, files_in, folder_of
from casebook.workflow.provenance import (
    SIGNATURE_FILE,
    SIGNED_FILE,
    hold_recipient,
    hold_signature,
)
from casebook.workflow.reader import ANYBODY, Reader
from casebook.workflow.sealing import seal_off
from casebook.workflow.verification import PACKET_TITLES, TITLES, Steps

_TAG_FILES: Final = frozenset(
    {DECLARATION, INFORMATION, "manifest-sha512.txt", SIGNED_FILE, SIGNATURE_FILE}
)
"""Every tag file that a submission may have.

Why no other: a second tag manifest would stand in none, and so be nothing that anybody signed.
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """What could be taken apart.

    Attributes:
        record: What it says of itself.
        payload: The files in it.
        documents: The PDFs that came with them; of a packet, the packet itself.
        bag: Every file of the bag; of a packet, none.
        alone: The one document that is to be there, where it is not all of them.
    """

    record: SubmissionRecord
    payload: Mapping[str, bytes]
    documents: Files
    bag: Mapping[str, bytes]
    alone: str | None = None


def unpack(
    path: Path, reader: Reader = ANYBODY, *, documents: bool = False
) -> tuple[Steps, Sent | None]:
    """Take the first steps of a verification; without a record there are no further ones.

    Args:
        path: The submission, sealed or not, or a packet.
        reader: Who opens it, and whom they believe.
        documents: Whether its PDFs are to be looked at later.

    Raises:
        UsageError: There is no such file, it is larger than allowed, or it is sealed and the
            reader named no identity.
        MachineError: The system refuses to read it.
    """
    content = read_bytes(path, LIMITS.archive_bytes)
    if not is_sealed(content):
        return take_apart(content, reader, documents=documents)
    try:
        content = seal_off(content, path, reader)
    except SealRefused as error:
        steps = _steps(TITLES, reader, documents=documents, sealed=True)
        steps.note("container", [error.advised], "")
        return steps, None
    return take_apart(content, reader, documents=documents, sealed=True)


def take_apart(
    content: bytes, reader: Reader, *, documents: bool = False, sealed: bool = False
) -> tuple[Steps, Sent | None]:
    """The same of a submission or packet in memory, with its seal off.

    Args:
        content: Its bytes.
        reader: Who opened it, and whom they believe.
        documents: Whether its PDFs are to be looked at later.
        sealed: Whether it came sealed.
    """
    is_packet = content.startswith(SIGNATURE)
    titles = PACKET_TITLES if is_packet else TITLES
    steps = _steps(titles, reader, documents=documents, sealed=sealed)
    sent = _unpack_packet(content, steps) if is_packet else _unpack_archive(content, steps)
    if sent is not None:
        hold_recipient(sent.bag, sent.record, reader, steps, sealed=sealed)
        hold_signature(sent.bag, sent.record, reader, steps)
    return steps, sent


def _steps(titles: Mapping[str, str], reader: Reader, *, documents: bool, sealed: bool) -> Steps:
    """No step yet, and which of those on occasion are due in any case."""
    due = {
        "recipient": sealed,
        "signature": reader.signers is not None,
        "documents": documents,
    }
    return Steps(titles, {step for step, is_due in due.items() if is_due})


def _unpack_packet(content: bytes, steps: Steps) -> Sent | None:
    try:
        payload = received_files(content)
    except PacketRefused as error:
        steps.note("container", [error.advised], "")
        return None
    steps.note("container", [], f"{len(payload)} files in the PDF")
    return _recorded(payload, {f"{PACKET}.pdf": content}, steps, alone=PACKET)


def _unpack_archive(content: bytes, steps: Steps) -> Sent | None:
    try:
        archive = parse_archive(content)
    except ArchiveRefused as error:
        mistaken = mistaken_file(content)
        said = error.advised
        if mistaken is not None and mistaken.is_text:
            said = f"it is {mistaken.called}, and no submission; {mistaken.remedy}"
        steps.note("container", [said], "")
        return None
    steps.note("container", [], f"{len(archive.files)} files in the folder '{archive.top}'")
    found = check_bag(archive.files, loose=frozenset({SIGNATURE_FILE}))
    told = {each.name for each in found}
    problems = [f"{each.name}: {each.detail}" for each in found]
    problems += [
        f"{name}: no tag file of a submission"
        for name in sorted(set(archive.files) - _TAG_FILES - told)
        if not name.startswith(PAYLOAD)
    ]
    steps.note("bag", problems, "a complete BagIt 1.0 bag by its sha-512 manifests")
    payload = payload_of(archive.files)
    return _recorded(payload, files_in(DOCUMENTS_PART, payload), steps, archive=archive)


def _recorded(
    payload: Mapping[str, bytes],
    documents: Files,
    steps: Steps,
    *,
    archive: Archive | None = None,
    alone: str | None = None,
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
    steps.note("record", [] if archive is None else _misnamed(archive, record), held)
    # Why without documents: a packet is its only one.
    parts = [part for part in PARTS if alone is None or part != DOCUMENTS_PART]
    problems = [f"{each.name}: {each.detail}" for each in compare(record, payload)]
    problems += [
        f"{name}: no part of a submission"
        for name in payload
        if name != RECORD_NAME and name.partition("/")[0] not in parts
    ]
    steps.note("inventory", problems, f"{len(record.files)} files as listed")
    return Sent(record, payload, documents, archive.files if archive else {}, alone)


def _misnamed(archive: Archive, record: SubmissionRecord) -> list[str]:
    """In what the archive's folder and date are not those that its record leads to."""
    problems = []
    if archive.top != (folder := folder_of(record)):
        problems.append(f"the zip unpacks to '{archive.top}', by {RECORD_NAME} to '{folder}'")
    if archive.moment != record.made_on:
        problems.append(f"the zip is dated {archive.moment}, {RECORD_NAME} says {record.made_on}")
    return problems
