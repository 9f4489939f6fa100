"""``casebook rubric``: what it says, where it says it, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.exchange.rubric_file import rubric_yaml
from tests.portfolios.rubrics import rubric_of

Run: TypeAlias = Callable[..., Result]

OLD = rubric_of({"id": "safety", "title": "Safety"})
NEW = rubric_of({"id": "safety", "title": "Safety", "asks": "Was it safe?", "weight": 3},
                {"id": "words", "title": "Words"}, pass_percent=65)  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    for name, rubric in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.yaml").write_bytes(rubric_yaml(rubric, []))
    return tmp_path / "old.yaml", tmp_path / "new.yaml"


def test_equal_rubrics_end_with_0(run: Run, files: tuple[Path, Path]) -> None:
    old, _ = files
    result = run("rubric", "diff", old, old)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"old  {OLD.digest[:12]}  Case", f"new  {OLD.digest[:12]}  Case",
        "The two rubrics are equal.",
    ]  # fmt: skip


def test_differences_end_with_1_and_stand_below_what_they_belong_to(
    run: Run, files: tuple[Path, Path]
) -> None:
    result = run("rubric", "diff", *files)
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout.splitlines()[3:] == [
        "The rubric itself",
        "  ~ pass_percent changed",
        "      - 60",
        "      + 65",
        "      a result could change: passing begins elsewhere",
        "",
        "Safety",
        "    asks reworded",
        "      - Question 1?",
        "      + Was it safe?",
        "  ~ weight changed",
        "      - 1",
        "      + 3",
        "      a result could change: each criterion's share of the total is another",
        "",
        "Words",
        "  + added",
        "      a result could change: without a mark on it there is no result",
        "",
        "By 3 of 4 changes, the same marks could give another result.",
        "Finished results stay as they are: each carries the digest of its own rubric.",
    ]


def test_differences_that_reach_no_result_say_so(run: Run, tmp_path: Path) -> None:
    for name, title in (("a", "Safety"), ("b", "Secure")):
        rubric = rubric_of({"title": title}, global_ratings=[
            {"id": "ok", "label": title, "position": 1},
        ])  # fmt: skip
        (tmp_path / f"{name}.yaml").write_bytes(rubric_yaml(rubric, []))
    result = run("rubric", "diff", tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert result.exit_code == 1
    assert "The overall impression" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("No result changes")


def test_differences_as_json(run: Run, files: tuple[Path, Path]) -> None:
    values = json.loads(run("rubric", "diff", *files, "--format", "json").stdout)
    assert (values["equal"], values["changes_results"]) == (False, True)
    assert values["old"] == {"id": "case", "digest": OLD.digest}
    assert values["changes"][0] == {
        "kind": "changed", "criterion": None, "part": "pass_percent", "before": "60",
        "after": "65", "changes_results": True, "why": "passing begins elsewhere",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json"])
def test_faults_of_a_rubric_come_first(run: Run, files: tuple[Path, Path], form: str) -> None:
    old, new = files
    new.write_text("kind: rubric\nformat: 1\n", encoding="utf-8")
    result = run("rubric", "diff", old, new, "--format", form)
    assert result.exit_code == 1
    assert "CB201" in (result.stdout if form == "json" else result.stderr)
    assert "nothing is compared" in result.stderr
    assert (
        run("rubric", "export", new, "--to", "case", "-o", new.with_suffix(".json")).exit_code == 1
    )


def test_an_export_says_on_stderr_what_is_left_behind(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "s.csv"
    result = run("rubric", "export", "nkt:session", "--to", "canvas", "-o", target)
    assert result.exit_code == 0
    assert result.stdout == f"{target}\n"
    assert result.stderr.startswith("note: left behind: ids, what it judges, pass_percent (75)")
    assert "must_pass of 'Client safety' and 'Consent and boundaries'" in result.stderr
    again = run("rubric", "export", "nkt:session", "--to", "canvas", "-o", target, "--force",
                "--format", "json")  # fmt: skip
    values = json.loads(again.stdout)
    assert values["written"] == str(target)
    assert len(values["losses"]) == 2
    assert again.stderr == ""


def test_an_import_says_on_stderr_what_changed(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "s.csv", tmp_path / "s.yaml"
    run("rubric", "export", "nkt:session", "--to", "canvas", "-o", source)
    result = run("rubric", "import", source, "--pass-percent", "75", "-o", target)
    assert result.exit_code == 0
    assert result.stdout == f"{target}\n"
    assert "note: it is taken to judge case-study; --judges says otherwise" in result.stderr
    assert run("check", target).exit_code == 0


def test_an_import_without_a_pass_mark_ends_with_2(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "s.csv"
    run("rubric", "export", "nkt:session", "--to", "moodle", "-o", source)
    result = run("rubric", "import", source, "-o", tmp_path / "s.yaml")
    assert result.exit_code == 2
    assert "--pass-percent" in result.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_that_is_no_rubric_ends_with_1_and_its_findings(
    run: Run, tmp_path: Path, form: str
) -> None:
    source = tmp_path / "s.csv"
    source.write_text("criterion,score\n,1\nC,x\n", encoding="utf-8")
    result = run("rubric", "import", source, "--pass-percent", "60", "-o", tmp_path / "s.yaml",
                 "--format", form)  # fmt: skip
    assert result.exit_code == 1
    assert not (tmp_path / "s.yaml").exists()
    said = result.stdout if form == "json" else result.stderr
    assert said.count("CB908") == 2
    assert "no rubric is written" in result.stderr


def test_comments_stand_below_their_criteria(run: Run) -> None:
    result = run("rubric", "comments", "nkt:case-study")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "Written case study", "", "Title and abstract",
        "  abstract-without-figures  level 1, partial",
    ]  # fmt: skip
    assert "  client-in-their-own-words" in lines
    assert max(map(len, lines)) <= 100
    values = json.loads(run("rubric", "comments", "nkt:case-study", "--format", "json").stdout)
    assert values["comments"][0]["id"] == "abstract-without-figures"


def test_wrong_usage_names_the_whole_command(run: Run) -> None:
    result = run("rubric", "diff", "one.yaml")
    assert result.exit_code == 2
    assert "see `casebook rubric diff --help`" in result.stderr
