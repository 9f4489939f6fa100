"""`casebook draw`: who is asked, who follows, who is left out and why."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.portfolios.office import Office

Run = Callable[..., Result]
DAY = ("--date", "2026-07-01")
POLICY = "graders: 2, draw: {seed: a seed, second_percent: 100}"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office's folder, and the user in it."""
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path)


def test_everybody_is_named_with_the_reason(office: Office, run: Run) -> None:
    """Two and the drawn third for the case study; the examiner alone for the session."""
    office.submission(policy=POLICY)
    done = run("draw", "submissions", *DAY)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[1] == "  drawn for one more grader than usual"
    assert all(name in lines[2] for name in ("Ana Ruiz (ana)", "Bo Lind (bo)", "Cem Oz (cem)"))
    assert "  observed  Robin Hale (the examiner)" in lines
    values = json.loads(run("draw", "submissions", *DAY, "--format", "json").stdout)
    assert values[0]["draw"]["marked_twice"] is True
    assert sorted(values[0]["works"][0]["asked"]) == ["ana", "bo", "cem"]


def test_too_few_graders_end_with_1(office: Office, run: Run) -> None:
    """The reason why one is left out is told."""
    office.submission(policy=POLICY, more="ties: {treated_by: [Bo Lind]}\n")
    done = run("draw", "submissions/s01", *DAY)
    assert done.exit_code == 1
    assert "1 more grader is wanted, and nobody is left" in done.stdout
    assert "not bo: the portfolio says that Bo Lind treated the candidate" in done.stdout


def test_a_program_without_a_draw_is_wrong_usage(office: Office, run: Run) -> None:
    """With the line to write."""
    office.submission()
    done = run("draw", "submissions/s01", *DAY)
    assert done.exit_code == 2
    assert "draws no graders" in done.stderr
