"""Where somebody names who may sign, results and appeals are relied on that one of them signed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casebook.bundle.signing.signers import AllowedSigners
from casebook.bundle.signing.sshsig import APPEAL, RESULT
from casebook.errors import UnacceptableWork
from casebook.workflow.advance import Aim, advance_candidates
from casebook.workflow.appeals.deciding import Ruling, decide_appeal
from casebook.workflow.appeals.history import appeal_history, shown_appeals
from casebook.workflow.appeals.opening import Grounds, open_appeal
from casebook.workflow.reporting.graders import sum_up_graders
from casebook.workflow.reporting.office import sum_up_results
from casebook.workflow.results.files import around, read_appeal, read_result, read_result_files
from casebook.workflow.signatures import read_signers, signature_beside, signature_path
from casebook.workflow.signed_records import sign_records
from casebook.workflow.signing import Signing
from tests.portfolios.issued_lines import result, written
from tests.portfolios.keys import made_key, signers_file

OLD = result(mark=0, on=date(2026, 7, 1), appeal_until=date(2026, 8, 1))
LOU, EVE = made_key(9), made_key(66)
DAY = date(2026, 7, 10)


@pytest.fixture
def signers(tmp_path: Path) -> AllowedSigners:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    return read_signers(signers_file(tmp_path / "allowed", lou=9), noon)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A result that Lou signed."""
    path = written(tmp_path / "results", s01=OLD)["s01"]
    sign_records([path], LOU)
    return path


def codes(found: object) -> list[str]:
    return [each.code for each in found.report.findings]  # type: ignore[attr-defined]


def test_a_signed_result_is_read(old: Path, signers: AllowedSigners) -> None:
    assert read_result(old, signers).digest == OLD.digest
    files = read_result_files([old.parent], signers)
    assert ([each.digest for each in files.results], codes(files.checked)) == ([OLD.digest], [])


@pytest.mark.parametrize("how", ["unsigned", "by another", "of another"])
def test_another_result_is_not_relied_on(old: Path, signers: AllowedSigners, how: str) -> None:
    place = signature_path(old)
    good = place.read_bytes()
    place.unlink()
    if how == "by another":
        sign_records([old], EVE)
    elif how == "of another":
        old.unlink()
        written(old.parent, s01=result(mark=2, on=date(2026, 7, 2)))
        place.write_bytes(good)
    files = read_result_files([old], signers)
    assert (files.results, codes(files.checked)) == ((), ["CB820"])
    with pytest.raises(UnacceptableWork, match="signed"):
        read_result(old, signers)
    advanced = advance_candidates([old], Aim(DAY), None, signers)
    assert (advanced.candidates, advanced.goes_on) == ((), False)


def test_a_signature_that_does_not_fit_is_told_though_nobody_asks(old: Path) -> None:
    signature_path(old).write_bytes(signature_path(old).read_bytes().replace(b"A", b"B", 1))
    files = read_result_files([old])
    assert (files.results, codes(files.checked)) == ((), ["CB820"])


def test_a_later_result_that_is_not_signed_is_told(old: Path, signers: AllowedSigners) -> None:
    """It does not count, but it may be that its signature was taken away."""
    written(old.parent, later=result(mark=2, on=date(2026, 7, 2)))
    near = around(old, signers)
    assert ([each.digest for each in near.results], codes(near.checked)) == (
        [OLD.digest], ["CB820"],
    )  # fmt: skip
    assert not appeal_history([old], (), signers).holds
    assert not around(old).checked.report.findings


@pytest.fixture
def later(old: Path, signers: AllowedSigners) -> Path:
    """What came of an appeal against it, in the same folder: signed, until somebody was there."""
    signing = Signing(LOU, signers)
    opened = open_appeal(old, Grounds("The retest."), DAY, signing=signing)
    ruling = Ruling("dismissed", "It was weighed.", "Lou Lee", DAY, signing=signing)
    path = Path(decide_appeal(Path(opened.appeal.path), old, ruling).result.path)
    signature_path(path).unlink()
    return path


def test_no_result_counts_while_a_later_one_has_lost_its_signature(
    old: Path, later: Path, signers: AllowedSigners
) -> None:
    """Else whoever can delete a small file chooses which result of a candidate counts."""
    for named in (old.parent, old):
        history = appeal_history([named], (), signers)
        (doubt,) = history.problems
        assert doubt.startswith(f"{later} is about the same submission as {old}")
    advanced = advance_candidates([old], Aim(DAY), None, signers)
    assert (advanced.candidates, advanced.left_out) == ((), (doubt,))
    summary = sum_up_results([old.parent], None, signers)
    assert (summary.overview.in_doubt, summary.overview.replaced) == (1, 0)
    assert sum(summary.overview.submissions.values()) == 0
    counts = [each.name for each in summary.submissions.columns].index("counts")
    assert [row[counts] for row in summary.submissions.rows] == ["in doubt"]
    graders = sum_up_graders([old.parent], None, None, signers)
    assert (graders.graders, [each.why for each in graders.left_out]) == ((), [doubt])


def test_a_later_result_with_a_wrong_signature_still_bars_an_appeal(old: Path, later: Path) -> None:
    """It counts for nothing, and nothing is built on what it says it followed."""
    signature_path(later).write_bytes(signature_path(old).read_bytes())
    assert [each.path for each in around(old).unsigned_results] == [str(later)]
    with pytest.raises(UnacceptableWork, match="is followed by"):
        open_appeal(old, Grounds("The retest."), DAY)


def test_an_appeal_and_what_comes_of_it_are_signed(old: Path, signers: AllowedSigners) -> None:
    signing = Signing(LOU, signers)
    opened = open_appeal(old, Grounds("The retest."), DAY, signing=signing)
    ruling = Ruling("dismissed", "It was weighed.", "Lou Lee", DAY, signing=signing)
    done = decide_appeal(Path(opened.appeal.path), old, ruling)
    for record, space in (
        (opened.appeal.path, APPEAL), (done.appeal.path, APPEAL), (done.result.path, RESULT),
    ):  # fmt: skip
        content = Path(record).read_bytes()
        assert signature_beside(Path(record), content, space, signers).holds
    assert appeal_history([old.parent], (), signers).holds
    assert len(shown_appeals([old.parent], signers).appeals) == 1


def test_a_decision_that_was_left_unsigned_is_signed_when_it_is_repeated(
    old: Path, signers: AllowedSigners
) -> None:
    """The first run ended after the decision, before its signature and the result."""
    opened = Path(open_appeal(old, Grounds("The retest."), DAY, signing=Signing(LOU)).appeal.path)
    ruling = Ruling("dismissed", "It was weighed.", "Lou Lee", DAY)
    done = decide_appeal(opened, old, ruling)
    Path(done.result.path).unlink()
    decide_appeal(opened, old, replace(ruling, signing=Signing(LOU, signers)))
    assert appeal_history([old.parent], (), signers).holds


def test_nothing_is_built_on_what_is_not_signed(old: Path, signers: AllowedSigners) -> None:
    signing = Signing(LOU, signers)
    opened = Path(open_appeal(old, Grounds("The retest."), DAY).appeal.path)
    ruling = Ruling("dismissed", "It was weighed.", "Lou Lee", DAY, signing=signing)
    with pytest.raises(UnacceptableWork, match=r"appeal\.json is not signed"):
        decide_appeal(opened, old, ruling)
    with pytest.raises(UnacceptableWork, match=r"appeal\.json is not signed"):
        read_appeal(opened, signers)
    opened.unlink()
    signature_path(old).unlink()
    with pytest.raises(UnacceptableWork, match=r"result\.json is not signed"):
        open_appeal(old, Grounds("The retest."), DAY, signing=signing)
    assert [each.name for each in old.parent.iterdir()] == [old.name]
