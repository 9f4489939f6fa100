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
from casebook.source.mistaken_files import IDENTITY, SEALED, MistakenFile
from casebook.workflow.key_texts import key_fault, key_text
from casebook.workflow.payload import SEALED_ENDING
from casebook.workflow.reader import Reader

_SEEN_BYTES: Final = 64

_Key = TypeVar("_Key")


def recipient_meant(written: str) -> Recipient:
    """A recipient as it is named on the command line: itself, or a file that holds it.

    Raises:
        UsageError: It is neither.
        MachineError: The file cannot be read.
    """
    if not os.path.lexists(written):
        return Recipient.parse(written)
    return _key_in(Path(written), read_recipient, "recipient", (IDENTITY,))


def identities_in(path: Path) -> tuple[Identity, ...]:
    """The identities in a file, as age-keygen or casebook wrote it.

    Raises:
        UsageError: There is no such file, or it holds something else.
        MachineError: The system refuses to read it.
    """
    # Why a sealed file too: an identity may be locked in one.
    return _key_in(path, read_identities, "identity", (IDENTITY, SEALED))


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


def _key_in(
    path: Path, read: Callable[[bytes], _Key], wanted: str, but: tuple[MistakenFile, ...]
) -> _Key:
    """What a small file holds; what is wrong with it is told with its name."""
    content = key_text(path)
    try:
        return read(content)
    except UsageError as error:
        raise key_fault(path, content, error, wanted, but) from error
