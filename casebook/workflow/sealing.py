"""The keys that seal and unseal, as they are named on the command line, and taking a seal off."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from casebook.bundle.secrecy import (
    Identity,
    Recipient,
    is_sealed,
    read_identities,
    read_recipient,
    refuse_unwanted,
    unseal,
)
from casebook.errors import UsageError
from casebook.files import read_bytes
from casebook.limits import KEY_FILE_BYTES
from casebook.workflow.payload import SEALED_ENDING
from casebook.workflow.reader import Reader

_SEEN_BYTES: Final = 64

_HINT: Final = "such a file has a line or two; see docs/sealing.md"

_Key = TypeVar("_Key")


def recipient_meant(written: str) -> Recipient:
    """A recipient as it is named on the command line: itself, or a file that holds it.

    Raises:
        UsageError: It is neither.
        MachineError: The file cannot be read.
    """
    if not os.path.lexists(written):
        return Recipient.parse(written)
    return _key_in(Path(written), read_recipient)


def identities_in(path: Path) -> tuple[Identity, ...]:
    """The identities in a file, as age-keygen or casebook wrote it.

    Raises:
        UsageError: There is no such file, or it holds something else.
        MachineError: The system refuses to read it.
    """
    return _key_in(path, read_identities)


def is_sealed_file(path: Path) -> bool:
    """Whether a sealed file lies there; one that cannot be read is none."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as opened:
            return is_sealed(opened.read(_SEEN_BYTES))
    except OSError:
        return False


def refuse_misleading_name(path: Path, *, sealed: bool) -> None:
    """Keep to names that say whether a file is sealed, since both kinds may lie side by side.

    Raises:
        UsageError: The name says otherwise.
    """
    named_sealed = path.suffix.lower() == SEALED_ENDING
    if sealed and not named_sealed:
        raise UsageError(
            f"{path} is to be sealed, and its name does not say so",
            hint=f"name it {path.name}{SEALED_ENDING}",
        )
    if named_sealed and not sealed:
        raise UsageError(
            f"{path} would not be sealed, and its name says so",
            hint=f"name it without {SEALED_ENDING}",
        )


def seal_off(content: bytes, path: Path, reader: Reader) -> bytes:
    """What is inside a sealed file.

    Raises:
        SealRefused: It is damaged, made another way, or not for this reader.
        UsageError: The reader named no identity.
    """
    refuse_unwanted(content)
    if not reader.identities:
        raise UsageError(
            f"{path} is sealed, and nothing was named to open it with",
            hint="name the file of the identity it is sealed to: --identity FILE",
        )
    return unseal(content, *reader.identities)


def _key_in(path: Path, read: Callable[[bytes], _Key]) -> _Key:
    """What a small file holds; what is wrong with it is told with its name."""
    try:
        content = read_bytes(path, KEY_FILE_BYTES)
    except UsageError as error:
        if not path.is_file():
            raise
        raise UsageError(f"{path} is too large for a file with a key", hint=_HINT) from error
    try:
        return read(content)
    except UsageError as error:
        raise UsageError(f"{path}: {error}", hint=error.hint) from error
