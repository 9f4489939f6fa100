"""A private key is found wherever in a file it stands, and nothing else is taken for one."""

import pytest

from casebook.source.private_keys import check_private_keys, private_key_at
from tests.portfolios.keys import made_key

AGE = b"AGE-SECRET-KEY-1" + b"Q" * 58

KEYS = [
    b"-----BEGIN OPENSSH PRIVATE KEY-----",
    b"-----BEGIN PRIVATE KEY-----",
    b"-----BEGIN RSA PRIVATE KEY-----",
    b"-----BEGIN PGP PRIVATE KEY BLOCK-----",
    b"PuTTY-User-Key-File-3: ssh-ed25519",
    AGE,
    AGE.replace(b"KEY-1", b"KEY-PQ-1"),
]


@pytest.mark.parametrize("key", KEYS, ids=[repr(each[:24]) for each in KEYS])
def test_a_key_is_found_where_it_begins(key: bytes) -> None:
    """``kind: note`` and a line end are eleven bytes."""
    assert private_key_at(key) == 0
    assert private_key_at(b"kind: note\n" + key + b"\n") == 11


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_key_that_an_editor_saved_in_utf_16_is_one(encoding: str) -> None:
    text = AGE.decode()
    mark = b"\xfe\xff" if encoding.endswith("be") else b""
    assert private_key_at(mark + text.encode(encoding)) is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"keep your PRIVATE KEY to yourself",
        b"# AGE-SECRET-KEY- is how such a file goes on",
        b"an AGE-SECRET-KEY-1 is short",
        b"-----BEGIN PUBLIC KEY-----",
        b"see PuTTY-User-Key-File-3 in its manual",
        made_key(1).public.line.encode(),
    ],
)
def test_what_speaks_of_keys_is_none(content: bytes) -> None:
    assert private_key_at(content) is None


def test_a_key_in_a_source_is_found_on_its_line() -> None:
    found = check_private_keys({"a.yaml": b"kind: x\n", "b.yaml": b"kind: x\n# my key:\n# " + AGE})
    (finding,) = found
    assert (finding.code, finding.place.path, finding.place.span.line) == ("CB620", "b.yaml", 3)
