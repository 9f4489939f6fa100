"""``casebook privacy`` tells what was found and what to ask, and takes sign-offs with reasons."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.rules.privacy.safe_harbor import RULES

Run: TypeAlias = Callable[..., Result]
DAY = ("--date", "2026-07-01")


@pytest.fixture
def telling(studio: Path) -> Path:
    """A portfolio whose case tells a date, on line 7, and a telephone number."""
    path = studio / "cases/heel.yaml"
    text = path.read_text("utf-8").replace("Stairs hurt", "On 12 March 2026, 020 7946 0958, stairs")
    path.write_text(text, "utf-8")
    return studio


def test_nothing_found_ends_with_0_and_promises_nothing(run: Run, studio: Path) -> None:
    result = run("privacy", studio)
    assert result.exit_code == 0
    assert "What no search answers; look yourself:" in result.stdout
    assert "does not mean that nobody can be known" in " ".join(result.stderr.split())
    assert "private-names.txt" in result.stderr
    assert "--sign-off" in result.stderr


def test_what_is_found_has_place_rule_and_remedy_and_ends_with_1(run: Run, telling: Path) -> None:
    result = run("privacy", telling)
    assert result.exit_code == 1
    assert (
        "studio/cases/heel.yaml:7:18: CB606 '12 March 2026' looks like a date (HIPAA-C); count "
        in (result.stdout)
    )


def test_json_has_every_rule_and_question(run: Run, telling: Path) -> None:
    result = run("privacy", telling, "--format", "json")
    values = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (result.stderr, values["review"], values["names_looked_for"]) == ("", None, 0)
    assert [each["rule"] for each in values["findings"] if each["severity"] == "warning"] == [
        "HIPAA-C",
        "HIPAA-D",
    ]
    assert list(values["rules"]) == [rule.id for rule in RULES.values()]
    assert values["rules"]["HIPAA-D"] == {"title": "telephone numbers", "found": 1}
    assert {"HIPAA-Q", "HIPAA-A"} <= {each["rule"] for each in values["questions"]}


def test_a_sign_off_is_recorded_and_told(run: Run, telling: Path) -> None:
    words = ("--accept", "HIPAA-C=In print.", "--reason", "A hotline.", *DAY)
    result = run("privacy", telling, "--sign-off", "Ana", *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Ana looked through 9 files on 2026-07-01; 2 findings may ")
    again = run("privacy", telling)
    assert again.exit_code == 0
    assert "Ana looked through these files on 2026-07-01, and let 2 findings stand" in again.stderr
    (telling / "attachments/consent-a.pdf").write_bytes(b"%PDF-1.7 other")
    changed = run("privacy", telling)
    assert changed.exit_code == 1
    assert "no longer counts: attachments/consent-a.pdf changed since" in changed.stderr


def test_a_sign_off_can_be_read_by_programs(run: Run, studio: Path) -> None:
    result = run("privacy", studio, "--sign-off", "Ana", "--format", "json", *DAY)
    values = json.loads(result.stdout)
    assert (values["by"], values["on"], values["accepted"]) == ("Ana", "2026-07-01", [])
    assert values["path"] == "studio/privacy-review.json"


@pytest.mark.parametrize(
    "words, said",
    [
        (("--reason", "x"), "a reason is part of a sign-off"),
        (("--accept", "HIPAA-C=x"), "a reason is part of a sign-off"),
        (("--sign-off", "Ana"), "no reason is given why it may stand"),
        (("--sign-off", "Ana", "--accept", "HIPAA-C"), "does not say which and why"),
        (("--sign-off", "Ana", "--accept", "=x"), "does not say which and why"),
        (("--sign-off", "Ana", "--reason", "x", "--accept", "HIPAA-Z=x"), "nothing was found"),
        (("--sign-off", "", "--reason", "x"), "cannot be recorded"),
        (("--region", "Ireland"), "is no country by two letters"),
        (("--names", "nowhere.txt"), "there is no file 'nowhere.txt'"),
    ],
)
def test_slips_are_told(run: Run, telling: Path, words: tuple[str, ...], said: str) -> None:
    result = run("privacy", telling, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (telling / "privacy-review.json").exists()


def test_no_path_that_is_there_is_told(run: Run) -> None:
    result = run("privacy", "nowhere")
    assert result.exit_code == 2
    assert "there is no file or folder 'nowhere'" in result.stderr


def test_a_listed_name_is_found_and_cannot_be_signed_off(run: Run, studio: Path) -> None:
    Path("mine.txt").write_text("Stairs\n", "utf-8")
    result = run("privacy", studio, "--names", "mine.txt")
    assert result.exit_code == 1
    assert "CB608 'stairs' stands in your private list" in result.stdout
    assert "looked for 1 name of your private list" in result.stderr
    refused = run("privacy", studio, "--names", "mine.txt", "--sign-off", "A", "--reason", "x")
    assert refused.exit_code == 1
    assert "cannot be signed off" in refused.stderr


def test_a_listed_name_is_the_error_that_stops_a_submission(run: Run, studio: Path) -> None:
    (studio / "private-names.txt").write_text("Stairs\n", "utf-8")
    result = run("submit", studio)
    assert (result.exit_code, result.stdout.count("submission.zip")) == (1, 0)
    assert "CB608 'Stairs' stands in your private list; write the pseudonym; if it is no name " in (
        result.stderr
    )
    assert "nothing is submitted" in result.stderr
    assert not (studio / "build").exists()
    told = run("privacy", studio).stderr
    assert "errors cannot be signed off" in told
    assert "--sign-off" not in told


def test_who_has_only_a_submission_is_told_of_names(run: Run, studio: Path, tmp_path: Path) -> None:
    """An office has no portfolio to put a list into."""
    assert run("submit", studio, "-o", tmp_path / "office.zip").exit_code == 0
    told = run("privacy", tmp_path / "office.zip").stderr
    assert "name one with --names FILE" in told
    assert "in the portfolio" not in told


def test_what_waits_stands_first_and_what_is_asked_is_not_noted_as_well(
    run: Run, telling: Path
) -> None:
    (telling / "private-names.txt").write_text("Hurtigs\nPhysic\n", "utf-8")
    path = telling / "cases/heel.yaml"
    path.write_text(f"# Hurtig\n{path.read_text('utf-8')}", "utf-8")
    lines = run("privacy", telling).stdout.splitlines()
    found = [line.split()[1] for line in lines if line.startswith("studio/")]
    assert found == ["CB606", "CB606", "CB610"]
    assert sum("consent-a.pdf" in line for line in lines) == 1


def test_what_a_file_says_cannot_paint_the_terminal(run: Run, studio: Path) -> None:
    (studio / "\x1b[31mred 020 7946 0958.txt").write_text("x", "utf-8")
    (studio / "notes.txt").write_text("x\x1b[2J Mrs \x1b[31mJones, Mrs Jones\n", "utf-8")
    result = run("privacy", studio)
    assert "\x1b" not in result.stdout + result.stderr
    assert "Mrs Jones" in result.stdout
