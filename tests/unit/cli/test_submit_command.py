"""``casebook submit`` names the submission it made, or says why there is none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from click.testing import Result

Run: TypeAlias = Callable[..., Result]


def spoil(studio: Path) -> None:
    case = studio / "cases" / "heel.yaml"
    case.write_text(case.read_text("utf-8").replace("nprs: 6", "nprs: 66"), "utf-8")


def test_results_and_the_submission_are_named(run: Run, studio: Path) -> None:
    result = run("submit", studio)
    assert (result.exit_code, result.stderr) == (0, "")
    assessed, made = result.stdout.splitlines()
    assert assessed == "observed: pass 83.3 %"
    assert made.startswith("studio/build/submission.zip  ")
    assert made.endswith(" kB")


def test_warnings_stand_beside_the_result(run: Run, studio: Path) -> None:
    (studio / "attachments" / "old.pdf").write_bytes(b"%PDF")
    result = run("submit", studio, "-o", "mine.zip")
    assert result.exit_code == 0
    assert "CB315" in result.stderr
    assert result.stdout.splitlines()[1].startswith("mine.zip  ")


def test_a_refusal_ends_with_1_and_every_finding(run: Run, studio: Path) -> None:
    spoil(studio)
    result = run("submit", studio)
    assert result.exit_code == 1
    assert result.stdout == "observed: pass 83.3 %\n"
    assert result.stderr.splitlines() == [
        "studio/cases/heel.yaml:10:22: CB304 NPRS has no value 66; it goes from 0 to 10",
        "6 files checked: 1 error",
        "casebook: nothing is submitted; mend the errors above, then submit again",
    ]


def test_a_private_key_is_never_submitted(run: Run, studio: Path) -> None:
    (studio / "attachments" / "consent-a.pdf").write_bytes(b"-----BEGIN OPENSSH PRIVATE KEY-----\n")
    for command in ("submit", "check"):
        result = run(command, studio)
        assert result.exit_code == 1
        assert "CB620" in result.output
        assert "it must never leave your computer" in result.output
    assert not (studio / "build").exists()


def test_json_says_whether_and_where(run: Run, studio: Path) -> None:
    made = json.loads(run("submit", studio, "--format", "json").stdout)
    assert made["submitted"] is True
    assert made["path"] == "studio/build/submission.zip"
    assert made["results"] == {"observed": "pass"}
    assert made["findings"] == []
    spoil(studio)
    result = run("submit", studio, "--format", "json")
    refused = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (refused["submitted"], refused["path"]) == (False, None)
    assert [each["path"] for each in refused["findings"]] == ["studio/cases/heel.yaml"]


def test_an_incomplete_result_is_shown_without_a_percentage(run: Run, studio: Path) -> None:
    path = studio / "observation.yaml"
    path.write_text(path.read_text("utf-8").replace("  - {criterion: explains, level: 1}\n", ""))
    result = run("submit", studio)
    assert result.exit_code == 1
    assert result.stdout == "observed: incomplete\n"
    assert "CB809" in result.stderr


def test_a_folder_that_is_no_portfolio_ends_with_2(run: Run, studio: Path) -> None:
    result = run("submit", studio / "cases")
    assert result.exit_code == 2
    assert "name the portfolio itself: studio" in result.stderr
