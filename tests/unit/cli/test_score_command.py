"""``casebook score`` shows how a result comes about, once."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from click.testing import Result

Run: TypeAlias = Callable[..., Result]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def make_late(studio: Path) -> None:
    """The work ends 85 s after the failed test at 00:45, 25 s after the window closed."""
    replace(studio / "observation.yaml", 'until: "01:10"', 'until: "02:10"')
    replace(studio / "observation.yaml", 'at: "01:20"', 'at: "02:20"')


def test_a_pass_ends_with_0_and_shows_cycles_and_criteria(run: Run, studio: Path) -> None:
    result = run("score", studio / "observation.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "observed  PASS  83.3 %",
        "  83.3 % reaches the pass mark of 60 %",
        "  every must-pass criterion is passed",
        "",
        "Cycles  work finished by 30 s is surely inside, by 60 s inside",
        "  1. 00:45  gluteus maximus (left)    25 s  surely inside  fires at 35 s",
        "            released: quadratus lumborum (left)",
        "",
        "Criteria  marked by Robin Hale",
        "  Safety         2/2 x1    foreseeing  must pass",
        "  Explaining     1/2 x1    half",
        "  Cycles closed  1/1 x1    one         from the protocol",
    ]


def test_a_fault_of_the_protocol_is_said_once_with_its_place(run: Run, studio: Path) -> None:
    make_late(studio)
    result = run("score", studio / "observation.yaml")
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  fault"))
    assert lines[at].endswith(" ended 85 s after its failed test at")
    assert lines[at + 1 : at + 3] == [
        "         00:45; the window closes after 60 s",
        "         studio/observation.yaml:12:5",
    ]


def test_json_of_one_work_is_its_evaluation(run: Run, studio: Path) -> None:
    """For a session and for the portfolio that holds no other."""
    make_late(studio)
    for path in (studio, studio / "observation.yaml"):
        values = json.loads(run("score", path, "--format", "json").stdout)
        assert (values["work"], values["result"]) == ("observed", "pass")
        assert {"percent", "criteria", "protocol", "reasons"} <= set(values)
        (fault,) = values["protocol"]["faults"]
        assert (fault["path"], fault["line"], fault["column"]) == (
            "studio/observation.yaml", 12, 5,
        )  # fmt: skip


def test_an_incomplete_result_has_no_percentage_and_ends_with_1(run: Run, studio: Path) -> None:
    replace(studio / "observation.yaml", "  - {criterion: explains, level: 1}\n", "")
    result = run("score", studio, "--format", "json")
    values = json.loads(result.stdout)
    assert result.exit_code == 1
    assert values["result"] == "incomplete"
    assert "percent" not in values
    text = run("score", studio)
    assert "observed  INCOMPLETE\n" in text.stdout
    assert "  Explaining     –/2 x1    no mark\n" in text.stdout
    assert "CB804" in text.stderr


def test_a_failed_must_pass_criterion_fails_the_work(run: Run, studio: Path) -> None:
    replace(studio / "observation.yaml", "{criterion: safety, level: 2}",
            '{criterion: safety, level: 0, note: Pressed on., at: "12:10"}')  # fmt: skip
    result = run("score", studio)
    assert result.exit_code == 1
    assert result.stdout.startswith("observed  FAIL")
    assert "Safety         0/2 x1    unsafe  must pass" in result.stdout


def test_several_works_have_a_result_together(run: Run, studio: Path) -> None:
    shutil.copy(studio / "observation.yaml", studio / "observation-2.yaml")
    replace(studio / "observation-2.yaml", "id: observed", "id: second")
    values = json.loads(run("score", studio, "--format", "json").stdout)
    assert values["result"] == "pass"
    assert values["reasons"] == ["second: pass", "observed: pass"]
    assert [each["work"] for each in values["works"]] == ["second", "observed"]
    text = run("score", studio).stdout
    assert "\n\nobserved  PASS" in text


def test_what_has_no_result_says_why(run: Run, studio: Path) -> None:
    (studio / "observation.yaml").unlink()
    result = run("score", studio)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "casebook: the portfolio studio has no observed session\n"
    values = json.loads(run("score", studio, "--format", "json").stdout)
    assert values == {
        "result": "incomplete",
        "reasons": ["the portfolio studio has no observed session"],
        "works": [],
    }


def test_faults_of_a_file_are_told_in_full(run: Run, studio: Path) -> None:
    make_late(studio)
    replace(studio / "observation.yaml", "level: 2", "level: two")
    result = run("score", studio / "observation.yaml")
    assert result.exit_code == 1
    assert "CB203" in result.stderr
    assert "CB502" in result.stderr


def test_a_mark_sheet_has_no_cycles(run: Run, repository: Path) -> None:
    sheet = repository / "samples" / "grading" / "low-back-01.yaml"
    result = run("score", sheet)
    assert result.exit_code == 0
    assert "Cycles" not in result.stdout
    assert "Global rating" in result.stdout


def test_a_session_elsewhere_needs_its_program(run: Run, studio: Path) -> None:
    shutil.copy(studio / "observation.yaml", "alone.yaml")
    assert run("score", "alone.yaml").exit_code == 2
    assert run("score", "alone.yaml", "--program", studio / "program").exit_code == 0


def test_a_session_without_work_and_without_times_is_shown_too(run: Run, studio: Path) -> None:
    path = studio / "observation.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if "release:" not in line]
    path.write_text("\n".join(lines), "utf-8")
    result = run("score", path)
    assert "none: no failed test was followed by work" in result.stdout
