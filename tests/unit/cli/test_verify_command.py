"""``casebook verify`` numbers its steps and ends with whether all of them hold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import click
import pytest
from click.testing import Result

from casebook.cli.verify_command import verification_text
from casebook.workflow.verification import Step, VerificationReport

UNSEEN = "verified: every step holds; the pages were not compared (--documents)"

Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def sent(run: Run, studio: Path) -> Path:
    assert run("submit", studio, "-o", "sent.zip").exit_code == 0
    return Path("sent.zip")


def test_a_sound_submission_ends_with_0(run: Run, sent: Path, studio: Path) -> None:
    result = run("verify", sent, "--program", studio / "program")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "1. ok    the file is one sound archive"
    assert lines[-1] == UNSEEN
    assert len(lines) == 2 * 8 + 1


def test_rules_that_nobody_here_knows_leave_a_step_open_and_end_with_1(
    run: Run, sent: Path
) -> None:
    result = run("verify", sent)
    assert result.exit_code == 1
    assert "5. open  the rules are ones you have" in result.stdout.splitlines()
    assert result.stdout.splitlines()[-1] == "not verified: 1 step could not be decided"


def test_a_folder_is_told_which_file_in_it_is_meant(run: Run, studio: Path) -> None:
    result = run("verify", studio)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("name the submission, such as studio/build/submission.zip\n")


def test_json_numbers_the_steps(run: Run, sent: Path) -> None:
    values = json.loads(run("verify", sent, "--format", "json").stdout)
    assert values["ok"] is False
    assert [step["number"] for step in values["steps"]] == list(range(1, 9))
    assert {"id", "title", "ok", "detail"} <= set(values["steps"][0])
    assert [step["id"] for step in values["steps"] if step["ok"] is None] == ["program"]


def test_documents_are_a_step_of_their_own(run: Run, sent: Path, studio: Path) -> None:
    result = run("verify", sent, "--documents", "--program", studio / "program")
    assert result.exit_code == 0
    assert "9. ok    rendering again gives the PDFs enclosed" in result.stdout
    assert result.stdout.splitlines()[-1] == "verified: every step holds"


def test_a_file_that_is_no_submission_ends_with_1(run: Run, studio: Path) -> None:
    result = run("verify", studio / "portfolio.yaml")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("1. FAIL")
    assert lines[1].endswith("; ask the sender for the file exactly as casebook wrote it")
    assert lines[2].startswith("2. open")
    assert lines[-1] == "not verified: 1 step failed"


def verdict(*outcomes: bool | None) -> str:
    steps = (Step(str(n), "title", ok=ok, detail="") for n, ok in enumerate(outcomes))
    text = verification_text(VerificationReport(tuple(steps)))
    return click.unstyle(text).splitlines()[-1]


def test_the_verdict_counts_what_failed_or_else_what_is_left_open() -> None:
    assert verdict(True, True) == UNSEEN
    assert verdict(False, False, None) == "not verified: 2 steps failed"
    assert verdict(True, None) == "not verified: 1 step could not be decided"
