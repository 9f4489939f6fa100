"""Files that are named for keys: odd forms are read, wrong files told by what they are."""

from pathlib import Path

import pytest

from casebook.bundle.signing.keys import KeyRefused
from casebook.errors import UsageError
from casebook.limits import KEY_FILE_BYTES
from casebook.source.mistaken_files import IDENTITY
from casebook.workflow.key_texts import key_fault, key_text


def test_a_byte_order_mark_is_no_part_of_a_key_or_a_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "word"
    path.write_bytes(b"\xef\xbb\xbfa long word\r\n")
    assert key_text(path) == b"a long word\r\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_told(tmp_path: Path, encoding: str) -> None:
    """What `>` writes in an older PowerShell."""
    path = tmp_path / "signers"
    path.write_bytes("\ufeffana ssh-ed25519 AAAA\r\n".encode(encoding))
    with pytest.raises(UsageError, match="signers is in UTF-16"):
        key_text(path)


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"x" * KEY_FILE_BYTES)
    assert len(key_text(path)) == KEY_FILE_BYTES
    path.write_bytes(b"x" * (KEY_FILE_BYTES + 1))
    with pytest.raises(UsageError, match="too large for a file with a key"):
        key_text(path)
    assert len(key_text(path, KEY_FILE_BYTES + 1)) == KEY_FILE_BYTES + 1


def test_a_file_that_is_not_there_is_not_called_too_large(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "nothing", "there is no file"), (tmp_path, "is a folder")):
        with pytest.raises(UsageError, match=why):
            key_text(path)


def test_a_fault_is_told_by_what_the_file_is() -> None:
    """The kind of error and its remedy stay; a kind that the fault tells of better does too."""
    fault = KeyRefused("it holds nothing", hint="name another")
    path = Path("key")
    signature = key_fault(path, b"-----BEGIN SSH SIGNATURE-----", fault, "identity")
    assert (type(signature), str(signature), signature.hint) == (
        KeyRefused, "key is a signature, and no identity", "name another",
    )  # fmt: skip
    for content in (b"AGE-SECRET-KEY-1", b"who knows"):
        told = key_fault(path, content, fault, "recipient", but=(IDENTITY,))
        assert str(told) == "key: it holds nothing"
