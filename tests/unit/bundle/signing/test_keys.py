import base64

import pytest

from casebook.bundle.signing.keys import KeyRefused, PublicKey, SigningKey, new_signing_key
from tests.portfolios.keys import made_key


def test_two_new_keys_differ() -> None:
    assert new_signing_key().public != new_signing_key().public


def test_a_key_shows_nothing_of_its_secret(key: SigningKey) -> None:
    secret = key.private.private_bytes_raw()
    assert str(secret) not in repr(key)
    assert "Ed25519PrivateKey" not in repr(key)


@pytest.mark.parametrize(
    "text,called",
    [
        ("", "no public key"),
        ("ssh-ed25519", "no public key"),
        ("ssh-ed25519 AAAA", "cut short"),
        ("ssh-ed25519 ä", "damaged"),
        ("ssh-rsa AAAA", "an RSA key"),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", "a certificate"),
        ("-----BEGIN PUBLIC KEY-----\nx\n", "no public key"),
        (f"{made_key(1).public.line}\n{made_key(2).public.line}\n", "no public key"),
        (made_key(1).public.line[:-4], "cut short|damaged"),
        (made_key(1).public.line + "A", "damaged"),
        (made_key(1).public.line + "AAAA", "damaged"),
        ("ssh-ed25519 " + base64.b64encode(b"\0\0\0\7ssh-rsa\0\0\0\1x").decode(), "an RSA key"),
        (
            "ssh-ed25519 " + base64.b64encode(made_key(1).public.blob[:-1]).decode(),
            "cut short",
        ),
    ],
)
def test_a_line_that_is_no_public_key_is_refused(text: str, called: str) -> None:
    with pytest.raises(KeyRefused, match=called):
        PublicKey.parse(text)


def test_a_public_line_is_read_with_its_comment_or_without(key: SigningKey) -> None:
    for text in (key.public.line, f"{key.public.line} Ana Ruiz <ana@example.org>\r\n"):
        assert PublicKey.parse(text) == key.public
