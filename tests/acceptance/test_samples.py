"""The sound samples are acceptable, and the whole main job runs on them.

The main job: a copy of a sample, check, score, render, submit, verify, open.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import casebook
from casebook.resources import sample_dir

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = Path(casebook.__file__).resolve().parent
SAMPLES = ("nkt-level-1", "reflexology")
DAY = ("--date", "2026-07-01")

LATE_WORK = "observation.yaml:137:5 CB502 warning"
"""What the sample session is meant to show: 16:05 to 17:22 is 77 s, and the window has 60."""

DOCUMENTS = {
    "nkt-level-1": {
        "packet", "low-back-01", "neck-02", "shoulder-03", "observed-session",
    },
    "reflexology": {
        "packet", "cold-feet-01", "desk-shoulders-01", "exam-term-01", "kitchen-feet-01",
        "night-shifts-01",
    },
}  # fmt: skip

Check = Callable[..., list[dict[str, Any]]]
Run = Callable[..., Result]


def files_below(folder: Path) -> dict[str, bytes]:
    """The content of every file that belongs to a portfolio, by its name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith((".", "build"))
    }


@pytest.mark.parametrize("name, expected", [("nkt-level-1", [LATE_WORK]), ("reflexology", [])])
def test_a_sound_sample_has_no_findings_but_the_intended_one(
    name: str, expected: list[str], check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample_dir(name))
    found = [
        f"{each['path']}:{each['line']}:{each['column']} {each['code']} {each['severity']}"
        for each in check(".")
    ]
    assert found == expected


def test_the_sample_mark_sheet_has_no_findings(check: Check) -> None:
    assert check(REPOSITORY / "samples" / "grading" / "low-back-01.yaml") == []


def test_the_sample_session_passes_and_says_so_in_text_and_json(run: Run) -> None:
    session = sample_dir("nkt-level-1") / "observation.yaml"
    text = run("score", session, *DAY)
    values = json.loads(run("score", session, *DAY, "--format", "json").stdout)
    assert text.exit_code == 0
    assert "observed-session  PASS" in text.stdout
    assert "77 s  late" in text.stdout
    assert values["result"] == "pass"
    assert f"{values['percent']:.1f} %" in text.stdout
    # Six cycles, of which one is late: 5 of 6 inside the window.
    assert [cycle["timing"] for cycle in values["protocol"]["cycles"]].count("late") == 1
    assert values["protocol"]["figures"]["inside_window_pct"] == pytest.approx(500 / 6)
    assert set(values) >= {"result", "percent", "criteria", "protocol", "reasons"}


def test_the_sample_mark_sheet_passes(run: Run) -> None:
    sheet = REPOSITORY / "samples" / "grading" / "low-back-01.yaml"
    scored = run("score", sheet, "--format", "json")
    assert scored.exit_code == 0
    assert json.loads(scored.stdout)["result"] == "pass"


def test_a_portfolio_without_a_session_has_nothing_to_score(run: Run) -> None:
    """The program of the reflexology sample asks for no observed session."""
    scored = run("score", sample_dir("reflexology"), *DAY, "--format", "json")
    values = json.loads(scored.stdout)
    assert (values["result"], values["works"]) == ("incomplete", [])
    assert "percent" not in values
    assert "has no observed session" in scored.stderr
    assert scored.exit_code == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_the_main_job_runs_from_a_copied_sample_to_an_opened_submission(
    name: str, tmp_path: Path, run: Run
) -> None:
    mine, sent, again = tmp_path / "mine", tmp_path / "sent.zip", tmp_path / "again.zip"
    opened = tmp_path / "opened"

    assert run("new", mine, "--sample", name).exit_code == 0
    assert run("check", mine, *DAY).exit_code == 0

    rendered = run("render", mine, *DAY, "--html")
    assert rendered.exit_code == 0
    made = {Path(line) for line in rendered.stdout.splitlines()}
    assert {path.stem for path in made} == DOCUMENTS[name]
    assert all(path.read_text("utf-8").startswith("<!DOCTYPE html>") for path in made)

    assert run("submit", mine, *DAY, "-o", sent).exit_code == 0
    assert run("submit", mine, *DAY, "-o", again).exit_code == 0
    assert sent.read_bytes() == again.read_bytes()

    own = ("--program", mine / "program" / "program.yaml") if name == "reflexology" else ()
    verified = run("verify", sent, *own, "--format", "json")
    report = json.loads(verified.stdout)
    assert verified.exit_code == 0
    assert report["ok"] is True
    assert [step["ok"] for step in report["steps"]] == [True] * len(report["steps"])

    assert run("open", sent, opened, *own).exit_code == 0
    assert files_below(opened) == files_below(mine)
    # An opened submission is a portfolio like any other: it can be sent on unchanged.
    assert run("submit", opened, *DAY, "-o", tmp_path / "third.zip").exit_code == 0
    assert (tmp_path / "third.zip").read_bytes() == sent.read_bytes()


@pytest.mark.slow
def test_a_portfolio_is_rendered_as_pdf_into_its_build_folder(tmp_path: Path, run: Run) -> None:
    mine = tmp_path / "mine"
    run("new", mine, "--sample")
    rendered = run("render", mine, *DAY, "--pdf")
    made = [Path(line) for line in rendered.stdout.splitlines()]
    assert rendered.exit_code == 0
    assert {path.stem for path in made} == DOCUMENTS["nkt-level-1"]
    assert {path.parent for path in made} == {mine / "build"}
    assert all(path.read_bytes().startswith(b"%PDF-") for path in made)


@pytest.mark.slow
def test_the_main_job_runs_as_a_program_of_its_own(tmp_path: Path) -> None:
    """Exit codes, and what goes to stdout and to stderr, are those of a real process."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {key: v for key, v in os.environ.items() if key != "CASEBOOK_TRACEBACK"}
        before = environment.get("PYTHONPATH", "")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PACKAGE.parent), before]))
        return subprocess.run(
            [sys.executable, "-m", "casebook", *words],
            cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8",
            check=False,
        )  # fmt: skip

    made = run("new", "mine", "--sample")
    assert made.returncode == 0
    assert "mine/portfolio.yaml" in made.stdout.replace(os.sep, "/").splitlines()
    assert made.stderr.startswith("next:")

    checked = run("check", "mine", *DAY)
    assert checked.returncode == 0
    assert "CB502" in checked.stdout
    assert checked.stdout.splitlines()[-1] == "5 files checked: 1 warning"

    scored = run("score", "mine", *DAY, "--format", "json")
    assert scored.returncode == 0
    assert json.loads(scored.stdout)["result"] == "pass"

    sent = run("submit", "mine", *DAY)
    assert sent.returncode == 0
    assert "observed-session: pass" in sent.stdout
    assert (tmp_path / "mine" / "build" / "submission.zip").is_file()

    submission = str(Path("mine") / "build" / "submission.zip")
    verified = run("verify", submission)
    assert verified.returncode == 0
    assert verified.stdout.splitlines()[-1].startswith("verified: every step holds")

    opened = run("open", submission, "opened")
    assert opened.returncode == 0
    assert files_below(tmp_path / "opened") == files_below(tmp_path / "mine")

    flawed = run("check", str(REPOSITORY / "samples" / "flawed" / "first-draft"), *DAY)
    assert flawed.returncode == 1
    assert "Traceback" not in flawed.stderr
