"""Sealed marks as a file."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.domain.marking.sealed_marks import SealedMarks
from casebook.errors import UnacceptableWork, UsageError
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.load import KINDS, load

SEALED_SUFFIX: Final = ".sealed.json"


@dataclass(frozen=True, slots=True)
class SealedFile:
    """Sealed marks, and the bytes they were read from."""

    path: Path
    record: SealedMarks
    content: bytes


def read_sealed(path: Path) -> SealedFile:
    """Read sealed marks; whether they hold is another question.

    Raises:
        UnacceptableWork: The file cannot be read as sealed marks.
        UsageError: There is no such file, or it is of another kind.
    """
    content = read_bytes(path, LARGEST_READ_BYTES)
    loaded = load(os.path.normpath(path), content)
    if loaded.kind in KINDS and loaded.kind != "sealed-marks":
        raise UsageError(
            f"{path} is {loaded.called}, not sealed marks",
            hint="sealed marks end in .sealed.json; `casebook mark seal` makes them",
        )
    if loaded.piece is None or loaded.findings:
        first = loaded.findings[0]
        raise UnacceptableWork(
            f"{path} cannot be read as sealed marks: {first.message} "
            f"(line {first.place.span.line})",
            hint="ask the grader for the file as it was sealed",
        )
    record = loaded.piece.record
    assert isinstance(record, SealedMarks)  # noqa: S101 - its kind says so
    return SealedFile(path, record, content)


def sealed_bytes(sealed: SealedMarks) -> bytes:
    """Sealed marks as a file's bytes.

    Raises:
        UnacceptableWork: A file of this size or with these characters could not be read again.
    """
    values = sealed.model_dump(mode="json", exclude_none=True)
    content = f"{json.dumps(values, indent=1, ensure_ascii=False)}\n".encode()
    loaded = load("sealed", content)
    if loaded.findings or loaded.piece is None or loaded.piece.record != sealed:
        why = loaded.findings[0].message if loaded.findings else "it would be read otherwise"
        raise UnacceptableWork(
            f"the marks cannot be sealed in one file: {why}",
            hint="shorten the notes or the reason, or remove unusual characters from them",
        )
    return content
