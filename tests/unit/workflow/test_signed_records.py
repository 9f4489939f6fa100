"""Sealed marks, results and appeals are signed as what they are, and only as long as they hold."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casebook.bundle.signing.signers import AllowedSigners
from casebook.bundle.signing.sshsig import APPEAL, MARKS, RESULT
from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.signatures import read_signers
from casebook.workflow.signed_records import check_signatures, sign_records
from tests.portfolios.issued_lines import appeal, result, written
from tests.portfolios.keys import made_key, signers_file
from tests.portfolios.office import Office

OLD = result(appeal_until=date(2026, 8, 1))
ANA, BO = made_key(1), made_key(2)
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def records(tmp_path: Path) -> dict[str, Path]:
    """Ana's sealed marks, a result, and an appeal."""
    office = Office(tmp_path)
    marks = office.mark(office.submission(), "ana", (1, 2))
    return {"marks": marks, **written(tmp_path, old=OLD, new=appeal(OLD, date(2026, 7, 10)))}


@pytest.fixture
def signers(tmp_path: Path) -> AllowedSigners:
    return read_signers(signers_file(tmp_path / "allowed", ana=1, bo=2), NOON)


def test_each_is_signed_as_what_it_is(records: dict[str, Path], signers: AllowedSigners) -> None:
    places = sign_records(list(records.values()), ANA)
    assert {each.name for each in places} == {f"{each.name}.sig" for each in records.values()}
    checked = check_signatures(list(records.values()), signers)
    assert all(each.holds for each in checked)
    spaces = {each.path: each.record.namespace for each in checked if each.record}
    assert [spaces[each] for each in records.values()] == [MARKS, RESULT, APPEAL]


def test_marks_count_by_their_graders_signature_alone(
    records: dict[str, Path], signers: AllowedSigners
) -> None:
    """Bo may sign, but not for Ana; a result anybody of the list may sign."""
    sign_records(list(records.values()), BO)
    holds = {each.path: each.holds for each in check_signatures(list(records.values()), signers)}
    assert [holds[each] for each in records.values()] == [False, True, True]
    assert all(each.holds for each in check_signatures(list(records.values()), None))


def test_a_folder_is_searched(records: dict[str, Path], tmp_path: Path) -> None:
    assert len(sign_records([tmp_path], ANA)) == len(records)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="nothing signed in this way"):
        check_signatures([tmp_path / "empty"], None)


@pytest.mark.parametrize("which", ["marks", "old", "new"])
def test_what_was_changed_is_not_signed_and_does_not_hold(
    records: dict[str, Path], which: str
) -> None:
    """Nothing else is signed beside it either."""
    path = records[which]
    values = json.loads(path.read_text())
    if which == "marks":
        values["work"] = "other"
    else:
        values["candidate"] = "Somebody Else"
    path.write_text(json.dumps(values, indent=2))
    with pytest.raises(UnacceptableWork, match="is not as it was written"):
        sign_records(list(records.values()), ANA)
    assert not list(path.parent.rglob("*.sig"))
    (checked,) = check_signatures([path], None)
    assert "is not as it was written" in str(checked.signature.fault)


def test_what_cannot_be_read_is_told_among_others(records: dict[str, Path]) -> None:
    sign_records(list(records.values()), ANA)
    records["old"].write_text("{")
    checked = {each.path: each for each in check_signatures(list(records.values()), None)}
    assert not checked[records["old"]].holds
    assert "cannot be read" in str(checked[records["old"]].signature.fault)
    assert checked[records["marks"]].holds


@pytest.mark.parametrize("content", ["kind: mark-sheet\nformat: 1\n", "hello", "PK\x03\x04"])
def test_other_files_are_not_signed_by_themselves(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(content)
    with pytest.raises(UsageError, match="no sealed marks, result or appeal") as refused:
        sign_records([path], ANA)
    assert "casebook submit --sign" in str(refused.value.hint)
