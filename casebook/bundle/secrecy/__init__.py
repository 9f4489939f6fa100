"""Secrecy: a submission that only the office it is sealed to can read (age, X25519)."""

from casebook.bundle.secrecy.header import SealRefused, is_sealed, refuse_unwanted
from casebook.bundle.secrecy.keys import (
    Identity,
    Recipient,
    new_identity,
    read_identities,
    read_recipient,
)
from casebook.bundle.secrecy.sealing import seal, unseal

__all__ = [
    "Identity",
    "Recipient",
    "SealRefused",
    "is_sealed",
    "new_identity",
    "read_identities",
    "read_recipient",
    "refuse_unwanted",
    "seal",
    "unseal",
]
