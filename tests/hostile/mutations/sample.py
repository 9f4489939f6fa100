"""The tiny signed submission that is mutated, and what a forger may have besides it."""

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casebook.bundle.archive import Archive, parse_archive, write_archive
from casebook.bundle.bag import make_bag, payload_of
from casebook.bundle.inventory import RECORD_NAME, ProgramUsed, SubmissionRecord, describe_file
from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.signers import AllowedSigners
from casebook.bundle.signing.sshsig import SUBMISSION, sign
from casebook.domain.handed_in import Role
from casebook.workflow.payload import folder_of
from casebook.workflow.provenance import SIGNATURE_FILE, SIGNED_FILE
from casebook.workflow.reader import Reader
from tests.hostile.zips import Entry, read_entries

ON: Final = date(2026, 7, 1)
WHO: Final = "ana@example.org"


def key_of(seed: int) -> SigningKey:
    """A key that is the same in every run."""
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


OWN: Final = key_of(1)
"""The candidate's key, which the reader believes."""
FORGERS: Final = key_of(2)
"""A key that anybody can make, and nobody believes."""


@dataclass(frozen=True)
class Sample:
    """A signed submission, and another by the same candidate: both are what they say they are."""

    content: bytes
    other: bytes

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return read_entries(self.content)

    @cached_property
    def other_entries(self) -> tuple[Entry, ...]:
        return read_entries(self.other)

    @cached_property
    def archive(self) -> Archive:
        return parse_archive(self.content)

    @cached_property
    def genuine(self) -> tuple[Archive, ...]:
        """What a reader may be shown without being deceived."""
        return (self.archive, parse_archive(self.other))


def reader() -> Reader:
    """Somebody who believes the candidate's key alone, for submissions alone."""
    line = f'{WHO} namespaces="{SUBMISSION}" {OWN.public.line}\n'
    moment = datetime(2026, 7, 2, tzinfo=UTC)
    return Reader(signers=AllowedSigners.read(line.encode(), moment, WHO))


def sample() -> Sample:
    """The submission to mutate; a kilobyte of everything that a submission has."""
    heel = {
        "portfolio/portfolio.yaml": b"kind: portfolio\nformat: 1\ncandidate: {name: Ana Ruiz}\n",
        "portfolio/cases/heel.yaml": b"kind: case-study\nsessions: [{day: 0, nprs: 7}]\n",
        "portfolio/attachments/consent-a.pdf": b"%PDF-1.4 signed\n",
        "documents/packet.pdf": bytes(range(256)),
        "documents/\u00dcbersicht.pdf": b"%PDF-1.7 pages\n",
        "evaluation/heel.json": b'{"percent": 71, "result": "pass"}\n',
        "program/program.yaml": b"id: nkt\nversion: '1'\n",
    }
    hip = {**heel, "portfolio/cases/heel.yaml": b"kind: case-study\nsessions: [{day: 3}]\n"}
    del hip["documents/packet.pdf"]
    return Sample(submission(heel, OWN), submission(hip, OWN, result="fail"))


_ROLES: Final[Mapping[str, Role]] = {
    "portfolio/attachments": "attachment",
    "portfolio": "source",
    "documents": "document",
    "evaluation": "evaluation",
    "program": "program",
}


def submission(payload: Mapping[str, bytes], key: SigningKey, *, result: str = "pass") -> bytes:
    """A sound submission of a payload, signed."""
    record = SubmissionRecord(
        program=ProgramUsed(id="nkt", version="1", digest=hashlib.sha512(b"rules").hexdigest()),
        level=1,
        candidate="Ana Ruiz",
        made_on=ON,
        casebook="1.0",
        signer=key.public.fingerprint,
        results={"heel": result},
        files=tuple(describe_file(name, _role(name), content) for name, content in payload.items()),
    )
    return sealed({**payload, RECORD_NAME: record.to_json()}, record, key)


def _role(name: str) -> Role:
    return next(role for start, role in _ROLES.items() if name.startswith(start))


def sealed(payload: Mapping[str, bytes], record: SubmissionRecord, key: SigningKey | None) -> bytes:
    """The bag of a payload in its zip, signed where there is a key; all by casebook itself."""
    bag = make_bag(payload, {"Bagging-Date": ON.isoformat(), "Contact-Name": "Ana Ruiz"})
    if key is not None:
        bag[SIGNATURE_FILE] = sign(bag[SIGNED_FILE], key, SUBMISSION)
    return write_archive(bag, folder_of(record), record.made_on)


def values_of(archive: Archive) -> dict[str, Any]:
    """The record of an archive as plain values."""
    values: dict[str, Any] = json.loads(payload_of(archive.files)[RECORD_NAME])
    return values


def chance(seed: int, number: int) -> random.Random:
    """The dice of one mutant, which can be thrown again without those before it."""
    return random.Random(f"{seed}:{number}")
