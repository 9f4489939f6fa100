"""``casebook program`` lists, shows and checks programs in words and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from click.testing import Result

Run: TypeAlias = Callable[..., Result]


def test_the_shipped_programs_are_listed_with_their_levels(run: Run) -> None:
    result = run("program", "list")
    assert result.exit_code == 0
    assert result.stdout.startswith("nkt  ")
    assert "1 Level One, 2 Level Two, 3 Level Three" in result.stdout
    values = json.loads(run("program", "list", "--format", "json").stdout)
    assert [each["id"] for each in values] == ["nkt"]


def test_a_program_is_shown_level_by_level(run: Run, studio: Path) -> None:
    result = run("program", "show", studio / "program")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Studio School, version 1"
    assert "First Level (level 1)" in lines
    assert "  - Finish the course." in lines
    assert "Protocol: Test, release, retest" in lines
    assert "Observed session  session, judges observed sessions" in lines
    assert "  - Safety         x1  must pass" in lines
    assert "  - Cycles closed  x1  from the protocol" in lines
    assert lines[-1].startswith("digest ")


def test_advice_is_told_from_what_is_asked_for(run: Run) -> None:
    lines = run("program", "show", "nkt").stdout.splitlines()
    assert "  - Certify within 6 months of the course.  advised" in lines
    assert "  - Certify within 12 months of the course." in lines
    assert max(map(len, lines)) <= 100


def test_a_program_without_protocol_is_shown_without_one(run: Run, repository: Path) -> None:
    guild = repository / "samples" / "reflexology" / "program" / "program.yaml"
    assert "Protocol" not in run("program", "show", guild).stdout


def test_json_holds_rules_rubrics_and_digest(run: Run, studio: Path) -> None:
    values = json.loads(run("program", "show", studio / "program", "--format", "json").stdout)
    assert values["rules"]["id"] == "studio"
    assert [each["id"] for each in values["rubrics"]] == ["case", "session"]
    assert len(values["digest"]) == 128


def test_a_program_that_there_is_not_ends_with_2(run: Run) -> None:
    for words in (["show", "nktt"], ["check", "nktt"]):
        result = run("program", *words)
        assert result.exit_code == 2
        assert "did you mean `nkt`?" in result.stderr


def test_a_sound_program_is_checked_with_its_rubrics(run: Run, studio: Path) -> None:
    assert run("program", "check", "nkt").stdout == "4 files checked: nothing to report\n"
    result = run("program", "check", studio / "program")
    assert (result.exit_code, result.stdout) == (0, "3 files checked: nothing to report\n")


def test_a_faulty_program_ends_with_1(run: Run, studio: Path) -> None:
    path = studio / "program" / "program.yaml"
    path.write_text(path.read_text("utf-8").replace("introduction]", "afterword]"), "utf-8")
    result = run("program", "check", path)
    assert result.exit_code == 1
    assert result.stdout.startswith("studio/program/program.yaml:16:23: CB901 ")
    values = json.loads(run("program", "check", path, "--format", "json").stdout)
    assert [each["code"] for each in values["findings"]] == ["CB901"]
    assert run("program", "check", path, "--format", "json").exit_code == 1


def test_a_level_is_shown_with_what_opens_it_and_how_long_it_holds(run: Run) -> None:
    shown = run("program", "show", "nkt").stdout
    level = shown[shown.index("Level Two (level 2)") : shown.index("Level Three (level 3)")]
    for words in (
        "  to be let into its class:\n    - Be certified at Level One.\n",
        "one month before the class, if possible.  advised",
        "the certificate holds 24 months",
        "while it holds: Assist at a Level Two class.",
    ):
        assert words in level
