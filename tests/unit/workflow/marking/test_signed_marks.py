"""Sealed marks are signed by their grader: as they are sealed, later, and anew after a change."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebook.bundle.signing.signers import AllowedSigners
from casebook.bundle.signing.sshsig import MARKS, sign, verify_signature
from casebook.domain.marking.sealed_marks import chain_faults
from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.marking.check_sheets import SheetSources
from casebook.workflow.marking.history import History, histories, open_sealed
from casebook.workflow.marking.sealed_file import read_sealed
from casebook.workflow.marking.sealing import change_sealed, seal_sheets
from casebook.workflow.signatures import read_signers, signature_path
from tests.portfolios.keys import made_key, signers_file
from tests.unit.workflow.marking.conftest import Fill, New

FIRST, SECOND = "2026-07-02T10:00:00Z", "2026-07-03T10:00:00Z"
ANA, BO = made_key(1), made_key(2)


@pytest.fixture
def sheet(new: New, graders: Path, fill: Fill) -> Path:
    """Ana's finished sheet."""
    (path,) = new().sheets
    fill(path)
    return path


@pytest.fixture
def signed(sheet: Path, sources: SheetSources) -> Path:
    """Ana's marks, sealed and signed."""
    (done,) = seal_sheets([sheet], sources, FIRST, ANA)
    assert done.sealed is not None
    return done.sealed


@pytest.fixture
def signers(tmp_path: Path) -> AllowedSigners:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    return read_signers(signers_file(tmp_path / "allowed", ana=1, bo=2), noon)


def fault_of(path: Path, signers: AllowedSigners | None) -> str:
    (found,) = histories([path], signers=signers).files
    assert isinstance(found, History)
    assert not found.holds
    return found.faults[-1]


def test_marks_whose_signature_does_not_fit_stay_closed(signed: Path) -> None:
    """Nobody asks whose it is; but what was signed is not what is there."""
    assert open_sealed(signed, signed)[0].grader == "ana"
    signed.write_bytes(signed.read_bytes() + b" ")
    with pytest.raises(UnacceptableWork, match="is not signed as it stands"):
        open_sealed(signed, signed)


def test_marks_are_signed_as_they_are_sealed(sheet: Path, sources: SheetSources) -> None:
    (done,) = seal_sheets([sheet], sources, FIRST, ANA)
    assert done.sealed is not None
    assert done.signature == signature_path(done.sealed)
    content = done.sealed.read_bytes()
    assert verify_signature(content, done.signature.read_bytes(), MARKS) == ANA.public


def test_marks_that_nobody_signed_are_signed_when_the_folder_is_sealed_again(
    sheet: Path, sources: SheetSources
) -> None:
    """So a run that ended between the two files is mended by repeating it."""
    (first,) = seal_sheets([sheet], sources, FIRST)
    assert first.signature is None
    (again,) = seal_sheets([sheet.parent], sources, SECOND, ANA)
    assert (again.state, again.seal) == ("unchanged", first.seal)
    assert again.signature is not None
    assert again.signature.exists()


def test_a_change_is_signed_anew(
    signed: Path, sheet: Path, sources: SheetSources, fill: Fill, signers: AllowedSigners
) -> None:
    before = signature_path(signed).read_bytes()
    fill(sheet, 0)
    after = change_sealed(signed, sheet, "Misread.", sources, SECOND, key=ANA)
    assert len(after.entries) == 2
    assert signature_path(signed).read_bytes() != before
    (found,) = histories([signed], signers=signers).files
    assert found.holds


def test_signed_marks_are_not_changed_by_somebody_who_does_not_sign(
    signed: Path, sheet: Path, sources: SheetSources, fill: Fill
) -> None:
    before = signed.read_bytes(), signature_path(signed).read_bytes()
    fill(sheet, 0)
    with pytest.raises(UsageError, match="is signed") as refused:
        change_sealed(signed, sheet, "Misread.", sources, SECOND)
    assert refused.value.hint == "sign the change too: --sign KEY"
    assert (signed.read_bytes(), signature_path(signed).read_bytes()) == before


def test_nothing_is_added_to_marks_whose_signature_does_not_fit(
    signed: Path, sheet: Path, sources: SheetSources, fill: Fill
) -> None:
    signature_path(signed).write_bytes(sign(b"other", ANA, MARKS))
    fill(sheet, 0)
    with pytest.raises(UnacceptableWork, match="does not fit"):
        change_sealed(signed, sheet, "Misread.", sources, SECOND, key=ANA)
    assert len(read_sealed(signed).record.entries) == 1


def test_a_history_tells_who_signed(signed: Path, signers: AllowedSigners) -> None:
    (found,) = histories([signed], signers=signers).files
    assert isinstance(found, History)
    assert found.signature is not None
    assert found.signature.judged is not None
    assert (found.holds, found.signature.judged.who) == (True, ("ana",))


def test_a_forged_chain_that_holds_is_found_by_its_signature(
    signed: Path, signers: AllowedSigners, sheet: Path, sources: SheetSources, fill: Fill
) -> None:
    """Whoever can count digests can seal other marks in Ana's name, but not sign them."""
    signature = signature_path(signed).read_bytes()
    signed.unlink()
    signature_path(signed).unlink()
    fill(sheet, 0)
    seal_sheets([sheet], sources, FIRST)
    assert not chain_faults(read_sealed(signed).record)
    assert "there is no heel.ana.sealed.json.sig" in fault_of(signed, signers)
    signature_path(signed).write_bytes(signature)
    assert "this was changed since" in fault_of(signed, signers)
    assert "this was changed since" in fault_of(signed, None)
    signature_path(signed).write_bytes(sign(signed.read_bytes(), BO, MARKS))
    assert "the key is not that of 'ana', but of bo" in fault_of(signed, signers)
