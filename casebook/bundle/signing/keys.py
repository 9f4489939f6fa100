"""Ed25519 keys as OpenSSH names them: what everybody may know, and what signs.

Only this one kind signs here. Its signatures are short, the same every time, and have one valid
form; keys of other kinds are refused by name.

Source:
    RFC 4253, section 6.6, and RFC 8709.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from casebook.bundle.signing.wire import CutShort, Fields, packed
from casebook.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_TYPE: Final = "ssh-ed25519"

MAKE_ONE: Final = "`casebook key new FILE` makes a key that signs here"

_KEY_BYTES: Final = 32
_CERTIFICATE: Final = "-cert-v01@openssh.com"
_OTHER_KINDS: Final = {
    "ssh-rsa": "an RSA key",
    "ssh-dss": "a DSA key",
    "ecdsa-sha2-nistp256": "an ECDSA key",
    "ecdsa-sha2-nistp384": "an ECDSA key",
    "ecdsa-sha2-nistp521": "an ECDSA key",
    "sk-ssh-ed25519@openssh.com": "a key on a security token",
    "sk-ecdsa-sha2-nistp256@openssh.com": "an ECDSA key on a security token",
}


class KeyRefused(UsageError):
    """A file or a line is no key that can be used here."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key.

    Attributes:
        blob: Its bytes with their kind before them, as OpenSSH writes them.
    """

    blob: bytes

    @classmethod
    def of(cls, raw: bytes) -> Self:
        """The key of 32 bytes."""
        return cls(packed(KEY_TYPE.encode()) + packed(raw))

    @classmethod
    def from_blob(cls, blob: bytes) -> Self:
        """The key in a blob.

        Raises:
            KeyRefused: It is of another kind, or damaged.
        """
        fields = Fields(blob)
        try:
            kind = fields.string().decode("ascii", "replace")
            if kind != KEY_TYPE:
                raise other_kind(kind)
            raw = fields.string()
        except CutShort as error:
            raise KeyRefused("the key is cut short", hint="ask for the whole line") from error
        if len(raw) != _KEY_BYTES or not fields.at_end:
            raise KeyRefused("the key is damaged", hint="ask for it again, as it was made")
        return cls(blob)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key in a public line: ``ssh-ed25519 AAAA... comment``.

        Raises:
            KeyRefused: It is no such line.
        """
        words = text.split(maxsplit=2)
        if len(text.strip().splitlines()) != 1 or len(words) < 2:  # noqa: PLR2004 - kind and key
            raise _no_public_key()
        if words[0] != KEY_TYPE:
            # Why the second word: OpenSSH writes every public key so, of whatever kind.
            raise other_kind(words[0]) if words[1].startswith("AAAA") else _no_public_key()
        try:
            blob = base64.b64decode(words[1], validate=True)
        except (binascii.Error, ValueError) as error:
            raise KeyRefused("the key is damaged", hint="ask for the whole line") from error
        if base64.b64encode(blob).decode() != words[1]:
            raise KeyRefused("the key is damaged", hint="ask for the whole line")
        return cls.from_blob(blob)

    @property
    def raw(self) -> bytes:
        """The 32 bytes of the key itself."""
        return self.blob[-_KEY_BYTES:]

    @property
    def fingerprint(self) -> str:
        """Its name in short, as ``ssh-keygen -lf`` prints it."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest()).decode()
        return f"SHA256:{digest.rstrip('=')}"

    @property
    def line(self) -> str:
        """The key as one line of text, without a comment."""
        return f"{KEY_TYPE} {base64.b64encode(self.blob).decode()}"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, open and ready to sign."""

    private: "Ed25519PrivateKey" = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """What others know of it."""
        return PublicKey.of(self.private.public_key().public_bytes_raw())


def new_signing_key() -> SigningKey:
    """A new key, from the system's own randomness."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SigningKey(Ed25519PrivateKey.generate())


def is_kind_of_key(word: str) -> bool:
    """Whether OpenSSH has keys or certificates of this kind, be they used here or not."""
    kind = word.removesuffix(_CERTIFICATE)
    return kind == KEY_TYPE or kind in _OTHER_KINDS or f"{kind}@openssh.com" in _OTHER_KINDS


def _no_public_key() -> KeyRefused:
    return KeyRefused(
        "it is no public key", hint=f"a public key is one line that begins with {KEY_TYPE}"
    )


def other_kind(kind: str) -> KeyRefused:
    if kind.endswith(_CERTIFICATE):
        called = "a certificate, which is not believed here; name the key itself"
    else:
        called = _OTHER_KINDS.get(kind, f"of a kind that is not known here, {kind[:40]!r}")
    return KeyRefused(f"it is {called}, and only Ed25519 keys are used here", hint=MAKE_ONE)
