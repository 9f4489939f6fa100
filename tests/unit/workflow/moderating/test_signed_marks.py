"""Where an office names who may sign, marks are heard that their own graders have signed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebook.bundle.signing.signers import AllowedSigners
from casebook.bundle.signing.sshsig import RESULT
from casebook.errors import UsageError
from casebook.workflow.moderating.handed_in import read_pile
from casebook.workflow.moderating.moderate import OfficeChoices
from casebook.workflow.moderating.moderate_all import moderate_one
from casebook.workflow.signatures import read_signers, signature_beside, signature_path
from casebook.workflow.signed_records import sign_records
from tests.portfolios.keys import made_key, signers_file
from tests.portfolios.office import ON, Office

OFFICE = made_key(9)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def signers(tmp_path: Path) -> AllowedSigners:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    return read_signers(signers_file(tmp_path / "allowed", ana=1, bo=2, lou=9), noon)


@pytest.fixture
def sheets(office: Office) -> list[Path]:
    """Marks of Ana and Bo, signed by each."""
    folder = office.submission()
    paths = [office.mark(folder, "ana", (1, 2)), office.mark(folder, "bo", (1, 3))]
    for number, path in enumerate(paths, start=1):
        sign_records([path], made_key(number))
    return paths


def test_signed_marks_make_a_signed_result(
    office: Office, sheets: list[Path], signers: AllowedSigners
) -> None:
    choices = OfficeChoices(ON, office.submissions / "s01" / "program", key=OFFICE)
    target = office.root / "s01.result.json"
    done = moderate_one(
        office.submissions / "s01", read_pile(sheets, signers=signers), choices, target
    )
    assert done.done
    found = signature_beside(target, target.read_bytes(), RESULT, signers)
    assert (found.holds, found.key) == (True, OFFICE.public)


def test_a_result_that_was_left_unsigned_is_signed_by_repeating_the_command(
    office: Office, sheets: list[Path]
) -> None:
    target, pile = office.root / "s01.result.json", read_pile(sheets)
    choices = OfficeChoices(ON, office.submissions / "s01" / "program")
    moderate_one(office.submissions / "s01", pile, choices, target)
    before = target.read_bytes()
    assert not signature_path(target).exists()
    signing = replace(choices, key=OFFICE)
    again = moderate_one(office.submissions / "s01", pile, signing, target)
    assert again.each[0].written == (target, "issued before")
    assert target.read_bytes() == before
    assert signature_beside(target, before, RESULT).key == OFFICE.public


def test_marks_that_are_not_signed_keep_a_result_from_being_made(
    office: Office, sheets: list[Path], signers: AllowedSigners
) -> None:
    signature_path(sheets[1]).unlink()
    pile = read_pile(sheets, signers=signers)
    (moderated,) = moderate_one(office.submissions / "s01", pile, OfficeChoices(ON)).each
    assert moderated.moderation is not None
    assert not moderated.moderation.complete
    (why,) = moderated.moderation.refused
    assert "is not signed: there is no" in why
    assert "casebook key sign" in why


def test_marks_in_anothers_name_are_not_heard(sheets: list[Path], signers: AllowedSigners) -> None:
    """Bo signs what Ana is said to have marked."""
    signature_path(sheets[0]).unlink()
    sign_records([sheets[0]], made_key(2))
    pile = read_pile(sheets, signers=signers)
    assert [each.sheet.grader.id for each in pile.marks] == ["bo"]
    assert "the key is not that of 'ana', but of bo" in pile.unusable[0].says


def test_a_signature_that_does_not_fit_is_told_though_nobody_asks(sheets: list[Path]) -> None:
    signature_path(sheets[0]).write_bytes(signature_path(sheets[1]).read_bytes())
    pile = read_pile(sheets)
    assert [each.sheet.grader.id for each in pile.marks] == ["bo"]
    assert "this was changed since" in pile.unusable[0].says


def test_marks_that_are_not_sealed_cannot_be_signed(
    sheets: list[Path], signers: AllowedSigners
) -> None:
    with pytest.raises(UsageError, match="not signed either"):
        read_pile(sheets, unsealed=True, signers=signers)
