"""A submission is received as what it is, by its reader's rules, from people they believe."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casebook.errors import UnacceptableWork, UsageError
from casebook.resources import programs_dir, sample_dir
from casebook.workflow.reader import Reader
from casebook.workflow.received import as_handed_in, receive
from casebook.workflow.signatures import read_signers
from casebook.workflow.submit import submit
from tests.portfolios.keys import made_key, signers_file

ON = date(2026, 7, 1)


def test_a_folder_is_received_with_its_digest(studio: Path) -> None:
    """The same files have the same digest, wherever they lie."""
    received = receive(studio, ON)
    moved = studio.rename(studio.parent / "Büro 2")
    assert receive(moved, ON).digest == received.digest
    assert received.candidate == "Kim Larsen"


@pytest.mark.parametrize("name", ["graders.yaml", "a.YML", "s01.result.json"])
def test_a_file_named_by_mistake_is_no_submission(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("kind: graders\n", "utf-8")
    with pytest.raises(UsageError, match="is no submission") as refusal:
        receive(path, ON)
    assert "submission.zip" in str(refusal.value.hint)


def test_works_of_one_id_are_not_graded(studio: Path) -> None:
    """One sheet would count for each of them."""
    case = studio / "cases" / "heel.yaml"
    (studio / "cases" / "again.yaml").write_bytes(case.read_bytes())
    with pytest.raises(UnacceptableWork, match="2 works have the id `heel`"):
        receive(studio, ON)


@pytest.fixture
def own_pass_mark(tmp_path: Path) -> Path:
    """The sample under the shipped program's id and version, passed from 1 % on."""
    folder = tmp_path / "easier"
    shutil.copytree(sample_dir("nkt-level-1"), folder)
    shutil.copytree(programs_dir() / "nkt", folder / "program")
    edit(folder / "portfolio.yaml", "program: nkt", "program: program/program.yaml")
    edit(folder / "program/rubrics/case-study.yaml", "pass_percent: 70", "pass_percent: 1")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_rules_of_ones_own_under_a_shipped_id_are_refused(own_pass_mark: Path) -> None:
    """Unless whoever grades names those very rules."""
    with pytest.raises(UnacceptableWork, match="other rules than the rules that ship") as refusal:
        receive(own_pass_mark, ON)
    assert "name them: --program FILE" in str(refusal.value.hint)
    named = receive(own_pass_mark, ON, own_pass_mark / "program")
    assert named.rules_believed is None


def test_rules_that_are_enclosed_in_a_submission_are_held_against_those_named(
    sent: Path, studio: Path, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(studio / "program", tmp_path / "own"))
    assert receive(sent, ON, own).own is not None
    assert receive(studio, ON, own).own is not None
    edit(own / "rubrics/case.yaml", "pass_percent: 50", "pass_percent: 55")
    for path in (sent, studio):
        with pytest.raises(UnacceptableWork, match="other rules than the rules you named"):
            receive(path, ON, own)
    assert as_handed_in(sent, ON).digest == receive(sent, ON).digest


def test_rules_that_nobody_has_are_believed_and_told(sent: Path, studio: Path) -> None:
    for path in (sent, studio):
        received = receive(path, ON)
        assert "the rules of Studio School 1 (" in str(received.rules_believed)
        assert received.believed[0] == received.rules_believed
        assert "who signed it" in received.believed[1]


@pytest.fixture
def trusting(tmp_path: Path) -> Reader:
    """Somebody who believes Kim, whose key is number 1."""
    lines = signers_file(tmp_path / "signers", kim=1)
    return Reader(signers=read_signers(lines, datetime(2026, 7, 2, tzinfo=UTC)))


@pytest.mark.parametrize("number, why", [(None, "nobody signed it"), (2, "is not among")])
def test_where_signers_are_named_one_of_them_has_to_sign(
    studio: Path, fake_pages: list[str], trusting: Reader, number: int | None, why: str
) -> None:
    """Neither nobody's signature counts nor a stranger's; nor is a folder signed."""
    key = made_key(number) if number else None
    path = submit(studio, ON, signing_key=key).path
    assert path is not None
    receive(path, ON)
    with pytest.raises(UnacceptableWork, match=why) as refusal:
        receive(path, ON, reader=trusting)
    assert "--signers FILE" in str(refusal.value.hint)
    with pytest.raises(UnacceptableWork, match="is a folder, which nobody has signed"):
        receive(studio, ON, reader=trusting)


def test_what_a_known_person_signed_is_received(
    studio: Path, fake_pages: list[str], trusting: Reader
) -> None:
    path = submit(studio, ON, signing_key=made_key(1)).path
    assert path is not None
    received = receive(path, ON, studio / "program", trusting)
    assert (received.sender_known, received.believed) == (True, ())
