"""The test vectors that docs/submission-format.md gives, held to the code and to ssh-keygen."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casebook.bundle.archive import parse_archive, write_archive
from casebook.bundle.signing import sshsig
from casebook.bundle.signing.keys import SigningKey
from casebook.domain.canonical import canonical_json
from casebook.files import safe_name
from casebook.workflow.payload import submission_digest
from conformance.case import STEPS
from conformance.second_verifier.names import folder_name
from conformance.second_verifier.signature import fingerprint_of
from conformance.submissions import canonical

MESSAGE = b"hello\n"


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "submission-format.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def key() -> SigningKey:
    """The key whose seed is the bytes 0 to 31."""
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def vector(page: str, name: str) -> str:
    """What stands in the one block with this name."""
    (found,) = re.findall(rf"^```\w+ {name}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(found)


def hexadecimal(page: str, name: str) -> bytes:
    return bytes.fromhex(vector(page, name).replace("\n", ""))


def test_the_container(page: str) -> None:
    content = hexadecimal(page, "container")
    assert write_archive({"b.txt": b"hi\n"}, "a", date(2026, 7, 1)) == content
    assert parse_archive(content) == ("a", {"b.txt": b"hi\n"}, date(2026, 7, 1))


def test_the_key_and_its_fingerprint(page: str, key: SigningKey) -> None:
    assert key.public.blob == hexadecimal(page, "key")
    assert key.public.fingerprint == vector(page, "fingerprint").strip()


def test_the_escapes_of_json(page: str) -> None:
    """Of what has two spellings in JSON, one is written, in the record and in compact JSON."""
    text = '"\\\0\b\t\n\f\r\x1f/\x7f\u2028\U0001f977'
    written = hexadecimal(page, "escapes")
    assert canonical_json(text) == written
    assert canonical_json({"files": [text]}) == b'{"files":[' + written + b"]}"
    assert canonical({"files": text}) == b'{\n  "files": ' + written + b"\n}\n"


def test_what_is_signed_and_the_signature(page: str, key: SigningKey) -> None:
    """The signature's file is casebook's, byte by byte, and over the bytes that the page gives."""
    signature = sshsig.sign(MESSAGE, key, sshsig.SUBMISSION)
    assert signature == vector(page, "signature").encode()
    assert fingerprint_of(signature) == key.public.fingerprint
    raw = key.private.sign(hexadecimal(page, "signed"))
    assert sshsig.read_signature(signature).raw == raw


def test_ssh_keygen_takes_the_signature(page: str, key: SigningKey, tmp_path: Path) -> None:
    signers, signature = tmp_path / "signers", tmp_path / "signature"
    signers.write_text(f"somebody {key.public.line}\n", encoding="utf-8")
    signature.write_text(vector(page, "signature"), encoding="utf-8")
    asked = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "somebody"]
    asked += ["-n", sshsig.SUBMISSION, "-s", str(signature)]
    for message, code in ((MESSAGE, 0), (b"hello", 255)):
        done = subprocess.run(asked, input=message, capture_output=True, check=False)
        assert done.returncode == code


def test_the_digest_of_a_submission(page: str) -> None:
    """Of sources and attachments alone, in order of their names."""
    digest = submission_digest(
        {
            "portfolio/ä.pdf": ("attachment", b"b\n"),
            "portfolio/a.yaml": ("source", b"a\n"),
            "program/program.yaml": ("program", b"c\n"),
        }
    )
    assert digest == hexadecimal(page, "submission-digest").hex()


def test_the_folders(page: str) -> None:
    """The second verifier and casebook name the folders as the page does."""
    lines = vector(page, "folders").splitlines()
    assert len(lines) >= 3
    for line in lines:
        program, level, rest = line.split(" ", 2)
        candidate, folder = rest.split(" -> ")
        meant = f"{program}-level-{level}-{candidate}"
        assert (safe_name(meant), folder_name(meant)) == (folder, folder)


def test_the_steps(page: str) -> None:
    """The table of steps names each of them, in their order."""
    table = page.partition("## 9. The steps")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \| ", table, re.MULTILINE) == list(STEPS)
