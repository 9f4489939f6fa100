"""``submission.json``: what a submission is, by which rules and version, and every file in it."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal, NoReturn, Self

from pydantic import (
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from casebook.bundle.secrecy.keys import RECIPIENT_PATTERN
from casebook.domain.handed_in import Role, kind_fault
from casebook.domain.record import Identifier, IsoDate, Line, Record, RelativePath
from casebook.errors import CasebookError
from casebook.files import name_fault
from casebook.limits import RECORD_BYTES, RECORD_DEPTH

RECORD_NAME: Final = "submission.json"
FORMAT: Final = 2
_YEARS: Final = range(1980, 2108)
"""The years that the date of a file in a zip can have."""
"""What is written; format 1, which knew neither signer nor recipient, is still read."""

_MARKS: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_SHOWN_FAULTS: Final = 5
_SINCE_2: Final = frozenset({"signer", "sealed_to"})
_HINT: Final = "Ask the sender for the submission exactly as casebook wrote it"

Sha512 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
"""SHA-512 in lower-case hexadecimal."""

Fingerprint = Annotated[str, StringConstraints(pattern=r"^SHA256:[A-Za-z0-9+/]{43}$")]
"""A public key in short, as ``ssh-keygen -l`` prints it."""

SealedTo = Annotated[str, StringConstraints(pattern=RECIPIENT_PATTERN)]
"""An age recipient of the kind X25519."""


class RecordRefused(CasebookError):
    """The text is no submission record that this casebook can read."""


class ProgramUsed(Record):
    """The rules a submission was made by."""

    id: Identifier
    version: Line
    digest: Sha512
    """Over all of the program's files."""


class FileEntry(Record):
    """One file of the payload."""

    path: RelativePath
    """Its name in the payload, without ``data/``."""
    role: Role
    bytes: Annotated[int, Field(strict=True, ge=0)]
    sha512: Sha512

    @field_validator("path")
    @classmethod
    def _is_portable(cls, path: str) -> str:
        if fault := name_fault(path):
            raise PydanticCustomError(
                "unsafe_path", "{path} {fault}", {"path": path, "fault": fault}
            )
        return path

    @model_validator(mode="after")
    def _is_harmless(self) -> Self:
        if fault := kind_fault(self.path, self.role):
            raise PydanticCustomError(
                "unwanted_file", "{path} {fault}", {"path": self.path, "fault": fault}
            )
        return self


class SubmissionRecord(Record):
    """The submission in figures; written as canonical JSON: equal records, equal bytes."""

    kind: Literal["submission"] = "submission"
    format: Literal[1, 2] = 2
    program: ProgramUsed
    level: Annotated[int, Field(strict=True, ge=1, le=20)]
    candidate: Line
    """The candidate's name."""
    made_on: IsoDate
    casebook: Line
    """The version of casebook that made it."""
    weasyprint: Line | None = None
    """The version of WeasyPrint that made the documents, where there are any."""
    signer: Fingerprint | None = None
    """The key that signs this submission; since format 2."""
    sealed_to: SealedTo | None = None
    """The one recipient that this submission is sealed to; since format 2.

    Why inside what is signed: whoever opens a signed submission could seal it to somebody else,
    who would take it as sent to them.
    """
    results: Annotated[dict[Identifier, Line], Field(max_length=500)]
    """Id of a piece of work -> its result."""
    files: Annotated[tuple[FileEntry, ...], Field(max_length=4_000)]
    """Every file of the payload but this one, by path."""

    @field_validator("made_on")
    @classmethod
    def _fits_a_zip(cls, day: date) -> date:
        if day.year not in _YEARS:
            raise PydanticCustomError("zip_day", "a zip has no day before 1980 or after 2107")
        return day

    @field_validator("files")
    @classmethod
    def _in_order(cls, files: tuple[FileEntry, ...]) -> tuple[FileEntry, ...]:
        paths = [entry.path for entry in files]
        if len(set(paths)) != len(paths):
            raise PydanticCustomError("path_twice", "two entries have one path")
        if RECORD_NAME in paths:
            raise PydanticCustomError("own_path", "the record cannot list itself")
        return tuple(sorted(files, key=lambda entry: entry.path))

    @model_validator(mode="after")
    def _fits_its_format(self) -> Self:
        if self.format == 1 and (newer := sorted(_SINCE_2 & self.model_fields_set)):
            raise PydanticCustomError("newer_key", "format 1 has no {key}", {"key": newer[0]})
        return self

    def to_json(self) -> bytes:
        """Canonical text: keys in order, two spaces, UTF-8, a line end at the end."""
        values = self.model_dump(mode="json")
        for key in _SINCE_2:
            if values[key] is None:
                del values[key]
        text = json.dumps(values, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
        return f"{text}\n".encode()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read a record from a stranger.

        Raises:
            RecordRefused: Too large, too deep, not strict JSON, another kind, or another shape.
        """
        values = _load(content)
        if values.get("kind") != "submission":
            _refuse("its kind is not 'submission'")
        version = values.get("format")
        if isinstance(version, int) and version > FORMAT:
            hint = "Install a newer casebook"
            raise RecordRefused(f"{RECORD_NAME} has the newer format {version}", hint=hint)
        try:
            record = cls.model_validate_json(content)
        except ValidationError as error:
            faults = [
                f"{'.'.join(map(str, fault['loc']))[:120]!r}: {fault['msg'][:200]}"
                for fault in error.errors(include_url=False, include_input=False)
            ]
            more = f" and {len(faults) - _SHOWN_FAULTS} more" * (len(faults) > _SHOWN_FAULTS)
            _refuse("; ".join(faults[:_SHOWN_FAULTS]) + more)
        # Why: of values with two spellings another reader may take another; see the format's page.
        if record.to_json() != content:
            _refuse("it is not written as casebook writes it")
        return record


@dataclass(frozen=True, slots=True)
class InventoryProblem:
    """One difference between a record and the payload it came with."""

    what: Literal["missing", "changed", "extra"]
    name: str
    detail: str


def describe_file(path: str, role: Role, content: bytes) -> FileEntry:
    """The inventory's entry for a file at hand."""
    digest = hashlib.sha512(content).hexdigest()
    return FileEntry(path=path, role=role, bytes=len(content), sha512=digest)


def compare(record: SubmissionRecord, files: Mapping[str, bytes]) -> tuple[InventoryProblem, ...]:
    """Every difference between the inventory and the files, by name; none when they agree.

    Args:
        record: The record as read.
        files: The payload without ``data/``; ``submission.json`` may be among it.
    """
    problems = []
    for entry in record.files:
        content = files.get(entry.path)
        if content is None:
            problems.append(InventoryProblem("missing", entry.path, f"{RECORD_NAME} lists it"))
        elif len(content) != entry.bytes:
            detail = f"it has {len(content)} bytes, {RECORD_NAME} lists {entry.bytes}"
            problems.append(InventoryProblem("changed", entry.path, detail))
        elif hashlib.sha512(content).hexdigest() != entry.sha512:
            detail = f"its bytes are not those that {RECORD_NAME} lists"
            problems.append(InventoryProblem("changed", entry.path, detail))
    listed = {RECORD_NAME, *(entry.path for entry in record.files)}
    problems += [
        InventoryProblem("extra", name, f"{RECORD_NAME} does not list it")
        for name in files
        if name not in listed
    ]
    return tuple(sorted(problems, key=lambda problem: problem.name))


def _refuse(why: str) -> NoReturn:
    raise RecordRefused(f"{RECORD_NAME} cannot be read: {why}", hint=_HINT)


def _load(content: bytes) -> dict[str, Any]:
    """Strict JSON: one object, within size and depth, no key twice, no NaN, whole UTF-8."""
    if len(content) > RECORD_BYTES:
        _refuse(f"it is larger than {RECORD_BYTES} bytes")
    depth = 0
    for mark in _MARKS.finditer(content):
        depth += (mark[0] in b"[{") - (mark[0] in b"]}")
        if depth > RECORD_DEPTH:
            _refuse(f"it is nested deeper than {RECORD_DEPTH}")
    try:
        values = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_without_repeats,
            parse_constant=lambda word: _refuse(f"{word} is no JSON number"),
        )
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError too
        raise RecordRefused(f"{RECORD_NAME} is no JSON in UTF-8", hint=_HINT) from error
    if not isinstance(values, dict):
        _refuse("it is not one JSON object")
    return values


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        (twice, _), *_ = Counter(key for key, _ in pairs).most_common(1)
        _refuse(f"the key {twice[:80]!r} is there twice")
    return values
