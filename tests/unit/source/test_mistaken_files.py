"""Files that are named by mistake are told by what they are, and where they belong."""

import pytest

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.limits import FILE_BYTES
from casebook.source.encoding import decode, plain_text
from casebook.source.mistaken_files import mistaken_file

BOM = b"\xef\xbb\xbf"

KINDS = [
    (b"%PDF-1.7 ...", "a PDF", "casebook open"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "attachments/"),
    (b"\xff\xd8\xff\xe0", "a JPEG picture", "attachments/"),
    (b"PK\x03\x04", "a ZIP archive or a word processor's document", "casebook open"),
    (b"age-encryption.org/v1\n-> X25519 ...", "a sealed submission", "casebook unseal"),
    (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "a sealed file", "casebook unseal"),
    (b"-----BEGIN SSH SIGNATURE-----\n", "a signature", "without .sig"),
    (b"-----BEGIN OPENSSH PRIVATE KEY-----\n", "a private key that signs", "--sign"),
    (b"-----BEGIN RSA PRIVATE KEY-----\n", "a private key that signs", "to yourself"),
    (b"-----BEGIN PRIVATE KEY-----\n", "a private key that signs", "to yourself"),
    (b"PuTTY-User-Key-File-3: ssh-ed25519\r\n", "a private key that signs", "to yourself"),
    (b"AGE-SECRET-KEY-1QQ", "a key that opens what is sealed", "--identity"),
    (
        b"# created: today\r\n# public key: age1q\r\nAGE-SECRET-KEY-1QQ",
        "a key that opens what is sealed",
        "--identity",
    ),
    (b"ssh-ed25519 AAAAC3NzaC1 kim\n", "a public key", "--signers"),
    (b"sk-ssh-ed25519@openssh.com AAAAGnNr\n", "a public key", "--signers"),
    (b"age1qkdm46\n", "a recipient", "--seal"),
]


@pytest.mark.parametrize(
    "content, called, remedy", KINDS, ids=[repr(each[0][:18]) for each in KINDS]
)
@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "marked"])
def test_each_kind_is_called_by_its_name(
    content: bytes, called: str, remedy: str, mark: bytes
) -> None:
    """An editor's byte order mark before it changes nothing."""
    found = mistaken_file(mark + content)
    assert found is not None
    assert found.called == called
    assert remedy in found.remedy


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kind: portfolio\n",
        b"# A comment\nkind: portfolio\n",
        b"# AGE-SECRET-KEY- is how such a file goes on\nkind: portfolio\n",
        b"ssh-ed25519 is the kind of key we use.\n",
        b"age1 of three, age2 of four\n",
        b'{\n  "kind": "result"',
        b"ana ssh-ed25519 AAAAC3NzaC1\n",
    ],
)
def test_a_text_of_somebodys_own_is_not_mistaken(content: bytes) -> None:
    assert mistaken_file(content) is None


def test_a_key_is_told_without_a_word_of_it() -> None:
    """What is printed on a screen or kept in a log is no longer secret."""
    secret = b"AGE-SECRET-KEY-1QQQSECRETQQQ"
    found = decode("key.txt", secret)
    assert isinstance(found, Finding)
    assert found.code == codes.NOT_A_MAPPING.id
    assert "QQQ" not in f"{found.message} {found.hint}"


def test_a_sealed_submission_is_told_before_its_size() -> None:
    """Most are larger than a file of text may be, and `make it smaller` would help nobody."""
    found = decode("s.zip.age", b"age-encryption.org/v1\n" + b"\x00" * FILE_BYTES)
    assert isinstance(found, Finding)
    assert found.code == codes.NOT_UTF8.id
    assert found.message == "this is a sealed submission, not a text file"


def test_a_key_is_text_all_the_same() -> None:
    """Whoever looks for names in all files looks into it too, and not into a PDF."""
    assert plain_text(b"ssh-ed25519 AAAA Kim Larsen") == "ssh-ed25519 AAAA Kim Larsen"
    assert plain_text(b"%PDF-1.7 Kim Larsen") is None
