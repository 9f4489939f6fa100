"""``casebook advance`` tells each candidate's certificates and the next level."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.workflow.programs import show_program
from tests.portfolios.issued_lines import limit, result, written

Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One candidate who passed Level One, and one who did not; the user stands beside."""
    failed = result(
        mark=0, candidate="Ana Ruiz", submission="22", deadlines=(limit("last", "2027-02-15"),)
    )
    written(tmp_path, passed=result(), failed=failed)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_passed_go_on(run: Run, folder: Path) -> None:
    done = run("advance", "passed.result.json", "--date", "2026-08-01")
    assert done.exit_code == 0
    for words in (
        "Level One: CERTIFIED until 2028-07-01",
        "may now: Assist at a Level One class.",
        "Next, Level Two: OPEN",
        "    met   Be certified at Level One.",
    ):
        assert words in done.stdout
    assert done.stderr == ""


def test_a_class_too_soon_is_a_warning_and_ends_with_0(run: Run, folder: Path) -> None:
    done = run("advance", "passed.result.json", "--date", "2026-07-02", "--class", "2026-07-20")
    assert done.exit_code == 0
    assert "    warn  Be certified at Level One at least one month before" in done.stdout
    assert "earliest date: 2026-08-01" in " ".join(done.stdout.split())


def test_the_failed_are_told_what_next_and_end_with_1(run: Run, folder: Path) -> None:
    done = run("advance", "failed.result.json", "--date", "2026-08-01")
    assert done.exit_code == 1
    assert "Level One: NOT PASSED" in done.stdout
    assert "-> hand in `low-back` again" in done.stdout
    assert "-> by 2027-02-15" in done.stdout
    assert "Next, Level Two: NOT OPEN" in done.stdout


def test_a_later_day_says_expired_and_what_next(run: Run, folder: Path) -> None:
    done = run("advance", "passed.result.json", "--date", "2028-07-02")
    assert done.exit_code == 1
    assert "Level One: EXPIRED" in done.stdout
    assert "-> Get recertified" in done.stdout


def test_a_day_before_the_result_says_from_when(run: Run, folder: Path) -> None:
    done = run("advance", "passed.result.json", "--date", "2026-06-30")
    assert "Level One: NOT YET" in done.stdout
    assert "Next, Level Two: NOT OPEN; earliest 2026-07-01" in done.stdout


def test_a_folder_gives_one_block_for_each_candidate(run: Run, folder: Path) -> None:
    done = run("advance", ".", "--date", "2026-08-01")
    assert done.exit_code == 1
    assert [block.splitlines()[0] for block in done.stdout.split("\n\n")] == [
        "Ana Ruiz", "Jo Példa",
    ]  # fmt: skip


def test_the_last_level_says_that_it_is_the_last(run: Run, folder: Path) -> None:
    written(folder, top=result(3, submission="33"))
    done = run("advance", "top.result.json", "--date", "2026-08-01")
    assert done.exit_code == 0
    assert "Level Three is the last level of this program." in done.stdout


def test_as_json_everything_is_a_value(run: Run, folder: Path) -> None:
    done = run("advance", ".", "--date", "2026-08-01", "--format", "json")
    values = json.loads(done.stdout)
    assert values["goes_on"] is False
    ana, jo = values["candidates"]
    assert (ana["certified"], jo["certified"]) == (False, True)
    assert jo["next_level"]["requirements"][0]["met"] is True
    assert date.fromisoformat(jo["standings"][0]["until"]) == date(2028, 7, 1)


def test_a_program_that_says_nothing_of_admission_is_told_so(
    run: Run, folder: Path, repository: Path
) -> None:
    """A second level whose requirements name no certificate."""
    sample = repository / "samples" / "reflexology" / "program"
    text = (sample / "program.yaml").read_text(encoding="utf-8")
    second = (
        "  - {level: 2, name: Second, requirements: "
        "[{id: c, needs: course, says: Go., course_hours: 1}]}\n"
    )
    text = text.replace("\ncase_study:", f"\n{second}\ncase_study:", 1)
    own = folder / "own"
    for path in sample.rglob("*"):
        if path.is_file():
            target = own / path.relative_to(sample)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (own / "program.yaml").write_text(text, encoding="utf-8")
    written(folder / "r", one=result(program="riverside-reflexology", program_version="2"))
    done = run("advance", "r", "--program", "own", "--date", "2026-08-01")
    assert "Next, Second: OPEN" in done.stdout
    assert "the program says nothing about who may enter it" in done.stdout


def test_results_by_other_rules_alone_end_with_1_and_no_text(run: Run, folder: Path) -> None:
    """They name the shipped version, and not its digest."""
    made = result(program_version=show_program("nkt").rules.version)
    written(folder / "odd", one=made)
    done = run("advance", "odd", "--date", "2026-08-01")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "it was made by other rules (abababababab) than version" in done.stderr


def test_what_is_left_out_or_missing_goes_to_stderr(run: Run, folder: Path) -> None:
    written(folder, other=result(program="own", submission="33"))
    done = run("advance", ".", "--date", "2026-08-01")
    assert done.exit_code == 1
    assert "other.result.json: the program own neither ships with casebook" in done.stderr


@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_the_terminal(
    run: Run, folder: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casebook.cli.output import lines

    monkeypatch.setattr(lines, "width_of", lambda _: width)
    done = run("advance", ".", "--date", "2026-08-01", "--class", "2026-08-02")
    assert max(map(len, done.stdout.splitlines())) <= width


@pytest.mark.parametrize(
    "words, says",
    [
        (("gone",), "there is no file"),
        (("passed.result.json", "--level", "9"), "nkt has no level 9"),
        (("passed.result.json", "--class", "soon"), "'soon' is no day"),
        ((), "missing argument"),
    ],
)
def test_what_cannot_be_asked_ends_with_2(
    run: Run, folder: Path, words: tuple[str, ...], says: str
) -> None:
    refused = run("advance", *words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert says in refused.stderr
