import base64
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.bundle.signing.keys import KeyRefused, PublicKey, SigningKey
from casebook.bundle.signing.private_keys import private_text, public_half, read_signing_key
from tests.unit.bundle.signing.conftest import Keygen


def nobody() -> bytes:
    raise AssertionError("nobody is to be asked")


def private_file(
    kind: bytes = b"ssh-ed25519",
    *,
    cipher: bytes = b"none",
    derivation: bytes = b"none",
    options: bytes = b"",
) -> bytes:
    """The front of a private key's file, as OpenSSH's PROTOCOL.key lays it out."""

    def string(content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + content

    public = string(kind) + string(bytes(32))
    front = b"".join(map(string, (cipher, derivation, options)))
    blob = b"openssh-key-v1\0" + front + struct.pack(">I", 1) + string(public) + string(b"")
    text = base64.encodebytes(blob)
    return b"-----BEGIN OPENSSH PRIVATE KEY-----\n" + text + b"-----END OPENSSH PRIVATE KEY-----\n"


def test_a_key_is_read_as_it_was_written(key: SigningKey) -> None:
    assert read_signing_key(private_text(key, None), nobody).public == key.public
    locked = private_text(key, b"open sesame")
    assert read_signing_key(locked, lambda: b"open sesame").public == key.public
    assert public_half(locked) == key.public


def test_an_empty_passphrase_is_none(key: SigningKey) -> None:
    assert read_signing_key(private_text(key, b""), nobody).public == key.public


@pytest.mark.parametrize("word", [b"", b"open Sesame", b"open sesame\n", b"x" * 5000])
def test_a_wrong_passphrase_is_told(key: SigningKey, word: bytes) -> None:
    with pytest.raises(KeyRefused, match="passphrase does not open"):
        read_signing_key(private_text(key, b"open sesame"), lambda: word)


def test_a_locked_key_needs_somebody_to_ask(key: SigningKey) -> None:
    with pytest.raises(KeyRefused, match="nobody to ask"):
        read_signing_key(private_text(key, b"open sesame"))


def test_a_key_whose_halves_differ_is_refused(key: SigningKey, other_key: SigningKey) -> None:
    """Else it would sign as another than its file says."""
    text = private_text(key, None)
    begin, *lines, end = text.strip().split(b"\n")
    blob = base64.b64decode(b"".join(lines))
    # The secret is the seed and the public key; only the seed is changed, so that all agrees
    # but the seed.
    changed = blob.replace(bytes([1] * 32), bytes([2] * 32), 1)
    assert changed != blob
    wrong = b"\n".join([begin, base64.b64encode(changed), end])
    with pytest.raises(KeyRefused, match="damaged"):
        read_signing_key(wrong)


def test_every_changed_byte_leaves_the_key_or_is_refused(key: SigningKey) -> None:
    """Base64 and padding leave room, the key does not."""
    text = private_text(key, None)
    read = 0
    for at in range(len(text)):
        changed = text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :]
        try:
            assert read_signing_key(changed, lambda: b"").public == key.public
            read += 1
        except KeyRefused:
            continue
    assert read < len(text) / 2


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_fail_otherwise(content: bytes) -> None:
    begin, end = b"-----BEGIN OPENSSH PRIVATE KEY-----", b"-----END OPENSSH PRIVATE KEY-----"
    inside = base64.encodebytes(b"openssh-key-v1\0" + content)
    for text in (content, begin + content + end, begin + b"\n" + inside + end):
        with pytest.raises(KeyRefused):
            read_signing_key(text, lambda: b"x")


@pytest.mark.parametrize(
    "content,called",
    [
        (b"", "no private key"),
        (b"hello", "no private key"),
        (b"\0\xff" * 50, "no private key"),
        (b"-----BEGIN RSA PRIVATE KEY-----\nx", "an RSA key"),
        (b"-----BEGIN DSA PRIVATE KEY-----\nx", "a DSA key"),
        (b"-----BEGIN EC PRIVATE KEY-----\nx", "an ECDSA key"),
        (b"-----BEGIN PRIVATE KEY-----\nx", "PKCS #8"),
        (b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nx", "PKCS #8"),
        (b"-----BEGIN PUBLIC KEY-----\nx", "a public key"),
        (b"---- BEGIN SSH2 PUBLIC KEY ----\nx", "a public key"),
        (b"-----BEGIN SSH SIGNATURE-----\nx", "a signature"),
        (b"-----BEGIN CERTIFICATE-----\nx", "a certificate"),
        (b"-----BEGIN PGP PRIVATE KEY BLOCK-----\nx", "a PGP file"),
        (b"PuTTY-User-Key-File-3: ssh-ed25519\nx", "PuTTY"),
        (b"# created: 2026-07-01\nAGE-SECRET-KEY-1QQ\n", "an age identity"),
        (b"ssh-ed25519 AAAA x", "a public key"),
        (b"ssh-rsa AAAA x", "a public key"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\n", "damaged"),
        (private_file(b"ssh-rsa"), "an RSA key"),
        (private_file(b"ssh-dss"), "a DSA key"),
        (private_file(b"sk-ssh-ed25519@openssh.com"), "a key on a security token"),
        (private_file(b"sk-ecdsa-sha2-nistp256@openssh.com"), "a security token"),
        (private_file(b"ecdsa-sha2-nistp521"), "an ECDSA key"),
        (private_file(b"ssh-dilithium"), "not known here"),
        (private_file(), "damaged"),
        (
            private_file(cipher=b"aes256-ctr", derivation=b"argon", options=bytes(8)),
            "locked in a way",
        ),
        (
            private_file(
                cipher=b"aes256-ctr", derivation=b"bcrypt", options=bytes(4) + b"\xff\xff\xff\xff"
            ),
            "locked in a way",
        ),
    ],
)
def test_another_kind_of_file_is_refused_by_name(content: bytes, called: str) -> None:
    with pytest.raises(KeyRefused, match=called) as refused:
        read_signing_key(content, lambda: b"x")
    assert refused.value.hint


def test_ssh_keygen_opens_what_we_write_and_names_it_alike(
    tmp_path: Path, keygen: Keygen, key: SigningKey
) -> None:
    for name, word in (("open", None), ("locked", "sésame ouvre-toi".encode())):
        place = tmp_path / name
        place.write_bytes(private_text(key, word))
        place.chmod(0o600)
        shown = keygen("-y", "-f", place, "-P", (word or b"").decode())
        assert shown.returncode == 0, shown.stderr
        assert PublicKey.parse(shown.stdout.decode()) == key.public
        (tmp_path / "public").write_text(key.public.line)
        assert key.public.fingerprint in keygen("-lf", tmp_path / "public").stdout.decode()


@pytest.mark.parametrize("cipher", ["aes256-ctr", "aes256-cbc", "aes256-gcm@openssh.com"])
def test_keys_that_ssh_keygen_made_and_locked_are_opened(
    tmp_path: Path, keygen: Keygen, cipher: str
) -> None:
    place = tmp_path / "key"
    made = keygen(
        "-q", "-t", "ed25519", "-a", "1", "-Z", cipher, "-N", "a b ü", "-C", "Ana", "-f", place
    )
    assert made.returncode == 0, made.stderr
    word = "a b ü".encode
    key = read_signing_key(place.read_bytes(), word)
    assert PublicKey.parse(place.with_suffix(".pub").read_text()) == key.public
    for damaged in (place.read_bytes().replace(b"\n", b"\r\n"), place.read_bytes() + b"\n\n"):
        assert read_signing_key(damaged, word).public == key.public
    with pytest.raises(KeyRefused, match="passphrase does not open"):
        read_signing_key(place.read_bytes(), lambda: b"a b u")


@pytest.mark.parametrize(
    "words,called",
    [
        (("-t", "rsa", "-b", "1024"), "an RSA key"),
        (("-t", "rsa", "-b", "1024", "-m", "PEM"), "an RSA key"),
        (("-t", "ecdsa"), "an ECDSA key"),
        (("-t", "ecdsa", "-m", "PEM"), "an ECDSA key"),
        (("-t", "ecdsa", "-m", "PKCS8"), "PKCS #8"),
        (("-t", "ed25519", "-N", "x", "-Z", "aes128-ctr"), "locked in a way .*aes128-ctr"),
        (("-t", "ed25519", "-N", "x", "-Z", "chacha20-poly1305@openssh.com"), "locked in a way"),
    ],
)
def test_other_keys_that_ssh_keygen_makes_are_refused_by_name(
    tmp_path: Path, keygen: Keygen, words: tuple[str, ...], called: str
) -> None:
    locked = () if "-N" in words else ("-N", "")
    made = keygen("-q", "-a", "1", *words, *locked, "-f", tmp_path / "key")
    assert made.returncode == 0, made.stderr
    with pytest.raises(KeyRefused, match=called):
        read_signing_key((tmp_path / "key").read_bytes(), lambda: b"x")
