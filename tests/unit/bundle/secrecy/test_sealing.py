"""What is sealed comes out as it went in, for its recipient alone, or not at all."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.secrecy import (
    Identity,
    Recipient,
    SealRefused,
    new_identity,
    read_identities,
    read_recipient,
    seal,
    sealing,
    unseal,
)

IDENTITY = new_identity()

# A payload is a nonce of 16 bytes, then chunks of 64 KiB, each with a tag of 16 (c2sp.org/age).
CHUNK = 64 * 1024
TAG = NONCE = 16
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 300_001]


@given(content=st.binary(max_size=300))
def test_what_is_sealed_is_unsealed_as_it_was(content: bytes) -> None:
    assert unseal(seal(content, IDENTITY.recipient), IDENTITY) == content


def test_sealing_again_gives_other_bytes() -> None:
    """Else anybody could tell that two sealed files hold the same."""
    assert seal(b"x", IDENTITY.recipient) != seal(b"x", IDENTITY.recipient)


def test_one_of_several_identities_opens_it() -> None:
    others = [new_identity(), new_identity()]
    assert unseal(seal(b"x", IDENTITY.recipient), *others, IDENTITY) == b"x"


def test_another_identity_opens_nothing_and_is_named() -> None:
    other = new_identity()
    with pytest.raises(SealRefused, match=f"it is not sealed to {other.recipient}"):
        unseal(seal(b"x", IDENTITY.recipient), other)


def test_every_changed_byte_is_found() -> None:
    """In the header and behind it, in all of its bits."""
    sealed = seal(b"a client's health", IDENTITY.recipient)
    assert len(sealed) > 200
    for at in range(len(sealed)):
        for bit in (1, 0x20, 0x80):
            changed = bytearray(sealed)
            changed[at] ^= bit
            with pytest.raises(SealRefused):
                unseal(bytes(changed), IDENTITY)


def test_every_cut_is_found() -> None:
    sealed = seal(b"a client's health", IDENTITY.recipient)
    for length in range(len(sealed)):
        with pytest.raises(SealRefused):
            unseal(sealed[:length], IDENTITY)
    with pytest.raises(SealRefused):
        unseal(sealed + b"\0", IDENTITY)


@pytest.mark.parametrize("chunks", [1, 2])
def test_a_cut_between_two_chunks_is_found(chunks: int) -> None:
    """Each chunk is whole and authentic there; only the last one says that it is the last."""
    sealed = seal(bytes(3 * CHUNK), IDENTITY.recipient)
    header = len(sealed) - NONCE - 3 * (CHUNK + TAG)
    with pytest.raises(SealRefused, match="damaged"):
        unseal(sealed[: header + NONCE + chunks * (CHUNK + TAG)], IDENTITY)


def test_two_chunks_in_each_others_place_are_found() -> None:
    sealed = seal(bytes(3 * CHUNK), IDENTITY.recipient)
    start = len(sealed) - 3 * (CHUNK + TAG)
    first, second = (sealed[start + n * (CHUNK + TAG) :][: CHUNK + TAG] for n in range(2))
    swapped = sealed[:start] + second + first + sealed[start + 2 * (CHUNK + TAG) :]
    with pytest.raises(SealRefused, match="damaged"):
        unseal(swapped, IDENTITY)


def test_a_file_beyond_the_limit_is_neither_made_nor_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out is never larger than what went in, so one limit holds for both."""
    sealed = seal(bytes(1_000), IDENTITY.recipient)
    monkeypatch.setattr(sealing, "ARCHIVE_BYTES", 1_000)
    with pytest.raises(SealRefused, match="larger than 1000 bytes"):
        unseal(sealed, IDENTITY)
    with pytest.raises(SealRefused, match="larger than 1000 bytes"):
        seal(bytes(1_000), IDENTITY.recipient)


@pytest.fixture
def age() -> str:
    program = shutil.which("age")
    if program is None:
        pytest.skip("age is not installed; `apt-get install age` does it")
    return program


@pytest.fixture
def identity_file(tmp_path: Path) -> Path:
    path = tmp_path / "identity.txt"
    path.write_bytes(IDENTITY.to_file(date(2026, 7, 1)))
    return path


def run(*command: str, given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


@pytest.mark.parametrize("size", SIZES)
def test_age_opens_what_casebook_seals(age: str, identity_file: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    sealed = seal(content, IDENTITY.recipient)
    assert run(age, "-d", "-i", str(identity_file), given=sealed) == content


@pytest.mark.parametrize("size", SIZES)
def test_casebook_opens_what_age_seals(age: str, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    other = new_identity()
    sealed = run(age, "-r", str(other.recipient), "-r", str(IDENTITY.recipient), given=content)
    assert unseal(sealed, IDENTITY) == content


def test_what_age_writes_otherwise_is_refused(age: str, tmp_path: Path) -> None:
    armored = run(age, "-a", "-r", str(IDENTITY.recipient), given=b"x")
    with pytest.raises(SealRefused, match="armored"):
        unseal(armored, IDENTITY)
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    to_ssh = run(age, "-R", f"{key}.pub", given=b"x")
    with pytest.raises(SealRefused, match="an SSH key"):
        unseal(to_ssh, IDENTITY)


def test_age_keygen_and_casebook_read_each_others_keys(age: str, tmp_path: Path) -> None:
    keygen = age + "-keygen"
    theirs = tmp_path / "theirs.txt"
    subprocess.run([keygen, "-o", str(theirs)], capture_output=True, check=True)
    (identity,) = read_identities(theirs.read_bytes())
    public = run(keygen, "-y", str(theirs), given=b"")
    assert read_recipient(public) == identity.recipient
    ours = run(keygen, "-y", given=IDENTITY.to_file(date(2026, 7, 1)))
    assert Recipient.parse(ours.decode()) == IDENTITY.recipient
    assert Identity.parse(IDENTITY.secret) == IDENTITY
