"""The set's keys: candidates' and strangers' for signing, offices' for sealing.

None of them guards anything. Signatures are written here from the format's description, by other
code than casebook's.
"""

import base64
import hashlib
import struct
import textwrap
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SUBMISSION: Final = b"casebook-submission@v1"
"""The namespace of a submission's signature."""

_ARMOUR_COLUMNS: Final = 70
_ALGORITHM: Final = b"ssh-ed25519"


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 key that follows from its owner's name."""

    name: str

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.name.encode()).digest())

    @property
    def blob(self) -> bytes:
        """The public key as SSH writes it."""
        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return string(_ALGORITHM) + string(raw)

    @property
    def fingerprint(self) -> str:
        """The key's name, as ``ssh-keygen -lf`` prints it."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest()).decode()
        return f"SHA256:{digest.rstrip('=')}"

    def allowed(self, options: str = "") -> str:
        """A line of an allowed-signers file; options end in a space."""
        return f"{self.name} {options}ssh-ed25519 {base64.b64encode(self.blob).decode()}\n"

    def sign(  # noqa: PLR0913 - each a field of the format
        self,
        message: bytes,
        *,
        namespace: bytes = SUBMISSION,
        hashed_by: str = "sha512",
        reserved: bytes = b"",
        version: int = 1,
        behind: bytes = b"",
    ) -> bytes:
        """A signature's blob, before its armour; the defaults give the one that is sound."""
        name = hashed_by.encode()
        digest = hashlib.new(hashed_by, message).digest()
        signed = b"SSHSIG" + b"".join(map(string, (namespace, reserved, name, digest)))
        signature = string(_ALGORITHM) + string(self._private.sign(signed))
        parts = (self.blob, namespace, reserved, name, signature)
        return b"SSHSIG" + struct.pack(">L", version) + b"".join(map(string, parts)) + behind


def string(content: bytes) -> bytes:
    """Bytes with their length before them (RFC 4251, section 5)."""
    return struct.pack(">L", len(content)) + content


def armour(blob: bytes, *, columns: int = _ARMOUR_COLUMNS, line_end: str = "\n") -> bytes:
    """A signature's blob as the text that stands in a file."""
    lines = textwrap.wrap(base64.b64encode(blob).decode(), columns)
    framed = ("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", "")
    return line_end.join(framed).encode()


CANDIDATE: Final = Signer("jordan@example.org")
STRANGER: Final = Signer("stranger@example.org")
FORMER: Final = Signer("former@example.org")
GRADER: Final = Signer("grader@example.org")

ALLOWED: Final = "".join(
    (
        "# Keys of the conformance set; they guard nothing.\n",
        CANDIDATE.allowed(),
        FORMER.allowed('valid-before="20250101" '),
        GRADER.allowed('namespaces="casebook-marks@v1" '),
    )
)
"""An allowed-signers file: one key for everything, one too old, one for mark sheets only."""
