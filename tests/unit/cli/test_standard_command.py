"""``casebook standard``."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import seal
from casebook.source.load import load
from casebook.workflow.programs import show_program
from casebook.workflow.signed_records import sign_records
from tests.portfolios.keys import made_key, signers_file
from tests.portfolios.rated import write_sheet, write_sheets

Run = Callable[..., Result]

REGRESSION = ("--method", "borderline-regression")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sixteen rated sheets; the user stands beside them. Worked by hand in test_standard.py."""
    write_sheets(tmp_path / "sheets")
    monkeypatch.chdir(tmp_path)
    return Path("sheets")


def seal_rated(path: Path) -> Path:
    """Replace a sheet by its sealed marks, each on a submission of its own."""
    program = show_program(str(path.parent / "program.yaml"))
    piece = load(path.name, path.read_bytes()).piece
    assert piece is not None
    named = {
        "submission": hashlib.sha256(path.name.encode()).hexdigest(),
        "rubric_digest": program.rubrics[0].digest,
        "grader": piece.record.grader.model_copy(update={"id": "kim"}),
    }
    sheet = MarkSheet.model_validate(piece.record.model_copy(update=named).model_dump())
    sealed = path.with_suffix(".sealed.json")
    text = seal(sheet, "2026-06-01T10:00:00Z").model_dump_json(exclude_none=True)
    sealed.write_text(text, "utf-8")
    path.unlink()
    return sealed


def test_the_proposal_is_told_with_its_error_and_what_it_would_do(run: Run, desk: Path) -> None:
    result = run("standard", desk, *REGRESSION)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[:3] == [
        "Borderline regression case of school",
        "proposed pass mark 66.2 %",
        "cut 66.25 %, standard error 1.32",
    ]
    # SE = sqrt(325 / 14 * 0.075) = 1.3195; t(14) = 2.1448: 66.25 -+ 2.83.
    assert "95 % interval 63.4 to 69.1 % (t, 14 degrees of freedom)" in lines
    assert "Borderline 1 4 66.2 % borderline" in lines
    assert "now 80.0 % 5 11" in lines
    assert "proposed 66.2 % 10 6" in lines
    assert lines[-2].startswith("This is a proposal, and nothing was changed.")


def test_only_marks_that_their_graders_signed_count_where_signers_are_named(
    run: Run, desk: Path
) -> None:
    """Sixteen sheets by Kim, sealed; all are signed but one, and a draft lies beside them."""
    signers_file(Path("allowed"), kim=1)
    paths = [seal_rated(each) for each in sorted(desk.glob("*-*.yaml"))]
    assert len(paths) == 16
    sign_records(paths[1:], made_key(1))
    write_sheet(desk / "loose.yaml", 9, "borderline")
    done = run("standard", desk, *REGRESSION, "--signers", "allowed", "--format", "json")
    assert done.exit_code == 1
    assert f"{paths[0]}:1:1: CB820 the file is not signed" in done.stderr
    values = json.loads(done.stdout)
    assert values["sheets"] == 15
    left = {Path(each["path"]).name: each["why"] for each in values["left_out"]}
    assert left[paths[0].name] == "it is not signed as it has to be"
    assert "not sealed, and so not signed" in left["loose.yaml"]
    sign_records(paths[:1], made_key(1))
    (desk / "loose.yaml").unlink()
    assert run("standard", desk, *REGRESSION, "--signers", "allowed").exit_code == 0


def test_a_table_of_judges_is_not_signed(run: Run, desk: Path) -> None:
    """Whoever asks for signatures is not to believe that there were some."""
    signers_file(Path("allowed"), kim=1)
    Path("judges.csv").write_text("round,judge,item,expected\n1,A,safe,1\n", "utf-8")
    done = run("standard", "judges.csv", "--method", "angoff", "--signers", "allowed")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "a judges' table is not signed" in done.stderr


@pytest.mark.parametrize(
    "method", ["borderline-regression", "borderline-group", "contrasting-groups"]
)
def test_no_line_is_wider_than_a_terminal(run: Run, desk: Path, method: str) -> None:
    for at in range(6):
        for rating in ("fail", "borderline"):
            name = f"more-{rating}-{at}"
            write_sheet(
                desk / f"{name}.yaml", 3 + at, rating, work="same", grader=name, safe=at % 2
            )
    result = run("standard", desk, "--method", method)
    assert result.exit_code == 0
    assert "several graders" in result.stdout
    assert "6 sheets fail a must-pass criterion" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_json_holds_the_same_unrounded(run: Run, desk: Path) -> None:
    result = run("standard", desk, *REGRESSION, "--format", "json")
    values = json.loads(result.stdout)
    assert values["proposed_pass_percent"] == 66.2
    assert values["cut"]["value"] == pytest.approx(66.25)
    assert values["cut"]["confidence"] == 0.95
    assert values["effects"] == [
        {"pass_percent": 80, "passing": 5, "failing": 11},
        {"pass_percent": 66.2, "passing": 10, "failing": 6},
    ]
    assert (values["sheets"], values["graders"], values["left_out"]) == (16, 4, [])


def test_json_of_the_groups_holds_their_own_figures(run: Run, desk: Path) -> None:
    for at, rating in enumerate(("borderline", "fail", "fail")):
        write_sheet(desk / f"more-{at}.yaml", 8 + at, rating, work=f"more-{at}")
    words = ("standard", desk, "--format", "json", "--method")
    group = json.loads(run(*words, "borderline-group").stdout)
    # Quality 4, 6, 7, 8, 9: mean 6.8, median 7.
    assert group["cut"]["value"] == pytest.approx(67)
    assert (group["median"], group["group"]) == (67.5, 5)
    assert "unstable" in group["cautions"][0]
    contrast = json.loads(run(*words, "contrasting-groups").stdout)
    assert (contrast["failing"]["sheets"], contrast["passing"]["sheets"]) == (6, 8)
    assert contrast["cut"]["value"] == contrast["logistic"]["cut"]
    assert contrast["cut"]["standard_error"] > 0
    assert "gap" not in contrast
    assert "degrees" not in contrast["cut"]


@pytest.mark.parametrize("method", ["borderline-group", "contrasting-groups"])
def test_a_refusal_says_why_and_ends_with_1(run: Run, desk: Path, method: str) -> None:
    result = run("standard", desk, "--method", method)
    assert result.exit_code == 1
    assert "no cut: 4 sheets are rated" in result.stdout
    values = json.loads(run("standard", desk, "--method", method, "--format", "json").stdout)
    assert values["refused"].startswith("4 sheets are rated")
    assert "proposed_pass_percent" not in values


def test_files_with_faults_are_left_out_and_end_with_1(run: Run, desk: Path) -> None:
    (desk / "broken.yaml").write_text("kind: [", "utf-8")
    result = run("standard", desk, *REGRESSION)
    assert result.exit_code == 1
    assert "66.2 %" in result.stdout
    assert "left out: 1 file" in result.stdout
    assert f"{desk / 'broken.yaml'}:1:" in result.stderr


def test_sheets_beside_their_sealed_marks_take_one_line(run: Run, desk: Path) -> None:
    """Nothing is wrong with them; only what is amiss is listed by its name."""
    program = show_program(str(desk / "program.yaml"))
    more = f"submission: {'5b' * 32}\nrubric_digest: {program.rubrics[0].digest}"
    for name in ("one", "two"):
        sheet = write_sheet(desk / f"{name}.yaml", 4, "pass", work=name, more=more)
        sheet.write_text(sheet.read_text("utf-8").replace("{name: Kim}", "{name: Kim, id: kim}"))
        piece = load(sheet.name, sheet.read_bytes()).piece
        assert piece is not None
        assert isinstance(piece.record, MarkSheet)
        sealed = seal(piece.record, "2026-06-01T10:00:00Z").model_dump_json(exclude_none=True)
        (desk / f"{name}.sealed.json").write_text(sealed, "utf-8")
    write_sheet(desk / "draft.yaml", None, None)
    result = run("standard", desk, *REGRESSION)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "  left out: 1 file" in lines
    assert "  2 mark sheets lie beside their sealed marks, which count instead" in lines
    assert "one.yaml" not in result.stdout


@pytest.mark.parametrize("method", ["borderline-group", "contrasting-groups", "angoff"])
def test_a_single_sealed_sheet_is_not_read_out_of_a_proposal(
    run: Run, tmp_path: Path, desk: Path, method: str
) -> None:
    """Another grader's total and rating would stand in the means, the counts, or who passes."""
    program = show_program(str(desk / "program.yaml"))
    more = f"submission: {'5b' * 32}\nrubric_digest: {program.rubrics[0].digest}"
    sheet = write_sheet(tmp_path / "one.yaml", 4, "pass", work="one", more=more)
    sheet.write_text(sheet.read_text("utf-8").replace("{name: Kim}", "{name: Kim, id: kim}"))
    piece = load(sheet.name, sheet.read_bytes()).piece
    assert piece is not None
    assert isinstance(piece.record, MarkSheet)
    sealed = tmp_path / "one.sealed.json"
    content = seal(piece.record, "2026-06-01T10:00:00Z").model_dump_json(exclude_none=True)
    sealed.write_text(content, "utf-8")
    judges = tmp_path / "judges.csv"
    judges.write_text(
        "round,judge,item,expected\n"
        + "".join(
            f"1,{judge},{item},{expected}\n"
            for judge in "abcdef"
            for item, expected in (("quality", 4), ("safe", 1))
        ),
        "utf-8",
    )
    paths = (judges, sealed) if method == "angoff" else (sealed,)
    of = ("--method", method, "--program", str(desk / "program.yaml"))
    told = json.loads(run("standard", *paths, *of, "--format", "json").stdout)
    assert told["sheets"] == 1
    assert told["effects"] == []
    assert "ratings" not in told
    refused = None if method == "angoff" else "sealed marks are looked into among 5 sheets or more"
    assert told.get("refused") == refused


def test_an_unfinished_draft_is_left_out_and_no_fault(run: Run, desk: Path) -> None:
    write_sheet(desk / "draft.yaml", None, None)
    result = run("standard", desk, *REGRESSION)
    assert result.exit_code == 0
    assert "it is incomplete: no mark for 'Quality'" in result.stdout


def test_the_picture_is_drawn_beside_the_text(run: Run, desk: Path) -> None:
    result = run("standard", desk, *REGRESSION, "--picture", "line.svg")
    assert result.exit_code == 0
    assert result.stderr == "drawn: line.svg\n"
    assert "<title>Borderline regression</title>" in Path("line.svg").read_text("utf-8")
    again = run("standard", desk, *REGRESSION, "--picture", "line.svg", "--format", "json")
    assert json.loads(again.stdout)["picture"] == "line.svg"


def test_judges_are_read_from_a_table(run: Run, desk: Path, repository: Path) -> None:
    table = repository / "samples" / "grading" / "angoff.csv"
    words = ("standard", table, "--method", "modified-angoff", "--program", "nkt")
    result = run(*words, "--rubric", "case-study")
    assert result.exit_code == 0, result.stderr
    assert "round 1   round 2" in result.stdout
    assert "greatest disagreement" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    values = json.loads(run(*words, "--rubric", "case-study", "--format", "json").stdout)
    assert [each["round"] for each in values["rounds"]] == [1, 2]
    assert values["rounds"][1]["sd"] < values["rounds"][0]["sd"]
    assert values["change"]["value"] == pytest.approx(
        values["rounds"][1]["cut"]["value"] - values["rounds"][0]["cut"]["value"]
    )


def test_judges_who_agree_on_everything_are_told_so(run: Run, desk: Path) -> None:
    rows = [f"{judge},{item},0.5" for judge in "ABC" for item in ("x", "y")]
    Path("j.csv").write_text("\n".join(["judge,item,expected", *rows, ""]), "utf-8")
    result = run("standard", "j.csv", "--method", "angoff")
    assert result.exit_code == 0
    assert "the judges agree on every item" in result.stdout
    assert "50.0 %" in result.stdout


def test_groups_that_do_not_overlap_have_a_gap_and_no_error(run: Run, desk: Path) -> None:
    write_sheet(desk / "a.yaml", 1, "fail", work="a")
    words = ("standard", desk, "--method", "contrasting-groups")
    result = run(*words)
    assert "middle of the gap" in result.stdout
    assert "standard error" not in result.stdout
    values = json.loads(run(*words, "--format", "json").stdout)
    # Fail ends at quality 5, 62.5 %; pass begins at 8, 70 %.
    assert values["gap"] == [62.5, 70]
    assert values["cut"] == {"value": 66.25}


@pytest.mark.parametrize(
    "words, said",
    [
        ((*REGRESSION, "--position", "good"), "is not a rating and a number"),
        ((*REGRESSION, "--position", "=3"), "is not a rating and a number"),
        ((*REGRESSION, "--position", "good=nan"), "is not a rating and a number"),
        ((*REGRESSION, "--position", "good=3", "--position", "good=4"), "two positions"),
        ((*REGRESSION, "--position", "goood=3"), "did you mean `good`?"),
        ((*REGRESSION, "--borderline", "bordeline"), "did you mean `borderline`?"),
        ((*REGRESSION, "--failing", "fail"), "changes nothing"),
        ((*REGRESSION, "--picture", "line.png"), "name it line.svg"),
        (("--method", "angoff", "--picture", "line.svg"), "has no picture"),
        (("--method", "angoff"), "takes one judges' table"),
        (("--method", "anghoff"), "anghoff"),
        ((), "--method"),
        ((*REGRESSION, "--program", "nktt"), "nktt"),
        ((*REGRESSION, "nothing.yaml"), "there is no file"),
    ],
)
def test_a_slip_of_the_pen_is_answered(
    run: Run, desk: Path, words: tuple[str, ...], said: str
) -> None:
    result = run("standard", desk, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_name_cannot_paint_the_terminal(run: Run, desk: Path) -> None:
    rows = [f'"{judge}\u009b31m",x,{points}' for judge, points in zip("ABC", "010", strict=True)]
    Path("j.csv").write_text("\n".join(["judge,item,expected", *rows, ""]), "utf-8")
    result = run("standard", "j.csv", "--method", "angoff")
    assert result.exit_code == 1
    assert "\u009b" not in result.output


@pytest.mark.slow
def test_without_scipy_one_line_names_what_to_install(desk: Path) -> None:
    """Contrasting groups does without it."""
    hidden = (
        "import sys\n"
        "sys.modules['scipy'] = sys.modules['scipy.special'] = None\n"
        "from casebook.cli import main\n"
        "main()\n"
    )
    words = [sys.executable, "-c", hidden, "standard", str(desk), *REGRESSION]
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert result.returncode == 3
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert 'pip install "casebook[stats]"' in result.stderr
    write_sheet(desk / "a.yaml", 12, "fail", work="a")
    words[-1] = "contrasting-groups"
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "even odds" in result.stdout
