"""Who made it, and whom it is for: signatures and seals that hold, and that do not."""

import base64
from collections.abc import Iterator
from typing import Final

import pyrage

from conformance.case import Case
from conformance.keys import (
    CANDIDATE,
    FORMER,
    GRADER,
    STRANGER,
    Signer,
    armour,
)
from conformance.submissions import (
    SIGNATURE,
    TAG_MANIFEST,
    Submission,
    with_signature,
)

SIGNERS: Final = ("--signers", "keys/allowed-signers")
IDENTITY: Final = ("--identity", "keys/office.identity")

_Case = tuple[str, dict[str, bytes], str, tuple[str, ...]]


def signature_cases(sound: Submission) -> Iterator[Case]:
    """Submissions whose signature does not hold; all else does."""
    for name, bag, why, arguments in (*_wrong(sound), *_malformed(sound)):
        content = sound.zip_of(bag).build()
        yield Case(f"signature-{name}.zip", content, why, "signature", arguments)


def sealed_cases(sound: Submission, office: str, other: str) -> Iterator[Case]:
    """Sealed submissions that are for somebody else, or sealed in another way than is allowed.

    Args:
        sound: What is sealed.
        office: The recipient whose identity the verifier has.
        other: Another office's.
    """
    to_other = sound.telling(format=2, signer=CANDIDATE.fingerprint, sealed_to=other)
    plain = to_other.zip_of(with_signature(to_other.bag(), CANDIDATE)).build()
    yield Case(
        "recipient-forwarded.zip.age", _sealed(plain, office),
        "Sealed to one office, which opened it and sealed it again to another.",
        "recipient", (*IDENTITY, *SIGNERS),
    )  # fmt: skip
    unnamed = sound.telling(format=2).zipped()
    yield Case(
        "recipient-unnamed.zip.age", _sealed(unnamed, office),
        "Sealed, and the record does not say to whom.",
        "recipient", IDENTITY,
    )  # fmt: skip
    to_office = sound.telling(format=2, sealed_to=office).zipped()
    for name, content, why in _unopened(to_office, office, other):
        yield Case(f"container-sealed-{name}.zip.age", content, why, "container", IDENTITY)


def _wrong(sound: Submission) -> Iterator[_Case]:
    signed = sound.signed(CANDIDATE)
    stripped = {name: content for name, content in signed.items() if name != SIGNATURE}
    yield "stripped", stripped, "The record names a signer, and the signature is gone.", ()
    yield "other-key", with_signature(signed, STRANGER), (
        "Signed by another key than the record names."
    ), ()  # fmt: skip
    elsewhere = sound.telling(level=1, casebook="0.0.9").signed(CANDIDATE)[SIGNATURE]
    yield "other-submission", {**signed, SIGNATURE: elsewhere}, (
        "The signature is of another submission by the same key."
    ), ()  # fmt: skip
    yield "unsigned", sound.bag(), "Not signed, and signers are given.", SIGNERS
    yield (
        "unknown",
        sound.signed(STRANGER),
        "Signed by a key that is not among the signers.",
        (SIGNERS),
    )
    yield "expired", sound.signed(FORMER), (
        "Signed by a key that has not counted since 2025."
    ), SIGNERS  # fmt: skip
    yield "other-use", sound.signed(GRADER), (
        "Signed by a key that is allowed to sign mark sheets only."
    ), SIGNERS  # fmt: skip


def _malformed(sound: Submission) -> Iterator[_Case]:
    signed = sound.signed(CANDIDATE)
    message, key = signed[TAG_MANIFEST], CANDIDATE
    blobs: tuple[tuple[str, bytes, str], ...] = (
        ("namespace", key.sign(message, namespace=b"file"), "Signed in another namespace."),
        ("marks", key.sign(message, namespace=b"casebook-marks@v1"), (
            "Signed in the namespace of mark sheets."
        )),
        ("sha256", key.sign(message, hashed_by="sha256"), "Signed over a SHA-256 digest."),
        ("reserved", key.sign(message, reserved=b"x"), "The reserved field is not empty."),
        ("version", key.sign(message, version=2), "The signature is of version 2."),
        ("behind", key.sign(message, behind=b"x"), "A byte stands behind the signature's fields."),
        ("damaged", _last_flipped(key, message), "One bit of the signature is another."),
    )  # fmt: skip
    for name, blob, why in blobs:
        yield name, {**signed, SIGNATURE: armour(blob)}, why, ()
    blob = key.sign(message)
    texts: tuple[tuple[str, bytes, str], ...] = (
        ("columns", armour(blob, columns=64), "The signature's lines are of 64 signs."),
        ("line-ends", armour(blob, line_end="\r\n"), "The signature's lines end as on Windows."),
        ("no-line-end", armour(blob)[:-1], "The signature's last line does not end."),
        ("words", b"Signed by me.\n" + armour(blob), "Words stand before the signature."),
        ("binary", blob, "The signature stands there without its armour."),
        ("base64", base64.b64encode(blob), "The signature is base64 without its armour."),
        ("empty", b"", "The signature is an empty file."),
    )
    for name, text, why in texts:
        yield f"text-{name}", {**signed, SIGNATURE: text}, why, ()


def _last_flipped(key: Signer, message: bytes) -> bytes:
    blob = bytearray(key.sign(message))
    blob[-40] ^= 1
    return bytes(blob)


def _unopened(plain: bytes, office: str, other: str) -> Iterator[tuple[str, bytes, str]]:
    sealed = _sealed(plain, office)
    yield "other", _sealed(plain, other), "Sealed to another office only."
    yield "damaged", sealed[:-1] + bytes([sealed[-1] ^ 1]), "The last bit of the seal is another."
    yield "cut", sealed[:-20_000], "The end of the sealed file is missing."
    yield "behind", sealed + b"x", "A byte stands behind the sealed file."
    yield "passphrase", pyrage.passphrase.encrypt(plain, "secret"), "Sealed with a passphrase."
    header, line, body = sealed.partition(b"\n-> ")
    foreign = b"\n-> ssh-ed25519 AAAAAA\n" + b"A" * 43
    yield "ssh", header + foreign + line + body, "The header names an SSH key besides."
    version = sealed.replace(b"age-encryption.org/v1", b"age-encryption.org/v2", 1)
    yield "version", version, "Sealed in another version of the format."
    text = base64.encodebytes(sealed)
    begin, end = (b"-----%s AGE ENCRYPTED FILE-----\n" % word for word in (b"BEGIN", b"END"))
    yield "armoured", begin + text + end, "Sealed as text."


def _sealed(content: bytes, *recipients: str) -> bytes:
    keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    sealed: bytes = pyrage.encrypt(content, keys)
    return sealed


def seal(content: bytes, recipient: str) -> bytes:
    """A file that one recipient's identity opens."""
    return _sealed(content, recipient)
