"""Signatures beside files: whether ``FILE.sig`` fits a file, and whether it counts."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from casebook.bundle.signing.allowed import SignersRefused
from casebook.bundle.signing.keys import PublicKey
from casebook.bundle.signing.signers import AllowedSigners, AnyKey, Judged, SignerPolicy
from casebook.bundle.signing.sshsig import SignatureRefused, verify_signature
from casebook.errors import UnacceptableWork, UsageError
from casebook.files import read_bytes
from casebook.limits import SIGNATURE_BYTES, SIGNERS_BYTES
from casebook.source.mistaken_files import PUBLIC_KEY
from casebook.workflow.key_texts import key_fault, key_text

SIGNATURE_SUFFIX: Final = ".sig"

_UNSIGNED: Final = "take it as it was signed, or have it signed: `casebook key sign`"
_UNFIT: Final = (
    "take both files as they were signed; or delete the `.sig`, and have it signed anew: "
    "`casebook key sign`"
)
_UNTRUSTED: Final = (
    "if you know whose key it is, put its line into the signers file; a wrong signature: delete "
    "the `.sig`, then `casebook key sign`"
)


@dataclass(frozen=True, slots=True)
class SignatureFault:
    """Why a file does not count as signed, as the end of a sentence, and what to do about it."""

    said: str
    remedy: str

    def __str__(self) -> str:
        """The fault alone, to be put behind the file's name."""
        return self.said


@dataclass(frozen=True, slots=True)
class SignatureBeside:
    """What the signature beside a file comes to.

    Attributes:
        key: The key that signed; None where no signature fits.
        judged: What the policy says of that key.
        fault: Why the file does not count as signed, as the end of a sentence; None when it does.
        remedy: What to do about that.
    """

    key: PublicKey | None
    judged: Judged | None
    fault: str | None
    remedy: str = ""

    @property
    def holds(self) -> bool:
        """Whether the file counts as signed."""
        return self.fault is None


def signature_path(path: Path) -> Path:
    """Where a file's signature stands."""
    return path.with_name(f"{path.name}{SIGNATURE_SUFFIX}")


def is_signed(path: Path) -> bool:
    """Whether anything stands where a file's signature would."""
    return os.path.lexists(signature_path(path))


def signature_there(path: Path) -> bytes | None:
    """What stands where a file's signature would."""
    place = signature_path(path)
    if not os.path.lexists(place):
        return None
    return read_bytes(place, SIGNATURE_BYTES)


def signature_beside(
    path: Path, content: bytes, namespace: str, policy: SignerPolicy | None = None
) -> SignatureBeside:
    """Hold the signature beside a file against its content and a policy.

    Args:
        path: The file.
        content: What it holds.
        namespace: What kind of thing it is.
        policy: Whose signatures count; anybody's when left out.
    """
    place = signature_path(path)
    try:
        there = signature_there(path)
        if there is None:
            said = f"is not signed: there is no {place.name} beside it"
            return SignatureBeside(None, None, said, _UNSIGNED)
        key = verify_signature(content, there, namespace)
    except (SignatureRefused, UsageError) as error:
        said = f"is not signed as it stands ({place.name}): {error}"
        return SignatureBeside(None, None, said, _UNFIT)
    judged = (policy or AnyKey()).judge(key, namespace)
    if judged.trusted:
        return SignatureBeside(key, judged, None)
    said = f"is signed, and that does not count: {judged.why}"
    return SignatureBeside(key, judged, said, _UNTRUSTED)


def signature_fault(
    path: Path, content: bytes, namespace: str, policy: SignerPolicy | None
) -> SignatureFault | None:
    """Why a file is not relied on for its signature; None when it is.

    Where there is no policy, nobody has to have signed; but a signature that is there has to fit.
    """
    if policy is None and not is_signed(path):
        return None
    found = signature_beside(path, content, namespace, policy)
    return None if found.fault is None else SignatureFault(found.fault, found.remedy)


def refuse_unsigned(
    path: Path, content: bytes, namespace: str, policy: SignerPolicy | None
) -> None:
    """Refuse a file that is not relied on for its signature.

    Raises:
        UnacceptableWork: It is not signed as the policy wants it, or the signature does not fit.
    """
    if fault := signature_fault(path, content, namespace, policy):
        raise UnacceptableWork(f"{path} {fault}", hint=fault.remedy)


def read_signers(path: Path, moment: datetime, who: str | None = None) -> AllowedSigners:
    """The policy in a file of allowed signers.

    Args:
        path: The file.
        moment: The moment that keys have to count at.
        who: Whose signature it has to be; anybody's in the file when left out.

    Raises:
        UsageError: There is no such file, or a line in it cannot be understood.
    """
    content = key_text(path, SIGNERS_BYTES)
    try:
        return AllowedSigners.read(content, moment, who)
    except SignersRefused as error:
        raise key_fault(path, content, error, "list of signers", but=(PUBLIC_KEY,)) from error
