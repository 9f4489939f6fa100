"""``casebook new`` names the files it made, and what to do next."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

Run: TypeAlias = Callable[..., Result]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_files_are_named_and_the_next_step_is_told(run: Run) -> None:
    """Hidden files are for editors, and not worth a word."""
    result = run("new", "mine")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"mine/{name}"
        for name in (
            "START-HERE.txt", "cases/case-1.yaml", "cases/case-2.yaml", "cases/case-3.yaml",
            "observation.yaml", "portfolio.yaml",
        )
    ]  # fmt: skip
    assert result.stderr == "next: read mine/START-HERE.txt, then casebook check mine\n"


def test_json_names_every_file(run: Run) -> None:
    result = run("new", "mine", "--format", "json")
    made = json.loads(result.stdout)
    assert made["folder"] == "mine"
    assert ".casebook/schemas/portfolio.schema.json" in made["files"]
    assert result.stderr == ""


def test_a_sample_is_copied_without_a_name_or_by_one(run: Run) -> None:
    result = run("new", "mine", "--sample")
    assert "mine/cases/01-low-back.yaml" in result.stdout.splitlines()
    assert result.stderr == (
        "next: casebook check mine --date 2026-07-01, the day this story ends; for a later one its "
        "deadlines have passed\n"
    )
    assert run("new", "other", "--sample", "reflexology").exit_code == 0


@pytest.mark.parametrize(
    "words,said",
    [
        (["new"], "name the folder to make"),
        (["new", "--sample", "mine"], "did you mean `casebook new mine --sample`?"),
        (["new", "x", "--sample", "nkt-level"], "did you mean nkt-level-1?"),
        (["new", "x", "--sample", "--level", "2"], "--level means nothing beside --sample"),
        (["new", "x", "--sample", "--program", "nkt"], "--program means nothing beside --sample"),
        (["new", "x", "--level", "0"], "0 is not in the range"),
        (["new", "x", "--level", "9"], "its levels: 1 (Level One)"),
        (["new", "x", "--program", "nktt"], "did you mean `nkt`?"),
        (["new", "x", "--program", "no/program.yaml"], "there is no file"),
        (["new", "."], "is the folder you are in"),
    ],
)
def test_what_cannot_be_made_ends_with_2_and_one_line(
    run: Run, tmp_path: Path, words: list[str], said: str
) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("mine", "utf-8")
    for words in (["new", "mine"], ["new", "."]):
        result = run(*words)
        assert result.exit_code == 2
        assert "is not empty; name a folder that does not exist yet" in result.stderr
