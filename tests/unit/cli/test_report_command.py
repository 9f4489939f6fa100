"""``casebook report``."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from click.testing import Result

from casebook.cli.output import report_text
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import RuleName
from casebook.workflow.results.files import read_result
from casebook.workflow.signed_records import sign_records
from tests.portfolios.keys import made_key, signers_file
from tests.portfolios.results import (
    RESULT_SHAPES,
    ResultShape,
    evaluated,
    issued,
    moderated,
    result_example,
    rubric_of,
    written,
)

Run = Callable[..., Result]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two results; the user stands beside their folder. PDFs cost nothing."""
    monkeypatch.chdir(tmp_path)
    folder = Path("results")
    folder.mkdir()
    for name, shape in (("s01", ResultShape()), ("s02", RESULT_SHAPES["nine graders"])):
        result = result_example(shape).model_copy(update={"submission": name[1:] * 32})
        written(folder / f"{name}.result.json", result)
    return folder


def test_only_what_is_signed_is_summed_up_where_signers_are_named(run: Run, desk: Path) -> None:
    signers_file(Path("allowed"), lou=9)
    sign_records([desk / "s01.result.json"], made_key(9))
    words = ("report", "graders", desk, "--format", "json")
    one = run(*words, "--signers", "allowed")
    assert one.exit_code == 1
    assert "s02.result.json:1:1: CB820 the file is not signed" in one.stderr
    several = json.loads(run(*words).stdout)["graders"]
    assert 0 < len(json.loads(one.stdout)["graders"]) < len(several)
    sign_records([desk / "s02.result.json"], made_key(9))
    all_signed = run(*words, "--signers", "allowed")
    assert (all_signed.exit_code, json.loads(all_signed.stdout)["graders"]) == (0, several)


def test_feedback_prints_the_files_it_made(run: Run, desk: Path) -> None:
    result = run("report", "feedback", desk, "-o", "out", "--html")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["out/s01.feedback.html", "out/s02.feedback.html"]
    assert all(Path(each).is_file() for each in result.stdout.splitlines())
    again = run("report", "feedback", desk, "-o", "out", "--html", "--format", "json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["written"] == result.stdout.splitlines()


def test_a_result_without_a_report_is_named_and_ends_with_1(run: Run, desk: Path) -> None:
    path = desk / "s01.result.json"
    values = json.loads(path.read_text("utf-8"))
    values["works"][0]["needs"] = [{"what": "mark", "graders": ["g2"], "says": "g2 marks it"}]
    written(path, IssuedResult.model_validate(values))
    (desk / "s03.result.json").write_text("{}")
    result = run("report", "feedback", desk, "-o", "out", "--pdf")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["out/s02.feedback.pdf"]
    assert "s01.result.json is not complete" in result.stderr
    assert "s03.result.json:1:1" in result.stderr


def test_graders_are_summed_up_for_people_programs_and_spreadsheets(run: Run, desk: Path) -> None:
    text = run("report", "graders", desk)
    assert text.exit_code == 0
    assert "works marked" in text.stdout
    assert max(map(len, text.stdout.splitlines())) <= 80
    values = json.loads(run("report", "graders", desk, "--format", "json").stdout)
    table = run("report", "graders", desk, "--format", "csv").stdout_bytes.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    # g0 to g8 mark the second, g0 and g1 the first as well.
    assert len(rows) == len(values["graders"]) == 9
    assert {row["grader"]: row["works"] for row in rows}["g0"] == "4"
    assert values["graders"][0]["cautions"]


def test_the_office_sees_figures_and_gets_a_table(run: Run, desk: Path) -> None:
    result = run("report", "office", desk, "-o", "summary.xlsx")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 submissions, 4 works, 9 graders")
    assert result.stderr == "written: summary.xlsx\n"
    assert Path("summary.xlsx").read_bytes().startswith(b"PK")
    values = json.loads(run("report", "office", desk, "--format", "json").stdout)
    assert values["written"] == []
    assert len(values["works"]) == 4
    assert {"candidate", "total", "pass_mark", "graders_totals"} <= set(values["works"][0])


def test_rows_choose_the_table_of_a_csv_file(run: Run, desk: Path) -> None:
    assert run("report", "office", desk, "-o", "works.csv", "--rows", "works").exit_code == 0
    assert len(Path("works.csv").read_bytes().splitlines()) == 5


@pytest.mark.parametrize("words", [("feedback",), ("graders",), ("office",)])
def test_a_folder_without_anything_is_a_mistake_of_use(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = run("report", *words, tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("casebook: ")


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five results in which one grader fails a must-pass criterion and the agreed marks do not.

    Of two criteria with levels 0 to 2 that weigh alike, ames gives 2 and 1 (75 %), brandt 0 and 2
    (50 %); agreed are 1 and 1.5 (62.5 %). One sheet was changed twice after it was sealed.
    """
    monkeypatch.chdir(tmp_path)
    levels = [{"level": at, "label": f"l{at}", "describes": "That."} for at in range(3)]
    must = {"level": 1, "reason": "Harm."}
    rubric = rubric_of(
        {
            "id": "case", "judges": "case-study", "pass_percent": 60,
            "criteria": [
                {"id": "safety", "title": "S", "asks": "?", "levels": levels, "must_pass": must},
                {"id": "why", "title": "W", "asks": "?", "levels": levels},
            ],
        }
    )  # fmt: skip
    works = {
        name: evaluated(
            rubric,
            [{"criterion": "safety", "level": safety}, {"criterion": "why", "level": why}],
            grader=name.title(),
        )
        for name, safety, why in (("ames", 2, 1), ("brandt", 0, 2))
    }
    for number in range(5):
        seals = [
            {"work": "case-1", "grader": name, "seal": "cd" * 32, "entries": 3 if both else 1}
            for name, both in (("ames", number == 0), ("brandt", False))
        ]
        whole = issued(
            [moderated(rubric, works)], [rubric], submission=f"{number:064x}", seals=seals
        )
        written(tmp_path / f"{number}.result.json", whole)
    return tmp_path


def test_a_grader_is_told_apart_from_what_was_agreed(run: Run, season: Path) -> None:
    lines = [
        " ".join(each.split()) for each in run("report", "graders", season).stdout.splitlines()
    ]
    ames = lines[: lines.index("")]
    assert ames == [
        "Ames ames",
        "works marked 5, in 5 submissions, 2026-10-12",
        "mean level 75.0 % of its scale",
        "mean total 75.0 % (5 works)",
        "below what was agreed -12.5 on average, 12.5 either way (5 works)",
        "changed once sealed 2 changes on 1 work",
        "works to compare: 5; a single one still weighs much",
    ]
    assert "must-pass failures 5, 5 of them not agreed" in lines
    assert any(each.startswith("Below what was agreed: how many") for each in lines)


def test_a_replaced_result_is_not_counted(run: Run, season: Path) -> None:
    path = season / "0.result.json"
    values = json.loads(path.read_text("utf-8"))
    old = read_result(path).digest
    follows = {"result": old, "appeal": "2e" * 32, "outcome": "dismissed", "reason": "It stands."}
    after = IssuedResult.model_validate(values | {"follows": follows, "issued": "2026-11-02"})
    written(season / "0b.result.json", after)
    lines = run("report", "office", season).stdout.splitlines()
    assert lines[0] == "5 submissions, 5 works, 2 graders"
    assert "  replaced              1 result, not counted here" in lines


def test_the_office_reads_what_moderation_found_in_words(run: Run, desk: Path) -> None:
    """Every rule has its words, and its count stands at the right of its column."""
    lines = run("report", "office", desk).stdout.splitlines()
    rules = lines[lines.index("What moderation found, and in how many works") + 1 :]
    assert rules
    assert all(re.fullmatch(r"  [a-z-]{2,21} +\d+  [a-z].+", each) for each in rules)
    assert set(report_text._RULES) == set(get_args(RuleName))


def test_rules_that_have_changed_since_are_told(run: Run, season: Path, repository: Path) -> None:
    """Only the look of a program is taken, and only of the one that the result is of."""
    refused = run("report", "feedback", season, "--program", "nkt", "--html")
    assert refused.exit_code == 2
    assert "is a result of the program walks, not of nkt" in refused.stderr
    path = season / "0.result.json"
    values = json.loads(path.read_text("utf-8"))
    written(path, IssuedResult.model_validate(values | {"program": "nkt"}))
    result = run("report", "feedback", path, "--program", "nkt", "--html")
    assert result.exit_code == 0
    assert "a result was made by another version of the program" in result.stderr
