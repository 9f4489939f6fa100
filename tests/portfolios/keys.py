"""Keys that are the same in every run, and what an office writes down about them."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.private_keys import private_text


def made_key(number: int) -> SigningKey:
    """A key for each number from 0 to 255."""
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)))


def key_file(path: Path, number: int, passphrase: bytes | None = None) -> Path:
    """A key as a file that nobody else can read."""
    path.write_bytes(private_text(made_key(number), passphrase))
    path.chmod(0o600)
    return path


def signers_file(path: Path, **numbers: int) -> Path:
    """A file of allowed signers: who may sign anything, with which key."""
    lines = (f"{who} {made_key(number).public.line}\n" for who, number in numbers.items())
    path.write_text("".join(lines), "utf-8")
    return path
