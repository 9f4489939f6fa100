"""A submission becomes a folder again, unless it is not what was sent."""

import os
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from casebook.errors import UnacceptableWork, UsageError
from casebook.source.folder import DiskFolder
from casebook.workflow import open as opening
from casebook.workflow.examination import examine_portfolio
from casebook.workflow.open import open_submission
from casebook.workflow.verification import TITLES, Steps, VerificationReport

Files: TypeAlias = dict[str, bytes]
Values: TypeAlias = dict[str, Any]
Change: TypeAlias = Callable[[Files, Values], object]
Forge: TypeAlias = Callable[[Change], Path]


def test_what_was_sent_comes_out_byte_by_byte(
    sent: Path, studio: Path, tmp_path: Path, on: date
) -> None:
    opened = open_submission(sent, tmp_path / "opened", studio / "program")
    assert opened.verification.ok
    assert opened.written == tuple(
        sorted(name for name in DiskFolder(studio).names() if not name.startswith("build/"))
    )
    for name in opened.written:
        assert (tmp_path / "opened" / name).read_bytes() == (studio / name).read_bytes()
    assert examine_portfolio(DiskFolder(tmp_path / "opened"), on).report.findings == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps people apart in another way")
@pytest.mark.may_skip("Windows keeps people apart in another way")
def test_who_may_read_what_came_plain_is_the_systems_to_say(
    sent: Path, studio: Path, tmp_path: Path
) -> None:
    """The user's umask decides, as for most that casebook writes."""
    before = os.umask(0o027)
    try:
        place = open_submission(sent, tmp_path / "opened", studio / "program").place
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (place, place / "portfolio.yaml")]
    assert modes == [0o750, 0o640]


def test_where_the_files_are_behind_a_link_is_told(
    sent: Path, studio: Path, tmp_path: Path
) -> None:
    (tmp_path / "behind").mkdir()
    (tmp_path / "link").symlink_to("behind")
    opened = open_submission(sent, tmp_path / "link", studio / "program")
    assert opened.place == tmp_path.resolve() / "behind"
    assert (opened.place / "portfolio.yaml").is_file()


def test_work_with_findings_is_opened_for_the_grader_to_see(
    forge: Forge, studio: Path, tmp_path: Path
) -> None:
    """It was not acceptable on its day, and its results do not follow: both are said."""
    path = forge(lambda _, values: values.update(made_on="2026-03-05"))
    opened = open_submission(path, tmp_path / "opened", studio / "program")
    assert not opened.verification.ok
    assert (tmp_path / "opened" / "portfolio.yaml").is_file()


def test_rules_that_the_grader_does_not_have_keep_nothing_shut(sent: Path, tmp_path: Path) -> None:
    assert not open_submission(sent, tmp_path / "opened").verification.ok
    assert (tmp_path / "opened" / "program" / "program.yaml").is_file()


def spoil(payload: Files, values: Values) -> None:
    payload["portfolio/observation.yaml"] = b"["


def smuggle(payload: Files, values: Values) -> None:
    payload["portfolio/tool.yaml"] = b"MZ"


def rename(payload: Files, values: Values) -> None:
    values["candidate"] = "Somebody Else"


@pytest.mark.parametrize("change", [spoil, smuggle, rename])
def test_files_that_cannot_be_read_or_are_not_the_candidates_stay_shut(
    forge: Forge, studio: Path, tmp_path: Path, change: Change
) -> None:
    with pytest.raises(UnacceptableWork, match="is not opened"):
        open_submission(forge(change), tmp_path / "opened", studio / "program")
    assert not (tmp_path / "opened").exists()


def test_a_damaged_file_stays_shut(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK nothing")
    with pytest.raises(UnacceptableWork, match=r"x\.zip is not opened") as refusal:
        open_submission(tmp_path / "x.zip", tmp_path / "opened")
    assert "casebook verify" in str(refusal.value.hint)


def test_a_folder_that_is_there_already_is_kept(sent: Path, studio: Path) -> None:
    with pytest.raises(UsageError, match="is not empty"):
        open_submission(sent, studio)


@pytest.mark.parametrize("step_id", sorted(set(TITLES) - opening.ABOUT_THE_WORK))
def test_every_step_about_the_files_must_hold(
    step_id: str, sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_fails(*_: object, **__: object) -> VerificationReport:
        steps = Steps(TITLES)
        for each in TITLES:
            steps.note(each, ["it does not"] if each == step_id else [], "it does")
        return VerificationReport(steps.all())

    monkeypatch.setattr(opening, "verify", one_fails)
    with pytest.raises(UnacceptableWork, match="it does not"):
        open_submission(sent, tmp_path / "opened")
