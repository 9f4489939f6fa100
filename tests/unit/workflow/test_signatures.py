"""Whether a file is signed, and whether that counts, is the word of its signature and a policy."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebook.bundle.signing.signers import AllowedSigners
from casebook.bundle.signing.sshsig import MARKS
from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.signatures import (
    read_signers,
    refuse_unsigned,
    signature_beside,
    signature_fault,
    signature_path,
)
from casebook.workflow.signing import (
    sign_beside,
)
from tests.portfolios.keys import made_key, signers_file

ANA, BO = made_key(1), made_key(2)
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.sealed.json"
    path.write_bytes(b"marks")
    return path


@pytest.fixture
def signers(tmp_path: Path) -> AllowedSigners:
    return read_signers(signers_file(tmp_path / "allowed", ana=1), NOON)


def test_whose_signature_counts_is_the_policys_to_say(file: Path, signers: AllowedSigners) -> None:
    sign_beside(file, b"marks", ANA, MARKS)
    found = signature_beside(file, b"marks", MARKS, signers)
    assert found.judged is not None
    assert (found.holds, found.key, found.judged.who) == (True, ANA.public, ("ana",))
    refused = signature_beside(file, b"marks", MARKS, signers.demanding("bo"))
    assert not refused.holds
    assert refused.fault == (
        "is signed, and that does not count: the key is not that of 'bo', but of ana"
    )


def test_a_changed_file_is_told(file: Path) -> None:
    sign_beside(file, b"marks", ANA, MARKS)
    found = signature_beside(file, b"Marks", MARKS)
    assert (found.holds, found.key) == (False, None)
    assert "this was changed since" in str(found.fault)


def test_where_nobody_asks_a_file_need_not_be_signed(file: Path, signers: AllowedSigners) -> None:
    assert signature_fault(file, b"marks", MARKS, None) is None
    assert "is not signed: there is no x.sealed.json.sig" in str(
        signature_fault(file, b"marks", MARKS, signers)
    )
    with pytest.raises(UnacceptableWork, match="is not signed") as refused:
        refuse_unsigned(file, b"marks", MARKS, signers)
    assert "casebook key sign" in str(refused.value.hint)


def test_a_signature_that_is_there_has_to_fit_though_nobody_asks(file: Path) -> None:
    sign_beside(file, b"other marks", ANA, MARKS)
    assert "does not fit" in str(signature_fault(file, b"marks", MARKS, None))
    signature_path(file).write_bytes(b"x" * 5000)
    assert "larger than" in str(signature_fault(file, b"marks", MARKS, None))


def test_each_fault_has_a_remedy_that_works(file: Path, signers: AllowedSigners) -> None:
    """A file signed already is not told to be signed again before its signature is taken away."""
    unsigned = signature_fault(file, b"marks", MARKS, signers)
    assert unsigned is not None
    assert unsigned.remedy.endswith("or have it signed: `casebook key sign`")
    sign_beside(file, b"marks", made_key(5), MARKS)
    unknown = signature_fault(file, b"marks", MARKS, signers)
    assert unknown is not None
    assert unknown.remedy == (
        "if you know whose key it is, put its line into the signers file; a wrong signature: "
        "delete the `.sig`, then `casebook key sign`"
    )
    changed = signature_fault(file, b"Marks", MARKS, signers)
    assert changed is not None
    assert "delete the `.sig`" in changed.remedy
    signature_path(file).unlink()
    sign_beside(file, b"marks", ANA, MARKS)
    assert signature_fault(file, b"marks", MARKS, signers) is None


def test_a_file_of_signers_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "allowed"
    path.write_text("ana ssh-ed25519\n")
    with pytest.raises(UsageError, match=r"allowed: line 1: it has no key") as refused:
        read_signers(path, NOON)
    assert "docs/signing.md" in str(refused.value.hint)
    with pytest.raises(UsageError, match="there is no file"):
        read_signers(tmp_path / "nothing", NOON)
