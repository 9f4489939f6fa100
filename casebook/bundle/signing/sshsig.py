"""Signatures in OpenSSH's own format, so that stock ``ssh-keygen -Y verify`` agrees.

One form only is written and read: Ed25519, SHA-512, armored in lines of 70 signs as ssh-keygen
writes them. Everything else that the format allows is refused, so that no byte of a signature can
be changed without its being found.

Source:
    OpenSSH's ``PROTOCOL.sshsig``.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from casebook.bundle.signing.keys import KeyRefused, PublicKey, SigningKey
from casebook.bundle.signing.wire import CutShort, Fields, number, packed
from casebook.errors import CasebookError
from casebook.limits import SIGNATURE_BYTES

SUBMISSION: Final = "casebook-submission@v1"
MARKS: Final = "casebook-marks@v1"
RESULT: Final = "casebook-result@v1"
APPEAL: Final = "casebook-appeal@v1"

THINGS: Final = {SUBMISSION: "submissions", MARKS: "marks", RESULT: "results", APPEAL: "appeals"}
"""What is signed in each namespace, in words."""

_MAGIC: Final = b"SSHSIG"
_VERSION: Final = 1
_HASH: Final = b"sha512"
_ALGORITHM: Final = b"ssh-ed25519"
_RAW_BYTES: Final = 64
_WIDTH: Final = 70
_BEGIN: Final = b"-----BEGIN SSH SIGNATURE-----\n"
_END: Final = b"-----END SSH SIGNATURE-----\n"
_HINT: Final = "ask for the file and its signature again, as they were made"


class SignatureRefused(CasebookError):
    """A signature cannot be read, or does not fit."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was read; whether it fits anything is another question.

    Attributes:
        key: The key that is said to have made it.
        namespace: What the signed thing is said to be.
        raw: The 64 bytes of Ed25519.
    """

    key: PublicKey
    namespace: str
    raw: bytes


def things_signed(namespace: str) -> str:
    """What is signed in a namespace, in words where it is one of casebook's."""
    return THINGS.get(namespace, repr(namespace))


def sign(message: bytes, key: SigningKey, namespace: str) -> bytes:
    """Sign some bytes; the same bytes, key and namespace give the same signature.

    Args:
        message: What is signed.
        key: Who signs.
        namespace: What kind of thing it is, so that nothing is taken for another.

    Returns:
        The armored signature, as it is written to a file.
    """
    raw = key.private.sign(_signed_data(message, namespace))
    return _armored(Signature(key.public, namespace, raw))


def read_signature(armored: bytes) -> Signature:
    """Read a signature strictly.

    Raises:
        SignatureRefused: It is damaged, or of a form that casebook does not write.
    """
    if len(armored) > SIGNATURE_BYTES:
        raise SignatureRefused("the signature is far too long", hint=_HINT)
    if not armored.startswith(_BEGIN) or not armored.endswith(_END):
        raise SignatureRefused("it is no signature, or not all of one", hint=_HINT)
    inside = armored[len(_BEGIN) : -len(_END)].replace(b"\n", b"")
    try:
        blob = base64.b64decode(inside, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureRefused("the signature is damaged", hint=_HINT) from error
    found = _from_blob(blob)
    # Why: base64 has spare bits and lines can be broken anywhere; nothing may be free.
    if _armored(found) != armored:
        raise SignatureRefused("the signature is not written as ssh-keygen writes it", hint=_HINT)
    return found


def verify_signature(message: bytes, armored: bytes, namespace: str) -> PublicKey:
    """Hold a signature against what it is said to sign.

    Returns:
        The key that made it; whose that is, a policy has to say.

    Raises:
        SignatureRefused: It cannot be read, or does not fit.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    found = read_signature(armored)
    if found.namespace != namespace:
        raise SignatureRefused(
            f"it is a signature for {things_signed(found.namespace)}, and one for "
            f"{things_signed(namespace)} is wanted here",
            hint="see whether it belongs to another file",
        )
    try:
        key = Ed25519PublicKey.from_public_bytes(found.key.raw)
        key.verify(found.raw, _signed_data(message, namespace))
    except (InvalidSignature, ValueError) as error:
        raise SignatureRefused(
            "the signature does not fit: it belongs to something else, or this was changed since",
            hint=_HINT,
        ) from error
    return found.key


def _signed_data(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + b"".join(map(packed, (namespace.encode(), b"", _HASH, digest)))


def _armored(signature: Signature) -> bytes:
    blob = _MAGIC + number(_VERSION)
    inner = packed(_ALGORITHM) + packed(signature.raw)
    parts = (signature.key.blob, signature.namespace.encode(), b"", _HASH, inner)
    text = base64.b64encode(blob + b"".join(map(packed, parts)))
    lines = (text[start : start + _WIDTH] + b"\n" for start in range(0, len(text), _WIDTH))
    return _BEGIN + b"".join(lines) + _END


def _from_blob(blob: bytes) -> Signature:
    fields = Fields(blob)
    try:
        if fields.take(len(_MAGIC)) != _MAGIC or fields.number() != _VERSION:
            raise SignatureRefused("the signature is of a form that is not known", hint=_HINT)
        key = PublicKey.from_blob(fields.string())
        namespace = fields.string().decode("ascii")
        reserved, digest, inner = fields.string(), fields.string(), Fields(fields.string())
        algorithm, raw = inner.string(), inner.string()
    except KeyRefused as error:
        raise SignatureRefused(
            f"the key that signed cannot be used: {error}",
            hint="ask for a signature by an Ed25519 key",
        ) from error
    except (CutShort, UnicodeDecodeError) as error:
        raise SignatureRefused("the signature is damaged", hint=_HINT) from error
    if digest != _HASH:
        raise SignatureRefused(
            "the signature is over another digest than SHA-512",
            hint="ssh-keygen takes SHA-512 when it is not told otherwise",
        )
    whole = fields.at_end and inner.at_end and not reserved and namespace.isprintable()
    if not whole or not namespace or algorithm != _ALGORITHM or len(raw) != _RAW_BYTES:
        raise SignatureRefused("the signature holds what does not belong there", hint=_HINT)
    return Signature(key, namespace, raw)
