"""`casebook moderate`: what an office sees, types and gets."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.portfolios.keys import key_file, signers_file
from tests.portfolios.office import Office

Run = Callable[..., Result]
DAY = ("--date", "2026-07-01")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office's folder, and the user in it."""
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path)


def test_a_table_the_rules_and_the_reasons(office: Office, run: Run) -> None:
    """Each criterion with every grader's level and what was agreed."""
    folder = office.submission()
    sheets = [office.mark(folder, "ana", (1, 2)), office.mark(folder, "bo", (1, 3))]
    done = run("moderate", "submissions/s01", *sheets, *DAY)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("submissions/s01  PASS  ")
    assert "                ana     bo  agreed" in lines
    assert "  Quality         2      3   2.5/3" in lines
    assert "  Safe            1      1     1/1  must pass" in lines
    assert "  Total in %   75.0  100.0    87.5" in lines
    assert "  - 2 graders have marked the work." in lines
    assert all(len(line) <= 80 for line in lines)


def test_who_is_wanted_and_the_command_for_it(office: Office, run: Run) -> None:
    """No mark of the one who has sealed is printed, in no format; nothing is written."""
    folder = office.submission(policy="graders: 2, draw: {seed: a seed}")
    drawn = run("draw", folder, *DAY, "--format", "json")
    first, second = json.loads(drawn.stdout)[0]["works"][0]["asked"]
    sheet = office.mark(folder, first, (0, 3))
    done = run("moderate", "submissions/s01", sheet, "-o", "s01.result.json", *DAY)
    assert done.exit_code == 1
    assert f" ({second}) marks heel\n" in done.stdout
    assert f"casebook mark new submissions/s01 --grader {second} --work heel" in done.stdout
    assert "Quality" not in done.stdout
    assert "no result is written" in done.stderr
    assert not (office.root / "s01.result.json").exists()
    values = json.loads(run("moderate", folder, sheet, *DAY, "--format", "json").stdout)
    assert values["needs"] == [
        {
            "work": "heel",
            "what": "mark",
            "graders": [second],
            "says": values["needs"][0]["says"],
        }
    ]
    assert all(not work["evaluations"] for work in values["works"])
    assert all(not each["levels"] for work in values["works"] for each in work["criteria"])


def test_a_sheet_that_lies_there_is_not_asked_for_again(office: Office, run: Run) -> None:
    """Of the one who is asked: it is said to be there and not sealed, with the command for it."""
    folder = office.submission(policy="graders: 2, draw: {seed: a seed}")
    drawn = run("draw", folder, *DAY, "--format", "json")
    first, second = json.loads(drawn.stdout)[0]["works"][0]["asked"]
    office.mark(folder, first, (0, 3))
    draft = office.marks / "s01" / f"heel.{second}.yaml"
    text = office.sheet(folder, second, (1, 3)).model_dump_json(exclude_none=True)
    draft.write_text(text, "utf-8")
    done = run("moderate", "submissions", "marks", *DAY)
    assert done.exit_code == 1
    assert "mark new" not in done.stdout
    path = f"marks/s01/heel.{second}.yaml"
    lines = done.stdout.splitlines()
    assert f"    {path} is there, and not sealed; once it is finished:" in lines
    assert f"      casebook mark seal {path} --submission submissions/s01" in lines
    values = json.loads(run("moderate", "submissions", "marks", *DAY, "--format", "json").stdout)
    assert values["submissions"][0]["needs"][0]["not_sealed"] == path


def test_marks_on_a_submission_as_it_was_are_not_missed_in_silence(
    office: Office, run: Run
) -> None:
    """One submission and a folder of marks: it was changed after it was marked."""
    folder = office.submission(policy="graders: 1")
    office.mark(folder, "ana", (1, 3))
    assert run("moderate", folder, "marks", *DAY).exit_code == 0
    case = folder / "cases" / "heel.yaml"
    case.write_text(case.read_text("utf-8") + "# one more line\n", "utf-8")
    done = run("moderate", folder, "marks", *DAY)
    assert done.exit_code == 1
    assert "no sealed marks in marks are about" in done.stderr
    assert "as it is now" in done.stderr


def test_graders_who_have_to_talk_see_where_they_differ(office: Office, run: Run) -> None:
    """All who were asked have sealed: the table is there, and no agreed level yet."""
    folder = office.submission(
        policy="graders: 2, tolerance_percent: 30, beyond_tolerance: discussion"
    )
    office.mark(folder, "ana", (1, 0))
    office.mark(folder, "bo", (1, 3))
    done = run("moderate", folder, "marks", *DAY)
    assert done.exit_code == 1
    assert "  Quality         0      3  of 3" in done.stdout.splitlines()
    assert "discuss heel" in done.stdout
    assert "casebook mark change SEALED SHEET --reason WHY" in done.stdout


def test_a_folder_has_a_line_for_each_and_a_count(office: Office, run: Run) -> None:
    """What is complete is written; the command ends with 1 while anything is open."""
    first = office.submission("s01", policy="graders: 1")
    second = office.submission("s02", policy="graders: 1")
    office.submission("s03", policy="graders: 1")
    office.mark(first, "ana", (1, 3))
    office.mark(second, "zoe", (1, 3))
    done = run("moderate", "submissions", "marks", "-o", "results", *DAY)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("submissions/s01  PASS        heel 100.0 %, observed 83.3 %")
    assert lines[0].endswith("; issued")
    assert lines[1] == "submissions/s02  REFUSED"
    assert lines[2].startswith("    marks/s02/heel.zoe.sealed.json is by `zoe`")
    assert "submissions/s03  INCOMPLETE" in lines
    assert "3 submissions: 1 pass, 1 incomplete, 1 refused" in lines
    assert "1 of 3 results stand in results" in done.stderr
    values = json.loads(run("moderate", "submissions", "marks", *DAY, "--format", "json").stdout)
    assert (values["complete"], len(values["submissions"])) == (1, 3)


def test_a_complete_fail_is_a_result(office: Office, run: Run) -> None:
    """The office's work is done: it ends with 0, and the file passes `check`."""
    folder = office.submission(policy="graders: 1")
    office.mark(folder, "ana", (0, 3))
    done = run("moderate", folder, "marks", "-o", "s01.result.json", *DAY)
    assert done.exit_code == 0
    assert "FAIL" in done.stdout
    assert "issued: s01.result.json" in done.stderr
    assert run("check", "s01.result.json").exit_code == 0
    again = run("moderate", folder, "marks", "-o", "s01.result.json", *DAY)
    assert "issued before: s01.result.json" in again.stderr


@pytest.mark.parametrize(
    "words, code, says",
    [
        (["submissions/none"], 2, "there is no file"),
        (["submissions/s01", "none.sealed.json"], 2, "there is no file"),
        (["submissions/s01", "submissions/s01/cases/heel.yaml"], 2, "holds no marks"),
        (["submissions/s01", "--graders", "none.yaml"], 2, "there is no file"),
        (["submissions/s01", "--unsealed"], 2, "not sealed count only where"),
        (["submissions", "-o", "graders.yaml"], 2, "need a folder"),
        (["marks"], 2, "holds no submission"),
        (["submissions/s01", "submissions/s01"], 1, "there are no sealed marks in"),
    ],
)
def test_clumsy_words_get_a_clear_answer(
    office: Office, run: Run, words: list[str], code: int, says: str
) -> None:
    """One line that says what is wrong, and no traceback."""
    office.submission()
    office.marks.mkdir()
    done = run("moderate", *words, *DAY)
    assert done.exit_code == code, done.output
    assert says in done.stderr


def test_a_titles_signs_are_shown_and_not_obeyed(office: Office, run: Run) -> None:
    """A long title is cut, and the table stays within 80 columns."""
    folder = office.submission(policy="graders: 1")
    rubric = folder / "program" / "rubrics" / "case.yaml"
    text = rubric.read_text("utf-8").replace("title: Quality", f"title: {'Quality ' * 20}")
    rubric.write_text(text, "utf-8")
    office.mark(folder, "ana", (1, 3))
    done = run("moderate", folder, "marks", *DAY)
    assert "…" in done.stdout
    table = [line for line in done.stdout.splitlines() if "/3" in line]
    assert table
    assert all(len(line) <= 80 for line in table)


def test_refused_marks_are_told_with_their_files(office: Office, run: Run) -> None:
    """One submission by itself, and among others, with how many more there are."""
    folder = office.submission(policy="graders: 1")
    office.mark(folder, "zoe", (1, 3))
    office.mark(folder, "yan", (1, 3))
    done = run("moderate", "submissions/s01", "marks", *DAY)
    assert done.exit_code == 1
    assert "submissions/s01  REFUSED" in done.stdout
    assert "  - marks/s01/heel.zoe.sealed.json is by `zoe` (zoe), who is not in" in done.stdout
    many = run("moderate", "submissions", "marks", *DAY)
    assert "(and 1 more)" in many.stdout
    values = json.loads(run("moderate", folder, "marks", *DAY, "--format", "json").stdout)
    assert (values["result"], len(values["refused"])) == ("incomplete", 2)


def test_a_result_that_says_otherwise_is_not_written_over(office: Office, run: Run) -> None:
    """In a folder the fault stands in its line; by itself it ends the command."""
    folder = office.submission(policy="graders: 1")
    office.mark(folder, "ana", (1, 3))
    assert run("moderate", "submissions", "marks", "-o", "results", *DAY).exit_code == 0
    office.remark(folder, "ana", (1, 2), "2026-07-01T09:00:00Z")
    many = run("moderate", "submissions", "marks", "-o", "results", *DAY)
    assert many.exit_code == 1
    assert "says something else than the marks say now" in " ".join(many.stdout.split())
    values = run("moderate", "submissions", "marks", "-o", "results", *DAY, "--format", "json")
    assert json.loads(values.stdout)["submissions"][0]["refused"]
    one = run("moderate", folder, "marks", "-o", "results/s01.result.json", *DAY)
    assert one.exit_code == 2
    assert "a result is never replaced" in one.stderr


def test_a_submission_that_cannot_be_read_has_its_line(office: Office, run: Run) -> None:
    """As text and as JSON."""
    (office.submission() / "portfolio.yaml").write_text("kind: portfolio", "utf-8")
    done = run("moderate", "submissions", *DAY)
    assert done.exit_code == 1
    assert done.stdout.startswith("submissions/s01  REFUSED\n    submissions/s01 cannot be graded")
    assert max(map(len, done.stdout.splitlines())) <= 80
    values = json.loads(run("moderate", "submissions", *DAY, "--format", "json").stdout)
    assert "cannot be graded" in values["submissions"][0]["refused"][0]


def test_what_was_believed_is_told_once_for_all_it_is_true_of(office: Office, run: Run) -> None:
    """Beside the results and not among them; with the office's own rules it is not told."""
    for name in ("s01", "s02"):
        folder = office.submission(name, policy="graders: 1")
        office.mark(folder, "ana", (1, 3))
    done = run("moderate", "submissions", "marks", *DAY)
    (rules,) = (each for each in done.stderr.splitlines() if "--program FILE" in each)
    assert rules.startswith("caution: 2 submissions: the rules of ")
    assert "caution" not in done.stdout
    own = ("--program", "submissions/s01/program/program.yaml")
    assert "--program FILE" not in run("moderate", "submissions", "marks", *DAY, *own).stderr
    one = run("moderate", "submissions/s01", "marks/s01", *DAY, "--format", "json")
    assert "came with the submission" in json.loads(one.stdout)["cautions"][0]


def test_what_everybody_signed_makes_a_signed_result(office: Office, run: Run) -> None:
    """A candidate their submission, and graders their marks; else nothing comes of it."""
    folder = office.submission()
    sheets = [office.mark(folder, "ana", (1, 2)), office.mark(folder, "bo", (1, 3))]
    keys = [key_file(office.root / f"key-{number}", number) for number in range(4)]
    for key, sheet in zip(keys[1:], sheets, strict=False):
        assert run("key", "sign", sheet, "--sign", key).exit_code == 0
    for name, key in (("s01.zip", keys[3]), ("theirs.zip", keys[0])):
        assert run("submit", folder, "-o", name, "--sign", key).exit_code == 0
    signers = signers_file(office.root / "allowed", ana=1, bo=2, kim=3)
    trusted = ("-o", "results", "--signers", signers, "--program", folder / "program", *DAY)
    words = ("moderate", "s01.zip", *sheets, *trusted)
    assert run(*words, "--sign", keys[2]).exit_code == 0
    assert (office.root / "results" / "s01.result.json.sig").exists()
    assert run("key", "check", "results", "--signers", signers).exit_code == 0
    assert run("report", "office", "results", "--signers", signers).exit_code == 0
    stranger = run("moderate", "theirs.zip", *sheets, *trusted, "--sign", keys[2])
    assert stranger.exit_code == 1
    assert "is not among the signers" in stranger.stderr
    assert not (office.root / "results" / "theirs.result.json").exists()
    sheets[0].with_name(f"{sheets[0].name}.sig").unlink()
    refused = run(*words)
    assert refused.exit_code == 1
    assert "is not signed: there is no" in " ".join(refused.stdout.split())


def test_a_result_is_signed_under_rules_that_the_office_names(office: Office, run: Run) -> None:
    """One submission is wrong usage; of many, each has its line."""
    folder = office.submission(policy="graders: 1")
    sheet = office.mark(folder, "ana", (1, 3))
    key = key_file(office.root / "key", 1)
    one = run("moderate", "submissions/s01", sheet, "-o", "results", "--sign", key, *DAY)
    assert (one.exit_code, one.stdout) == (2, "")
    assert "name yours: --program FILE" in one.stderr
    many = run("moderate", "submissions", sheet, "-o", "results", "--sign", key, *DAY)
    assert many.exit_code == 1
    assert "what an office signs goes by its own" in " ".join(many.stdout.split())
    assert not (office.root / "results").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("moderate", "submissions/s01", "marks"),
        ("draw", "submissions"),
        ("mark", "new", "submissions/s01", "--grader", "ana", "-o", "sheets"),
        ("mark", "check", "sheet.yaml", "--submissions", "submissions"),
    ],
    ids=["moderate", "draw", "mark new", "mark check"],
)
def test_rules_are_those_of_whoever_grades(
    office: Office, run: Run, command: tuple[str, ...]
) -> None:
    """Named ones are held to, and the candidate's are refused; without any it is said."""
    folder = office.submission(policy="graders: 1, draw: {seed: a seed}")
    own = Path(shutil.copytree(folder / "program", "own"))
    sheet = office.sheet(folder, "ana", (1, 3))
    Path("sheet.yaml").write_text(sheet.model_dump_json(exclude_none=True), "utf-8")
    office.mark(folder, "ana", (1, 3))
    believed = run(*command, *DAY)
    assert believed.exit_code == 0, believed.output
    assert "came with the submission and were believed" in believed.stderr
    shutil.rmtree("sheets", ignore_errors=True)
    assert "were believed" not in run(*command, "--program", "own", *DAY).stderr
    rubric = own / "rubrics" / "case.yaml"
    rubric.write_text(rubric.read_text("utf-8").replace("pass_percent: 50", "pass_percent: 60"))
    refused = run(*command, "--program", "own", *DAY)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "made by other rules than the rules you named" in refused.stderr


@pytest.mark.parametrize(
    "command", [("draw", "s01.zip"), ("mark", "new", "s01.zip", "--grader", "ana", "-o", "sheets")]
)
def test_who_is_drawn_and_gets_sheets_for_what_was_signed(
    office: Office, run: Run, command: tuple[str, ...]
) -> None:
    """By somebody whom the office knows; without `--signers` it says that nobody looked."""
    folder = office.submission(policy="graders: 1, draw: {seed: a seed}")
    key = key_file(office.root / "key", 3)
    assert run("submit", folder, "-o", "s01.zip", "--sign", key).exit_code == 0
    stranger = run(*command, "--signers", signers_file(Path("others"), eve=4), *DAY)
    assert (stranger.exit_code, stranger.stdout) == (1, "")
    assert "is not among the signers" in stranger.stderr
    known = run(*command, "--signers", signers_file(Path("known"), kim=3), *DAY)
    assert known.exit_code == 0
    assert "who signed it" not in known.stderr
    shutil.rmtree("sheets", ignore_errors=True)
    assert "nobody has looked who signed it" in run(*command, *DAY).stderr
