import base64
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.signing.keys import PublicKey, SigningKey
from casebook.bundle.signing.private_keys import private_text
from casebook.bundle.signing.sshsig import (
    APPEAL,
    MARKS,
    RESULT,
    SUBMISSION,
    THINGS,
    SignatureRefused,
    read_signature,
    sign,
    verify_signature,
)
from casebook.limits import SIGNATURE_BYTES
from tests.portfolios.keys import made_key
from tests.unit.bundle.signing.conftest import Keygen

MESSAGE = b"what is signed\n"
SPACES = (SUBMISSION, MARKS, RESULT, APPEAL)


def string(content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + content


def armored(blob: bytes, width: int = 70) -> bytes:
    text = base64.b64encode(blob)
    lines = b"".join(text[at : at + width] + b"\n" for at in range(0, len(text), width))
    return b"-----BEGIN SSH SIGNATURE-----\n" + lines + b"-----END SSH SIGNATURE-----\n"


def blob(
    key: PublicKey | bytes,
    *,
    magic: bytes = b"SSHSIG",
    version: int = 1,
    namespace: bytes = MARKS.encode(),
    reserved: bytes = b"",
    digest: bytes = b"sha512",
    kind: bytes = b"ssh-ed25519",
    raw: bytes = bytes(64),
    after_raw: bytes = b"",
    after: bytes = b"",
) -> bytes:
    key_blob = key.blob if isinstance(key, PublicKey) else key
    inner = string(kind) + string(raw) + after_raw
    parts = (key_blob, namespace, reserved, digest, inner)
    return magic + struct.pack(">I", version) + b"".join(map(string, parts)) + after


def test_what_was_signed_gives_its_key_back(key: SigningKey) -> None:
    for space in SPACES:
        assert verify_signature(MESSAGE, sign(MESSAGE, key, space), space) == key.public


def test_the_same_thing_signed_twice_gives_the_same_bytes(key: SigningKey) -> None:
    assert sign(MESSAGE, key, MARKS) == sign(MESSAGE, key, MARKS)


@given(st.binary(max_size=300))
def test_any_bytes_can_be_signed(message: bytes) -> None:
    key = made_key(3)
    assert verify_signature(message, sign(message, key, RESULT), RESULT) == key.public


def test_a_signature_is_for_one_kind_of_thing(key: SigningKey) -> None:
    """Marks that are signed are no result, though key and bytes are right."""
    for made_for in SPACES:
        for wanted in SPACES:
            if wanted != made_for:
                with pytest.raises(SignatureRefused, match=f"for {THINGS[made_for]}, "):
                    verify_signature(MESSAGE, sign(MESSAGE, key, made_for), wanted)


def test_every_change_of_a_byte_that_was_signed_is_found(key: SigningKey) -> None:
    signature = sign(MESSAGE, key, MARKS)
    for at in range(len(MESSAGE)):
        changed = bytearray(MESSAGE)
        changed[at] ^= 1
        with pytest.raises(SignatureRefused, match="does not fit"):
            verify_signature(bytes(changed), signature, MARKS)
    for other in (b"", MESSAGE[:-1], MESSAGE + b"\n"):
        with pytest.raises(SignatureRefused, match="does not fit"):
            verify_signature(other, signature, MARKS)


def bytes_changed(signature: bytes, values: Iterator[int] | range) -> Iterator[bytes]:
    for value in values:
        for at in range(len(signature)):
            yield signature[:at] + bytes([signature[at] ^ value]) + signature[at + 1 :]


def refusals(signature: bytes, changes: Iterator[bytes]) -> int:
    """How many changed signatures were refused; one that is taken fails."""
    count = 0
    for changed in changes:
        assert changed != signature
        with pytest.raises(SignatureRefused):
            verify_signature(MESSAGE, changed, MARKS)
        count += 1
    return count


def test_every_flipped_bit_of_a_signature_is_found(key: SigningKey) -> None:
    signature = sign(MESSAGE, key, MARKS)
    flipped = bytes_changed(signature, iter([1, 2, 4, 8, 16, 32, 64, 128]))
    assert refusals(signature, flipped) == 8 * len(signature)


@pytest.mark.slow
def test_every_change_of_one_byte_of_a_signature_is_found(key: SigningKey) -> None:
    """Each of its bytes made each of the 255 others."""
    signature = sign(MESSAGE, key, MARKS)
    assert refusals(signature, bytes_changed(signature, range(1, 256))) == 255 * len(signature)


def test_every_byte_taken_out_or_put_in_is_found(key: SigningKey) -> None:
    signature = sign(MESSAGE, key, MARKS)
    shorter = (signature[:at] + signature[at + 1 :] for at in range(len(signature)))
    longer = (
        signature[:at] + added + signature[at:]
        for at in range(len(signature) + 1)
        for added in (b"\n", b"\r", b" ", b"A", b"=", b"\0")
    )
    cut = (signature[:at] for at in range(len(signature)))
    # A byte taken out of, or put into, a run of equal ones gives one text; none is the whole one.
    assert refusals(signature, shorter) == len(signature)
    assert refusals(signature, longer) == 6 * (len(signature) + 1)
    assert refusals(signature, cut) == len(signature)


def test_our_own_way_to_build_one_gives_what_can_be_read(key: SigningKey) -> None:
    """Otherwise the refusals below would say nothing."""
    assert read_signature(armored(blob(key.public))).key == key.public


@pytest.mark.parametrize(
    "changes,why",
    [
        ({"magic": b"SSHSIX"}, "form that is not known"),
        ({"version": 0}, "form that is not known"),
        ({"version": 2}, "form that is not known"),
        ({"namespace": b""}, "does not belong there"),
        ({"namespace": b"a\nb"}, "does not belong there"),
        ({"namespace": b"\xff"}, "damaged"),
        ({"reserved": b"x"}, "does not belong there"),
        ({"digest": b"sha256"}, "another digest than SHA-512"),
        ({"digest": b"md5"}, "another digest than SHA-512"),
        ({"kind": b"ssh-rsa"}, "does not belong there"),
        ({"raw": bytes(63)}, "does not belong there"),
        ({"raw": bytes(65)}, "does not belong there"),
        ({"after_raw": b"x"}, "does not belong there"),
        ({"after": b"x"}, "does not belong there"),
    ],
)
def test_what_the_format_allows_besides_is_refused(
    key: SigningKey, changes: dict[str, bytes], why: str
) -> None:
    with pytest.raises(SignatureRefused, match=why):
        read_signature(armored(blob(key.public, **changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "kind,called",
    [
        (b"ssh-rsa", "an RSA key"),
        (b"sk-ssh-ed25519@openssh.com", "a key on a security token"),
        (b"ecdsa-sha2-nistp256", "an ECDSA key"),
        (b"ssh-ed25519-cert-v01@openssh.com", "a certificate"),
        (b"ssh-ed448", "not known here, 'ssh-ed448'"),
    ],
)
def test_a_key_of_another_kind_is_refused_by_name(kind: bytes, called: str) -> None:
    with pytest.raises(SignatureRefused, match=called):
        read_signature(armored(blob(string(kind) + string(bytes(32)))))


def test_one_way_of_writing_it_is_taken(key: SigningKey) -> None:
    """Longer lines, other line ends, text around it: another file with the same meaning."""
    whole = blob(key.public)
    good = armored(whole)
    for written in (
        armored(whole, 76),
        armored(whole, 64),
        good.replace(b"\n", b"\r\n"),
        good.rstrip(b"\n"),
        good + b"\n",
        b"\n" + good,
        good * 2,
    ):
        with pytest.raises(SignatureRefused):
            read_signature(written)


def test_a_signature_may_be_as_long_as_the_limit_and_no_longer(key: SigningKey) -> None:
    """A namespace fills it; an armored line of 70 signs and its end holds 52.5 bytes."""

    def of(length: int) -> bytes:
        return armored(blob(key.public, namespace=b"n" * length))

    most = max(length for length in range(2_000, 3_500) if len(of(length)) <= SIGNATURE_BYTES)
    assert read_signature(of(most)).namespace == "n" * most
    with pytest.raises(SignatureRefused, match="far too long"):
        read_signature(of(most + 3))


@given(st.binary(max_size=400))
def test_no_bytes_make_reading_fail_otherwise(content: bytes) -> None:
    for text in (content, armored(content), armored(b"SSHSIG\0\0\0\1" + content)):
        with pytest.raises(SignatureRefused):
            read_signature(text)


def signed_both_ways(folder: Path, keygen: Keygen, keys: int, files: int) -> int:
    """Sign files with our code and with ssh-keygen, and let each verify the other's.

    Returns:
        How many signatures each side took; the two sides' are also the same, byte for byte.
    """
    taken = 0
    for number in range(keys):
        key, space = made_key(10 + number), SPACES[number % len(SPACES)]
        private = folder / f"key-{number}"
        private.write_bytes(private_text(key, None))
        private.chmod(0o600)
        allowed = folder / f"allowed-{number}"
        allowed.write_text(f'ana namespaces="{space}" {key.public.line}\n')
        paths = [folder / f"{number}-{file}" for file in range(files)]
        for file, path in enumerate(paths):
            path.write_bytes(f"{number} {file}\n".encode() * (1 + 7 * file))
        assert keygen("-Y", "sign", "-f", private, "-n", space, *paths).returncode == 0
        for path in paths:
            theirs = path.with_name(f"{path.name}.sig").read_bytes()
            assert verify_signature(path.read_bytes(), theirs, space) == key.public
            ours = sign(path.read_bytes(), key, space)
            assert ours == theirs
            place = path.with_name(f"{path.name}.ours")
            place.write_bytes(ours)
            words = ("-Y", "verify", "-f", allowed, "-I", "ana", "-n", space, "-s", place)
            verified = keygen(*words, given=path.read_bytes())
            assert verified.returncode == 0, verified.stderr
            taken += 1
    return taken


def test_ssh_keygen_takes_our_signatures_and_we_take_its(tmp_path: Path, keygen: Keygen) -> None:
    assert signed_both_ways(tmp_path, keygen, keys=4, files=5) == 20


@pytest.mark.slow
def test_a_thousand_signatures_are_taken_both_ways(tmp_path: Path, keygen: Keygen) -> None:
    assert signed_both_ways(tmp_path, keygen, keys=10, files=100) == 1000
