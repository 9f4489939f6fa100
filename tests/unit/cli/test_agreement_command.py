"""``casebook agreement`` says what the figures allow, and no more."""

import csv
import io
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from tests.portfolios.keys import signers_file
from tests.portfolios.rated import write_school, write_sheet

Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty works, each marked by two of three graders; Bo is three steps stricter."""
    monkeypatch.chdir(tmp_path)
    folder = Path("desk")
    write_school(folder)
    rng = random.Random(5)
    for work in range(40):
        quality = rng.randint(3, 17)
        for grader, severity in rng.sample([("Ann", 0), ("Bo", 3), ("=Cy", 0)], 2):
            write_sheet(
                folder / f"{work}-{grader.strip('=')}.yaml",
                min(20, max(0, quality - severity + rng.randint(-1, 1))), None,
                work=f"case-{work}", grader=f"'{grader}'", safe=int(work % 9 > 0),
            )  # fmt: skip
    return folder


def test_text_begins_with_what_the_figures_say(run: Run, desk: Path) -> None:
    result = run("agreement", desk)
    assert (result.exit_code, result.stderr) == (0, "")
    text = result.stdout
    assert "  80 sheets, 40 works, 40 submissions, 3 graders\n" in text
    said = " ".join(text.split())
    assert "Two graders of one work agree whether it passes in " in said
    assert "phi is 0." in said
    assert "The standard error of one grader's total is " in said
    assert "1 is stricter or milder than the others" in said or "3 are stricter" in said
    assert "Intraclass correlation, refused: 10 works marked by every grader" in said
    (bo,) = (line for line in text.splitlines() if line.startswith("  Bo"))
    assert bo.endswith("stricter")
    assert max(map(len, text.splitlines())) <= 80


def test_only_signed_marks_are_compared_where_signers_are_named(run: Run, desk: Path) -> None:
    """Sheets that nobody sealed are signed by nobody, and each is told."""
    signers_file(Path("allowed"), bo=2)
    result = run("agreement", desk, "--signers", "allowed", "--format", "json")
    assert result.exit_code == 1
    values = json.loads(result.stdout)
    assert (values["groups"], len(values["left_out"])) == ([], 80)
    assert "it is not sealed, and so not signed" in result.stderr


def test_details_show_every_figure_of_each_criterion(run: Run, desk: Path) -> None:
    text = run("agreement", desk, "--details").stdout
    assert text.count("Weighted kappa, quadratic") == 2
    assert "Severity, in levels" in text
    assert "Standard error of one mark, levels" in text
    assert max(map(len, text.splitlines())) <= 80


def test_several_works_of_candidates_are_shown(run: Run, desk: Path) -> None:
    """Ten candidates hand in four works each; nine are too few."""
    for path in desk.glob("*-*.yaml"):
        candidate = int(path.name.partition("-")[0]) // 4
        path.write_text(path.read_text("utf-8") + f"submission: {candidate:064x}\n", "utf-8")
    text = run("agreement", desk).stdout
    assert "40 works, 10 submissions" in text
    assert "  works of a candidate           1       2       3" in text
    assert "  phi, 2 graders  " in text
    assert max(map(len, text.splitlines())) <= 80
    values = json.loads(run("agreement", desk, "--format", "json").stdout)
    study = values["groups"][0]["candidates"]
    assert (study["submissions"], study["needed"][0]["target"]) == (10, 0.7)
    assert '"phi-of-6-works"' in run("agreement", desk, "--format", "csv").stdout
    for path in desk.glob("3[6-9]-*.yaml"):
        path.unlink()
    assert "refused: 10 submissions with two works" in run("agreement", desk).stdout
    assert '"phi-of-candidates"' in run("agreement", desk, "--format", "csv").stdout
    values = json.loads(run("agreement", desk, "--format", "json").stdout)
    assert "10 submissions with two works" in values["groups"][0]["candidates"]["refused"]


def test_json_holds_every_figure_with_its_interval(run: Run, desk: Path) -> None:
    values = json.loads(run("agreement", desk, "--format", "json").stdout)
    (group,) = values["groups"]
    assert (group["program"], group["rubric"], group["works"]) == ("school", "case", 40)
    assert (group["confidence"], group["resamples"]) == (0.95, 2000)
    assert len(group["rubric_digest"]) == 64
    measures = {measure["id"]: measure for measure in group["measures"]}
    assert list(measures) == ["result", "total", "safe", "quality"]
    alpha = measures["quality"]["figures"]["alpha-ordinal"]
    assert alpha["low"] < alpha["value"] < alpha["high"]
    assert (alpha["method"], alpha["works"]) == ("bootstrap", 40)
    assert "10 works marked by every" in measures["total"]["figures"]["icc-2-1"]["refused"]
    assert {each["grader"] for each in measures["total"]["severity"]} == {"Ann", "Bo", "=Cy"}
    assert [need["target"] for need in measures["total"]["decision"]["needs"]] == [0.7, 0.8, 0.9]
    assert "decision" not in measures["result"]


def test_csv_has_a_row_for_each_figure_and_runs_nothing(run: Run, desk: Path) -> None:
    """A grader's name that looks like a formula is kept from being one."""
    result = run("agreement", desk, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    figures = {(row["measure"], row["figure"]) for row in rows}
    assert {("total", "phi"), ("quality", "fleiss-kappa"), ("total", "variance-of-works"),
            ("total", "graders-for-phi-0.8"), ("total", "severity")} <= figures  # fmt: skip
    assert {row["grader"] for row in rows} == {"", "Ann", "Bo", "'=Cy"}
    for row in rows:
        assert bool(row["value"]) or row["without"]
    steps = [row for row in rows if (row["measure"], row["figure"]) == ("total", "phi")]
    assert [row["graders"] for row in steps] == ["", "2", "3", "4", "5", "6"]


def test_no_grader_is_named_beside_a_mark(run: Run, desk: Path) -> None:
    """Names stand in the severities alone."""
    text = run("agreement", desk).stdout
    assert text.count("Ann") == 1
    values = run("agreement", desk, "--format", "json").stdout
    # Once in the list, and once for the total and each of the two criteria.
    assert values.count('"Ann"') == 4


def test_what_does_not_count_is_told_and_ends_with_1(run: Run, desk: Path) -> None:
    write_sheet(desk / "level.yaml", 4, None, safe=9, work="case-1", grader="Di")
    (desk / "broken.yaml").write_text("kind: mark-sheet\nmarks: [", "utf-8")
    result = run("agreement", desk)
    assert result.exit_code == 1
    assert "CB802" in result.stderr
    assert "CB105" in result.stderr
    assert "Left out\n  desk/broken.yaml: it has faults of form" in result.stdout
    values = run("agreement", desk, "--format", "json")
    assert values.exit_code == 1
    assert json.loads(values.stdout)["left_out"][0]["path"] == "desk/broken.yaml"
    assert "desk/broken.yaml is left out" in values.stderr


def test_one_grader_alone_gets_one_sentence(run: Run, desk: Path) -> None:
    result = run("agreement", *sorted(desk.glob("*-Ann.yaml")))
    assert result.exit_code == 1
    assert "Nothing can be compared: fewer than two graders marked this" in result.stdout
    assert "figure" not in result.stdout
    sheets = sorted(desk.glob("*-Ann.yaml"))
    (group,) = json.loads(run("agreement", *sheets, "--format", "json").stdout)["groups"]
    (_, total, *_) = group["measures"]
    for refused in (total["decision"], total["severity"], total["figures"]["phi"]):
        assert refused["refused"].startswith("fewer than two graders")
    rows = csv.DictReader(io.StringIO(run("agreement", *sheets, "--format", "csv").stdout))
    assert {row["without"][:23] for row in rows} == {"fewer than two graders "}


def test_a_rubric_that_is_not_at_hand_is_told(run: Run, desk: Path) -> None:
    (desk / "program.yaml").rename("program.yaml")
    assert "the rubric is not at hand" in run("agreement", desk).stdout
    (Path("case.yaml")).write_text((desk / "case.yaml").read_text("utf-8"), "utf-8")
    named = run("agreement", desk, "--program", "program.yaml")
    assert "not at hand" not in named.stdout


@pytest.mark.parametrize("words", [("nowhere",), ("desk/case.yaml",), (".", "--format", "xml"), ()])
def test_wrong_usage_ends_with_2(run: Run, desk: Path, words: tuple[str, ...]) -> None:
    result = run("agreement", *words)
    assert result.exit_code == 2
    assert (result.stdout, result.stderr.count("\n")) == ("", 1)


@pytest.mark.slow
def test_without_the_extra_it_ends_with_3_and_one_line(desk: Path, tmp_path: Path) -> None:
    """As a program of its own, in which neither NumPy nor SciPy can be found."""
    code = (
        "import importlib.machinery as m, sys\n"
        "find = m.PathFinder.find_spec\n"
        "m.PathFinder.find_spec = classmethod(lambda cls, name, *more: None "
        "if name.split('.')[0] in {'numpy', 'scipy'} else find(name, *more))\n"
        "from casebook.cli import main\n"
        "main(['agreement', 'desk'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "casebook: NumPy or SciPy is missing, and agreement is computed with them; "
        'pip install "casebook[stats]"\n'
    )


@pytest.mark.slow
def test_help_loads_no_statistics() -> None:
    code = (
        "import sys\nfrom casebook.cli import main\n"
        "try:\n    main(['agreement', '--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'scipy'} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
