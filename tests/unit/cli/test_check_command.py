"""``casebook check`` writes its report in three forms and ends with what it found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.cli import options

Run: TypeAlias = Callable[..., Result]


def spoil(studio: Path) -> None:
    case = studio / "cases" / "heel.yaml"
    case.write_text(case.read_text("utf-8").replace("nprs: 6", "nprs: 66"), "utf-8")


def test_a_sound_portfolio_ends_with_0(run: Run, studio: Path) -> None:
    result = run("check", studio)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "6 files checked: nothing to report\n"


def test_an_error_is_a_line_and_ends_with_1(run: Run, studio: Path) -> None:
    spoil(studio)
    result = run("check", studio)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        "studio/cases/heel.yaml:10:22: CB304 NPRS has no value 66; it goes from 0 to 10",
        "6 files checked: 1 error",
    ]


def test_a_warning_alone_ends_with_0(run: Run, studio: Path) -> None:
    (studio / "attachments" / "old.pdf").write_bytes(b"%PDF")
    result = run("check", studio)
    assert result.exit_code == 0
    assert "CB315" in result.stdout
    assert result.stdout.endswith("1 warning\n")


def test_json_holds_every_finding_and_the_summary(run: Run, studio: Path) -> None:
    spoil(studio)
    result = run("check", studio, "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [each["code"] for each in report["findings"]] == ["CB304"]
    assert report["summary"] == {"files": 6, "errors": 1, "warnings": 0, "notes": 0}


def test_annotations_are_for_github(run: Run, studio: Path) -> None:
    spoil(studio)
    result = run("check", studio, "--format", "github")
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=studio/cases/heel.yaml,line=10,col=22,")


def test_on_a_terminal_the_line_is_shown_with_its_caret(
    run: Run, studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "width_of", lambda _: 80)
    spoil(studio)
    result = run("check", studio, color=True)
    assert "10 | " in result.stdout
    assert "^^" in result.stdout
    assert "\x1b[" in result.stdout


def test_a_path_that_is_not_there_ends_with_2(run: Run, studio: Path) -> None:
    result = run("check", studio, "nowhere.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("casebook: there is no file 'nowhere.yaml'; ")


@pytest.mark.parametrize("command", ["check", "submit", "mark check"])
def test_a_name_with_spaces_that_was_not_quoted_is_told(
    run: Run, studio: Path, command: str
) -> None:
    """The shell takes it apart; a command of one file meets a word too many, others no file."""
    studio.rename("Meine erste Arbeit")
    done = run(*command.split(), "Meine", "erste", "Arbeit/cases", "--format", "json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith("a name with spaces wants quotes: 'Meine erste Arbeit/cases'\n")
    other = run(*command.split(), "Deine", "Arbeit")
    assert other.exit_code == 2
    assert "quotes" not in other.stderr


def test_many_findings_of_a_folder_are_advised_to_be_taken_file_by_file(
    run: Run, studio: Path
) -> None:
    """A new folder has far more than 30, in several files; a file has them to itself."""
    assert run("new", "mine").exit_code == 0
    result = run("check", "mine")
    assert result.exit_code == 1
    assert result.stderr == (
        "one file at a time: casebook check mine/cases/case-1.yaml --date 2026-07-01\n"
    )
    assert run("check", "mine/cases/case-1.yaml").stderr == ""
    spoil(studio)
    assert run("check", studio).stderr == ""
