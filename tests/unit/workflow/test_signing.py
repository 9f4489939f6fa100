"""A signature stands beside its file: made after it, renewed with it, and never left to lie."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebook.bundle.signing.sshsig import MARKS, RESULT, sign, verify_signature
from casebook.errors import MachineError, UsageError
from casebook.workflow import signing
from casebook.workflow.signatures import (
    signature_beside,
    signature_path,
)
from casebook.workflow.signing import (
    ToSign,
    sign_beside,
    take_signature_away,
    write_anew,
    write_signed,
)
from tests.portfolios.keys import made_key

ANA, BO = made_key(1), made_key(2)
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.sealed.json"
    path.write_bytes(b"marks")
    return path


def test_a_signature_stands_beside_its_file(file: Path) -> None:
    place = sign_beside(file, b"marks", ANA, MARKS)
    assert place == file.with_name("x.sealed.json.sig")
    assert verify_signature(b"marks", place.read_bytes(), MARKS) == ANA.public


def test_signing_twice_changes_nothing(file: Path) -> None:
    place = sign_beside(file, b"marks", ANA, MARKS)
    before = place.stat().st_mtime_ns, place.stat().st_ino
    assert sign_beside(file, b"marks", ANA, MARKS) == place
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == before


def test_a_signature_that_no_longer_fits_is_renewed(file: Path) -> None:
    sign_beside(file, b"before", BO, MARKS)
    place = sign_beside(file, b"marks", ANA, MARKS)
    assert verify_signature(b"marks", place.read_bytes(), MARKS) == ANA.public


def test_anothers_good_signature_is_left(file: Path) -> None:
    place = sign_beside(file, b"marks", BO, MARKS)
    with pytest.raises(UsageError, match="signed already, by the key SHA256:") as refused:
        sign_beside(file, b"marks", ANA, MARKS)
    assert str(place) in str(refused.value.hint)
    assert verify_signature(b"marks", place.read_bytes(), MARKS) == BO.public


def test_what_is_no_signature_is_never_replaced_or_removed(file: Path) -> None:
    place = signature_path(file)
    place.write_text("my notes")
    for attempt in (
        lambda: sign_beside(file, b"marks", ANA, MARKS),
        lambda: take_signature_away(file),
        lambda: write_anew(file, ToSign(b"new", MARKS), ANA),
    ):
        with pytest.raises(UsageError, match="in the way"):
            attempt()
    assert place.read_text() == "my notes"
    assert file.read_bytes() == b"marks"


def test_new_files_are_written_with_their_signatures(tmp_path: Path) -> None:
    things = {tmp_path / "a": ToSign(b"1", MARKS), tmp_path / "b": ToSign(b"2", RESULT)}
    write_signed(things, ANA)
    for path, thing in things.items():
        assert path.read_bytes() == thing.content
        assert signature_beside(path, thing.content, thing.namespace).key == ANA.public
    with pytest.raises(UsageError, match="already there"):
        write_signed(things, ANA)


def test_a_signature_that_was_left_behind_is_not_taken_for_a_new_files(tmp_path: Path) -> None:
    left, other = tmp_path / "a", tmp_path / "b"
    for path in (left, other):
        signature_path(path).write_bytes(sign(b"old", BO, MARKS))
    with pytest.raises(UsageError, match=r"a\.sig is there already"):
        write_signed({left: ToSign(b"1", MARKS)}, None)
    assert not left.exists()
    write_signed({other: ToSign(b"2", MARKS)}, ANA)
    assert signature_beside(other, b"2", MARKS).key == ANA.public


def test_a_file_is_replaced_together_with_its_signature(file: Path) -> None:
    sign_beside(file, b"marks", ANA, MARKS)
    write_anew(file, ToSign(b"more marks", MARKS), ANA)
    assert file.read_bytes() == b"more marks"
    assert signature_beside(file, b"more marks", MARKS).key == ANA.public


def test_a_write_that_fails_leaves_the_old_file_signed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_beside(file, b"marks", ANA, MARKS)

    def refuse(*_: object, **__: object) -> None:
        raise MachineError("the disk is full")

    monkeypatch.setattr(signing, "write_files", refuse)
    with pytest.raises(MachineError):
        write_anew(file, ToSign(b"more marks", MARKS), ANA)
    assert file.read_bytes() == b"marks"
    assert signature_beside(file, b"marks", MARKS).holds


def test_a_signature_that_cannot_be_written_is_not_replaced_by_the_old_one(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_beside(file, b"marks", ANA, MARKS)

    def refuse(contents: dict[Path, bytes], **_: object) -> None:
        first = next(iter(contents))
        first.write_bytes(contents[first])
        raise MachineError("the disk is full")

    monkeypatch.setattr(signing, "write_files", refuse)
    with pytest.raises(MachineError):
        write_anew(file, ToSign(b"more marks", MARKS), ANA)
    assert file.read_bytes() == b"more marks"
    assert not signature_path(file).exists()


def test_a_run_that_ends_in_between_leaves_a_file_that_is_not_signed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never the new file with the old signature, nor the other way round."""
    sign_beside(file, b"marks", ANA, MARKS)

    def ended(contents: dict[Path, bytes], **_: object) -> None:
        first = next(iter(contents))
        first.write_bytes(contents[first])
        raise KeyboardInterrupt

    monkeypatch.setattr(signing, "write_files", ended)
    with pytest.raises(KeyboardInterrupt):
        write_anew(file, ToSign(b"more marks", MARKS), ANA)
    assert file.read_bytes() == b"more marks"
    assert not signature_path(file).exists()
    sign_beside(file, b"more marks", ANA, MARKS)
    assert signature_beside(file, b"more marks", MARKS).holds
