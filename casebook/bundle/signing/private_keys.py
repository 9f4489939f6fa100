"""Private keys as OpenSSH's files: written, and opened with or without a passphrase.

What is not such a file, or holds another kind of key, is refused in words that say what it is.

Source:
    OpenSSH's ``PROTOCOL.key``.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from casebook.bundle.signing.keys import (
    MAKE_ONE,
    KeyRefused,
    PublicKey,
    SigningKey,
    is_kind_of_key,
)
from casebook.bundle.signing.wire import CutShort, Fields
from casebook.limits import KEY_ROUNDS

_BEGIN: Final = b"-----BEGIN OPENSSH PRIVATE KEY-----"
_END: Final = b"-----END OPENSSH PRIVATE KEY-----"
_MAGIC: Final = b"openssh-key-v1\0"
_CIPHERS: Final = frozenset([b"aes256-ctr", b"aes256-cbc", b"aes256-gcm@openssh.com"])
_OTHER_FILES: Final = (
    (rb"-----BEGIN RSA PRIVATE KEY-----", "an RSA key"),
    (rb"-----BEGIN DSA PRIVATE KEY-----", "a DSA key"),
    (rb"-----BEGIN EC PRIVATE KEY-----", "an ECDSA key"),
    (rb"-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----", "a key in the PKCS #8 form, not OpenSSH's"),
    (rb"-----BEGIN (?:SSH2 )?PUBLIC KEY-----|---- BEGIN SSH2", "a public key in another form"),
    (rb"-----BEGIN SSH SIGNATURE-----", "a signature, not a key"),
    (rb"-----BEGIN CERTIFICATE-----", "a certificate, not a key"),
    (rb"-----BEGIN PGP ", "a PGP file"),
    (rb"PuTTY-User-Key-File", "a key in PuTTY's form, which PuTTYgen exports to OpenSSH's"),
    (rb"(?:#[^\n]*\n)*AGE-SECRET-KEY-", "an age identity, which opens what is sealed"),
    (rb"age1[a-z0-9]+\Z", "a recipient, which submissions are sealed to"),
)


def private_text(key: SigningKey, passphrase: bytes | None) -> bytes:
    """A private key as OpenSSH's file, locked by a passphrase where there is one."""
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    lock = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, lock)


def read_signing_key(content: bytes, passphrase: Callable[[], bytes] | None = None) -> SigningKey:
    """Open a private key of OpenSSH's.

    Args:
        content: The file.
        passphrase: Is asked once, and only when the key has one.

    Raises:
        KeyRefused: It is another kind of file or key, damaged, or the passphrase does not open it.
    """
    from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    head = _head(content)
    word = None
    if head.locked:
        if passphrase is None:
            raise KeyRefused(
                "the key has a passphrase, and there is nobody to ask for it",
                hint="write it into a file of one line and name that: --passphrase-file FILE",
            )
        word = passphrase()
    try:
        key = load_ssh_private_key(content, password=word)
    except (ValueError, TypeError, InvalidTag, UnsupportedAlgorithm) as error:
        if head.locked:
            raise KeyRefused(
                "the passphrase does not open the key",
                hint="type it again; when it is forgotten, nobody can open the key: make another, "
                "`casebook key new`, and send the office its .pub; when it is surely right, the "
                "file is damaged, and a backup helps",
            ) from error
        raise _damaged() from error
    found = SigningKey(key) if isinstance(key, Ed25519PrivateKey) else None
    if found is None or found.public != head.public:
        raise _damaged()
    return found


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands in front of the secret of a private key: whether it is locked, and its key."""

    locked: bool
    public: PublicKey


def public_half(content: bytes) -> PublicKey:
    """The public key that a private key's file names in the open, so that it needs no passphrase.

    Raises:
        KeyRefused: It is no private key that signs here.
    """
    return _head(content).public


def _head(content: bytes) -> _Head:
    text = content.strip()
    if not text.startswith(_BEGIN) or not text.endswith(_END):
        raise _other_file(text)
    try:
        fields = Fields(base64.b64decode(text[len(_BEGIN) : -len(_END)]))
        if fields.take(len(_MAGIC)) != _MAGIC:
            raise _damaged()
        cipher, derivation, options = fields.string(), fields.string(), Fields(fields.string())
        fields.number()
        public = PublicKey.from_blob(fields.string())
        if (cipher, derivation) == (b"none", b"none"):
            return _Head(locked=False, public=public)
        options.string()
        rounds = options.number()
    except (CutShort, binascii.Error, ValueError) as error:
        raise _damaged() from error
    if cipher not in _CIPHERS or derivation != b"bcrypt" or rounds > KEY_ROUNDS:
        raise KeyRefused(
            f"the key is locked in a way that is not known here ({_shown(cipher)})",
            hint="`ssh-keygen -p -Z aes256-ctr -a 24 -f FILE` locks it in the usual one",
        )
    return _Head(locked=True, public=public)


def _other_file(text: bytes) -> KeyRefused:
    for start, called in _OTHER_FILES:
        if re.match(start, text):
            return KeyRefused(f"it is {called}", hint=MAKE_ONE)
    kind = _shown(text.split(maxsplit=1)[0]) if text else ""
    if is_kind_of_key(kind):
        return KeyRefused(
            "it is a public key, and signing wants the private one",
            hint="name the file beside it, without .pub",
        )
    if text.startswith(_BEGIN):
        return _damaged()
    return KeyRefused("it is no private key", hint=MAKE_ONE)


def _damaged() -> KeyRefused:
    return KeyRefused("the key is damaged", hint="take it from a backup, or make a new one")


def _shown(raw: bytes) -> str:
    return raw[:40].decode("ascii", "replace")
