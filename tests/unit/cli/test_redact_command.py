"""``casebook redact`` says what it took out, and that a person has to read the copy."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

Run: TypeAlias = Callable[..., Result]
DAY = ("--date", "2026-07-01")


@pytest.fixture
def agreed(studio: Path) -> Path:
    path = studio / "cases/heel.yaml"
    text = path.read_text("utf-8").replace("scope: [record]", "scope: [record, publish]")
    path.write_text(text.replace("Stairs hurt", "On 12 March 2026 stairs hurt"), "utf-8")
    return studio


def test_it_says_what_was_made_and_that_it_is_a_draft(run: Run, agreed: Path) -> None:
    result = run("redact", agreed, "-o", "out", *DAY)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    # The consent, the figure without `publish: yes`, and the date.
    assert lines[0] == "case-1  3 taken out  from cases/heel.yaml"
    assert lines[1].startswith("not published: observation.yaml: ")
    assert lines[2] == "out/LEFT-OUT.txt  says what and why"
    assert "this is a draft: read every text" in result.stderr


def test_json_says_the_same(run: Run, agreed: Path) -> None:
    result = run("redact", agreed, "-o", "out", "--format", "json", *DAY)
    values = json.loads(result.stdout)
    assert (values["folder"], result.stderr) == ("out", "")
    assert values["files"] == ["LEFT-OUT.txt", "cases/case-1.yaml", "left-out.json"]
    assert len(values["cases"][0]["taken_out"]) == 3


def test_a_first_day_makes_days_of_dates(run: Run, agreed: Path) -> None:
    assert run("redact", agreed, "-o", "out", "--first-day", "heel=2026-03-04", *DAY).exit_code == 0
    assert "On [Day 8] stairs" in Path("out/cases/case-1.yaml").read_text("utf-8")


def test_nothing_to_publish_is_refused_with_its_reasons(run: Run, studio: Path) -> None:
    result = run("redact", studio, "-o", "out", *DAY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing may be published: cases/heel.yaml: the client's consent does not" in (
        result.stderr
    )
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "words, said",
    [
        ((), "missing option '-o'"),
        (("-o", "studio"), "already there"),
        (("-o", "out", "--first-day", "2026-03-04"), "does not say which case"),
        (("-o", "out", "--first-day", "heel=soon"), "is no day"),
        (("-o", "out", "--first-day", "toe=2026-03-04"), "no case study has the id"),
        (("-o", "out", "--names", "nowhere.txt"), "there is no file"),
    ],
)
def test_slips_are_told(run: Run, agreed: Path, words: tuple[str, ...], said: str) -> None:
    result = run("redact", agreed, *words, *DAY)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not Path("out").exists()
