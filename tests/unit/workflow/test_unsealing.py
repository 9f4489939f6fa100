"""A seal comes off for whom it was made, and nothing of theirs is written over."""

import os
import stat
from pathlib import Path

import pytest

from casebook.bundle.secrecy import new_identity, seal, unseal
from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.reader import Reader
from casebook.workflow.received import receive
from casebook.workflow.submit import submit
from casebook.workflow.unsealing import unseal_submission
from tests.unit.workflow.conftest import ON

OFFICE, OTHER = new_identity(), new_identity()
READER = Reader((OFFICE,))


@pytest.fixture
def sealed(studio: Path, fake_pages: list[str]) -> Path:
    path = submit(studio, ON, recipient=OFFICE.recipient).path
    assert path is not None
    return path


def test_the_zip_stands_beside_the_sealed_file(sealed: Path) -> None:
    done = unseal_submission(sealed, READER)
    assert done.path == sealed.with_name("submission.zip")
    assert done.path.read_bytes() == unseal(sealed.read_bytes(), OFFICE)
    assert done.sent.record.sealed_to == str(OFFICE.recipient)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps people apart in another way")
@pytest.mark.may_skip("Windows keeps people apart in another way")
def test_nobody_else_may_read_what_was_unsealed(sealed: Path) -> None:
    """Not even where a zip that all could read had the name before."""
    before = os.umask(0o022)
    try:
        first = unseal_submission(sealed, READER).path
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
        first.chmod(0o644)
        unseal_submission(sealed, READER)
    finally:
        os.umask(before)
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_it_may_be_written_again_and_elsewhere(sealed: Path, tmp_path: Path) -> None:
    """A zip that casebook made may be made anew."""
    first = unseal_submission(sealed, READER).path
    assert unseal_submission(sealed, READER).path == first
    other = unseal_submission(sealed, READER, tmp_path / "new" / "s01.zip").path
    assert other.read_bytes() == first.read_bytes()


def test_a_file_that_casebook_did_not_make_is_kept(sealed: Path) -> None:
    theirs = sealed.with_name("submission.zip")
    theirs.write_bytes(b"theirs")
    with pytest.raises(UsageError, match="did not make it"):
        unseal_submission(sealed, READER)
    assert theirs.read_bytes() == b"theirs"
    unseal_submission(sealed, READER, force=True)
    assert theirs.read_bytes() != b"theirs"


def test_a_file_of_a_portfolio_is_kept_even_by_force(sealed: Path, studio: Path) -> None:
    before = (studio / "portfolio.yaml").read_bytes()
    with pytest.raises(UsageError, match="one of the portfolio's own files"):
        unseal_submission(sealed, READER, studio / "portfolio.yaml", force=True)
    assert (studio / "portfolio.yaml").read_bytes() == before


def test_the_name_of_what_is_unsealed_does_not_say_sealed(sealed: Path) -> None:
    with pytest.raises(UsageError, match="would not be sealed"):
        unseal_submission(sealed, READER, sealed, force=True)
    moved = sealed.rename(sealed.with_name("from-kim"))
    with pytest.raises(UsageError, match=r"does not end in \.age"):
        unseal_submission(moved, READER)


def test_what_was_made_for_somebody_else_is_not_unsealed(sealed: Path) -> None:
    """The commands after this one could not tell any more."""
    plain = unseal(sealed.read_bytes(), OFFICE)
    sealed.write_bytes(seal(plain, OTHER.recipient))
    with pytest.raises(UnacceptableWork, match=f"it was made for {OFFICE.recipient}"):
        unseal_submission(sealed, Reader((OTHER,)))
    assert not sealed.with_name("submission.zip").exists()


def test_what_is_sealed_and_no_submission_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letter.age"
    path.write_bytes(seal(b"Dear office", OFFICE.recipient))
    with pytest.raises(UnacceptableWork, match="holds no submission"):
        unseal_submission(path, READER)
    assert not (tmp_path / "letter").exists()


def test_another_identity_and_a_file_that_is_not_sealed_are_told(sealed: Path) -> None:
    with pytest.raises(UnacceptableWork, match="is not sealed to"):
        unseal_submission(sealed, Reader((OTHER,)))
    sealed.write_bytes(unseal(sealed.read_bytes(), OFFICE))
    with pytest.raises(UsageError, match="is not sealed"):
        unseal_submission(sealed, READER)


def test_whoever_receives_a_sealed_submission_is_told_to_unseal_it(sealed: Path) -> None:
    """Marking, moderating and drawing read it unsealed."""
    with pytest.raises(UsageError, match="is still sealed") as refusal:
        receive(sealed, ON)
    assert f"casebook unseal {sealed} --identity" in str(refusal.value.hint)
