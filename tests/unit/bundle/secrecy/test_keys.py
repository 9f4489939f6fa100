"""Recipients and identities are read as age writes them; another file is told as what it is."""

from datetime import date

import pytest

from casebook.bundle.secrecy import (
    Identity,
    Recipient,
    new_identity,
    read_identities,
    read_recipient,
    seal,
)
from casebook.errors import UsageError
from casebook.limits import SEAL_KEYS

# An identity of the age project's public test vectors, and what `age-keygen -y` says of it.
SECRET = "AGE-SECRET-KEY-1XMWWC06LY3EE5RYTXM9MFLAZ2U56JJJ36S0MYPDRWSVLUL66MV4QX3S7F6"
PUBLIC = "age1w3tyke4gev25vaxxsvcgqu4484rf6ejpmavs57p6yz6lhy2sfs5swrvwyn"


def test_an_identity_knows_its_recipient() -> None:
    assert str(Identity.parse(SECRET).recipient) == PUBLIC


def test_a_recipient_is_kept_in_small_letters() -> None:
    assert Recipient.parse(f"  {PUBLIC}\n").text == PUBLIC


def test_a_file_of_identities_is_written_and_read_as_age_keygen_does() -> None:
    identity = new_identity()
    written = identity.to_file(date(2026, 7, 1))
    first, second, third = written.decode().splitlines()
    assert first == "# created: 2026-07-01"
    assert second == f"# public key: {identity.recipient}"
    assert third == identity.secret
    assert read_identities(written) == (identity,)


def test_a_file_may_hold_the_keys_of_earlier_years() -> None:
    identities = tuple(new_identity() for _ in range(3))
    text = "\n\n".join(each.secret for each in identities)
    assert read_identities(text.encode()) == identities


def test_a_recipient_may_stand_in_a_file_with_remarks() -> None:
    assert str(read_recipient(f"# the office\r\n\r\n{PUBLIC}\r\n".encode())) == PUBLIC


NO_RECIPIENT = {
    "": "holds no recipient",
    "# nobody": "holds no recipient",
    f"{PUBLIC}\n{PUBLIC}": "2 lines",
    SECRET: "secret identity",
    SECRET.lower(): "secret identity",
    f"{PUBLIC[:-1]}q": "do not add up",
    PUBLIC.upper(): "is no recipient",
    PUBLIC[:-1]: "another length",
    "age1pq1qqqq": "a post-quantum key",
    "age1yubikey1qqqqqq": "another length",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA": "an SSH key",
    "office@example.org": "is no recipient",
    "é": "no text file",
}


@pytest.mark.parametrize("text", NO_RECIPIENT)
def test_what_is_no_recipient_is_told_as_what_it_is(text: str) -> None:
    with pytest.raises(UsageError, match=NO_RECIPIENT[text]):
        read_recipient(text.encode())


NO_IDENTITY = {
    "": "holds no identities",
    "\n".join([SECRET] * (SEAL_KEYS + 1)): "holds 17 identities",
    PUBLIC: "a recipient, which only seals",
    "AGE-PLUGIN-YUBIKEY-1QQQQ": "no identity",
    "-----BEGIN OPENSSH PRIVATE KEY-----": "no identity",
    f"{SECRET[:-1]}7": "do not add up",
    SECRET + "6": "do not add up",
    "age-encryption.org/v1\n-> scrypt c2FsdA 18\n": "locked with a passphrase",
    "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n": "locked with a passphrase",
    "ÿ": "no text file",
}


@pytest.mark.parametrize("text", NO_IDENTITY)
def test_what_is_no_identity_is_told_without_showing_a_secret(text: str) -> None:
    with pytest.raises(UsageError, match=NO_IDENTITY[text]) as refusal:
        read_identities(text.encode())
    assert "AGE-SECRET-KEY-1X" not in refusal.value.advised


def test_a_sealed_zip_is_no_identity() -> None:
    with pytest.raises(UsageError, match="locked"):
        read_identities(seal(b"x", Recipient.parse(PUBLIC)))
