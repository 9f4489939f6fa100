"""``casebook rescore``: what would change, for whom, and that nothing is written."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from casebook.domain.canonical import values_of
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric
from casebook.workflow.programs import show_program
from casebook.workflow.signed_records import sign_records
from tests.portfolios.issued_lines import appeal, decided, outcome_of, written
from tests.portfolios.keys import made_key, signers_file
from tests.portfolios.moderated import Levels, issued_from, moderated_work
from tests.portfolios.rubrics import rubric_of

Run = Callable[..., Result]

NKT = show_program("nkt")
OLD = rubric_of({"id": "a", "title": "Safety"}, {"id": "b", "title": "Findings"}, pass_percent=40)
MARKS: dict[str, Levels] = {"Ada": {"a": 2, "b": 2}, "Bo": {"a": 0, "b": 2}, "Cy": {"a": 0, "b": 0}}
"""100 %, 50 % and 0 %."""


def made(
    name: str,
    policy: MarkingPolicy = NKT.rules.marking,
    **values: Any,  # noqa: ANN401 - whatever a result may hold
) -> IssuedResult:
    work = moderated_work(policy, OLD, {"kim": MARKS[name]}, work=f"case-{name.lower()}")
    usual: dict[str, Any] = {
        "candidate": name, "submission": f"{ord(name[0]):02x}" * 32, "program": "nkt",
        "program_digest": NKT.digest,
    }  # fmt: skip
    return issued_from({OLD: (work,)}, **{**usual, **values})


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three results in a folder; the user stands beside it."""
    written(tmp_path / "results", ada=made("Ada"), bo=made("Bo"), cy=made("Cy"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rubric_file(rubric: Rubric, name: str = "new.yaml") -> str:
    header = {"kind": "rubric", "format": 1}
    Path(name).write_text(yaml.safe_dump({**header, **values_of(rubric)}, sort_keys=False))
    return name


def stricter() -> str:
    """Findings counts four times, and 90 % are needed: Ada has 100 %, Bo 80 %, Cy 0 %."""
    return rubric_file(
        rubric_of({"id": "a", "title": "Safety"},
                  {"id": "b", "title": "Findings", "weight": 4}, pass_percent=90)
    )  # fmt: skip


@pytest.mark.usefixtures("office")
def test_it_tells_what_changes_and_for_whom(run: Run) -> None:
    """Findings, 50 points above Bo's old total, has 3 of 5 weights more: 50 + 30 = 80."""
    outcome = run("rescore", "results", "--rubric", stricter())
    assert outcome.exit_code == 1
    assert outcome.stdout.split("\n\n")[-2:] == [
        (
            "Bo  pass -> fail  results/bo.result.json\n"
            "  case-bo                       50.0 % -> 80.0 %      pass -> fail\n"
            "    Findings +30.0: weight 1 -> 4\n"
            "    pass mark 40 % -> 90 %"
        ),
        (
            "1 of 3 results would change: 1 pass -> fail.\n"
            "Nothing is written: a finished result stays what it is. A changed one needs a\n"
            "new decision: marks by the new rubric and `casebook moderate`, or an appeal that\n"
            "is upheld with `casebook appeal`.\n"
        ),
    ]
    assert "weight changed" in outcome.stdout
    assert outcome.stderr == ""


@pytest.mark.usefixtures("office")
def test_only_signed_results_are_looked_at_where_signers_are_named(run: Run) -> None:
    signers_file(Path("allowed"), lou=9)
    paths = [Path("results") / f"{name}.result.json" for name in ("ada", "bo", "cy")]
    sign_records(paths[:2], made_key(9))
    sign_records(paths[2:], made_key(8))
    words = ("rescore", "results", "--rubric", stricter(), "--signers", "allowed")
    outcome = run(*words)
    assert outcome.exit_code == 1
    assert "1 of 2 results would change" in outcome.stdout
    assert f"{paths[2]}:1:1: CB820 the file is signed, and that does not count" in outcome.stderr
    assert run("rescore", "results", "--rubric", stricter()).stderr == ""


@pytest.mark.usefixtures("office")
def test_all_lists_those_too_that_would_stay(run: Run) -> None:
    name = stricter()
    assert "Ada" not in run("rescore", "results", "--rubric", name).stdout
    outcome = run("rescore", "results", "--rubric", name, "--all")
    assert "\nAda  pass  results/ada.result.json\n" in outcome.stdout
    assert "  case-ada                      100.0 %               pass\n" in outcome.stdout


def test_nothing_is_written(office: Path, run: Run) -> None:
    name = stricter()

    def everything() -> dict[Path, bytes]:
        return {each: each.read_bytes() for each in office.rglob("*") if each.is_file()}

    before = everything()
    for form in ("text", "json", "csv"):
        run("rescore", "results", "--rubric", name, "--format", form)
    assert everything() == before
    assert len(before) == 4


@pytest.mark.usefixtures("office")
def test_other_words_alone_end_with_0(run: Run) -> None:
    outcome = run("rescore", "results", "--rubric", rubric_file(OLD.model_copy(
        update={"title": "Other words"})))  # fmt: skip
    assert outcome.exit_code == 0
    assert outcome.stdout.endswith("None of 3 results would change.\nNothing is written.\n")
    assert "title reworded" in outcome.stdout


@pytest.mark.usefixtures("office")
def test_the_very_same_rubric_says_so(run: Run) -> None:
    outcome = run("rescore", "results", "--rubric", rubric_file(OLD))
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("3 results issued by this very wording\n")


@pytest.mark.usefixtures("office")
def test_a_new_criterion_names_who_has_not_marked_it(run: Run) -> None:
    more = rubric_of({"id": "a", "title": "Safety"}, {"id": "b", "title": "Findings"},
                     {"id": "c", "title": "Homework"}, pass_percent=40)  # fmt: skip
    outcome = run("rescore", "results/bo.result.json", "--rubric", rubric_file(more))
    assert "    Homework: new, the grader has not marked it (kim)\n" in outcome.stdout
    assert "50.0 % -> none" in outcome.stdout
    assert "1 of 1 result would change: 1 pass -> incomplete." in outcome.stdout


@pytest.mark.usefixtures("office")
def test_near_the_new_pass_mark_it_tells_whose_mark_is_wanted(run: Run) -> None:
    """The shipped policy asks for another grader within five points of the pass mark."""
    near = OLD.model_copy(update={"pass_percent": 52.0})
    outcome = run("rescore", "results", "--rubric", rubric_file(near))
    said = " ".join(outcome.stdout.split())
    assert "The total of 50.0 % lies within 5 percentage points of the pass mark of 52 %" in said
    assert "wanted then: one more grader marks case-bo as a further grader" in said
    assert "A further grader is asked." not in said


@pytest.mark.usefixtures("office")
def test_totals_that_change_are_told_apart_from_results(run: Run) -> None:
    """By twice the weight Bo has 66.7 %, and passes as before."""
    twice = rubric_of({"id": "a", "title": "Safety"},
                      {"id": "b", "title": "Findings", "weight": 2}, pass_percent=40)  # fmt: skip
    outcome = run("rescore", "results", "--rubric", rubric_file(twice))
    assert outcome.exit_code == 1
    said = " ".join(outcome.stdout.split())
    assert "None of 3 results would change. 1 more would keep its result, though not all" in said
    assert "pass mark" not in outcome.stdout.split("\n\n")[-2]


@pytest.mark.usefixtures("office")
def test_json_holds_what_the_text_says(run: Run) -> None:
    outcome = run("rescore", "results", "--rubric", stricter(), "--format", "json")
    values: dict[str, Any] = json.loads(outcome.stdout)
    assert values["overview"]["verdicts"] == [{"before": "pass", "after": "fail", "count": 1}]
    assert (values["overview"]["results"], values["overview"]["unchanged"]) == (3, 2)
    assert values["wordings"][0]["results"] == 3
    (result,) = values["results"]
    (work,) = result["works"]
    assert result["result"] == {"before": "pass", "after": "fail"}
    assert (work["before"]["percent"], work["after"]["percent"]) == (50.0, 80.0)
    assert work["moves"][0]["points"] == pytest.approx(30)
    assert values["findings"] == []


@pytest.mark.usefixtures("office")
def test_json_has_no_percentage_where_there_is_none(run: Run) -> None:
    more = rubric_of({"id": "a", "title": "Safety"}, {"id": "b", "title": "Findings"}, {"id": "c"},
                     pass_percent=40)  # fmt: skip
    outcome = run("rescore", "results", "--rubric", rubric_file(more), "--format", "json")
    after = [each["works"][0]["after"] for each in json.loads(outcome.stdout)["results"]]
    assert len(after) == 3
    assert all("percent" not in each and each["result"] == "incomplete" for each in after)


@pytest.mark.usefixtures("office")
def test_csv_has_a_row_for_each_work(run: Run) -> None:
    outcome = run("rescore", "results", "--rubric", stricter(), "--format", "csv", "--all")
    rows = list(csv.DictReader(io.StringIO(outcome.stdout.removeprefix("\ufeff"))))
    assert [(each["candidate"], each["total"], each["new total"]) for each in rows] == [
        ("Bo", "50.0", "80.0"), ("Ada", "100.0", "100.0"), ("Cy", "0.0", "0.0"),
    ]  # fmt: skip
    assert [each["changes"] for each in rows] == ["yes", "no", "no"]
    assert rows[0]["moved by"] == "Findings +30.0: weight 1 -> 4"
    assert len({each["new rubric digest"] for each in rows}) == 1


def test_other_graders_who_count_are_told(office: Path, run: Run, repository: Path) -> None:
    """Totals of 50, 50 and 75 % become 75, 25 and 87.5 %; the closest two count."""
    shutil.copytree(repository / "casebook" / "programs" / "nkt", office / "own")
    rules = office / "own" / "program.yaml"
    rules.write_text(rules.read_text().replace("  graders: 1\n", "  graders: 2\n"))
    policy = show_program("own").rules.marking
    marks = {"kim": {"a": 2, "b": 0}, "lou": {"a": 0, "b": 2}, "max": {"a": 2, "b": 1}}
    work = moderated_work(policy, OLD, marks)
    written(office / "three", one=issued_from({OLD: (work,)}, program="nkt"))
    heavier = rubric_of({"id": "a", "title": "Safety", "weight": 3},
                        {"id": "b", "title": "Findings"}, pass_percent=40)  # fmt: skip
    outcome = run("rescore", "three", "--rubric", rubric_file(heavier), "--program", "own")
    assert "  50.0 % -> 81.2 %      pass\n" in outcome.stdout
    assert "    marks that count: kim, lou -> kim, max\n" in outcome.stdout
    assert "1 result was made by another version of the program" in outcome.stderr


def test_a_result_that_was_followed_by_another_is_not_looked_at(office: Path, run: Run) -> None:
    first = made("Bo", appeal_until=date(2026, 12, 1), submission="cc" * 32)
    ruling = decided(appeal(first, first.issued), first.issued, "upheld")
    written(office / "line", one=first, two=ruling, three=outcome_of(ruling, first, made("Ada")
            .model_copy(update={"submission": "cc" * 32, "candidate": "Bo"})))  # fmt: skip
    outcome = run("rescore", "line/one.result.json", "--rubric", stricter())
    assert outcome.exit_code == 0
    assert outcome.stderr == "1 result was followed by a newer one, which is looked at instead\n"


def test_what_is_left_out_is_told_once_for_each_reason(office: Path, run: Run) -> None:
    for number in range(5):
        mine = made("Bo", program="walks", submission=f"{number:02x}" * 32)
        written(office / "results", **{f"own{number}": mine})
    outcome = run("rescore", "results", "--rubric", stricter())
    assert outcome.exit_code == 1
    (line,) = outcome.stderr.splitlines()
    assert line.startswith(
        "casebook: results/own0.result.json, results/own1.result.json, results/own2.result.json "
        "and 2 more are left out: the program walks neither ships with casebook "
        "nor lies near the results"
    )
    assert line.endswith("--program FILE")


def test_where_nothing_can_be_looked_at_it_says_so(office: Path, run: Run) -> None:
    written(office / "own", one=made("Bo", program="walks"))
    outcome = run("rescore", "own", "--rubric", stricter())
    assert outcome.exit_code == 1
    assert outcome.stdout.startswith("No result could be looked at.\n")
    assert "casebook: own/one.result.json is left out: " in outcome.stderr


def test_what_is_beside_the_matter_is_told_on_stderr(office: Path, run: Run) -> None:
    other = rubric_of({"id": "a"}, id="other")
    work = moderated_work(NKT.rules.marking, other, {"kim": {"a": 2}})
    written(
        office / "results",
        x=issued_from({other: (work,)}, submission="aa" * 32),
        y=made("Bo", program_digest="0" * 128, submission="bb" * 32),
    )
    outcome = run("rescore", "results", "--rubric", stricter())
    assert outcome.stderr.splitlines() == [
        "1 result was not judged by case",
        (
            "1 result was made by another version of the program; the marking policy used is the "
            "present one, which makes the same of the old wording"
        ),
    ]


@pytest.mark.usefixtures("office")
def test_a_rubric_with_faults_ends_it(run: Run) -> None:
    Path("bad.yaml").write_text("kind: rubric\nformat: 1\nid: case\n")
    outcome = run("rescore", "results", "--rubric", "bad.yaml")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert "`criteria` is missing" in outcome.stderr
    assert "no result is looked at" in outcome.stderr
    found = run("rescore", "results", "--rubric", "bad.yaml", "--format", "json")
    assert json.loads(found.stdout)["summary"]["errors"] > 0


@pytest.mark.parametrize(
    "words, said",
    [
        (["results"], "missing option '--rubric'"),
        (["nothing", "--rubric", "new.yaml"], "there is no file 'nothing'"),
        (["new.yaml", "--rubric", "new.yaml"], "a file of kind rubric, neither a result nor"),
        (["results", "--rubric", "nkt:case-study"], "judged by a rubric 'case-study'; known: case"),
        (["results", "--rubric", "other.yaml"], "there is no file 'other.yaml'"),
        (["--rubric", "new.yaml"], "missing argument"),
    ],
)
@pytest.mark.usefixtures("office")
def test_wrong_usage_is_told_with_its_remedy(words: list[str], said: str, run: Run) -> None:
    stricter()
    outcome = run("rescore", *words)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert said in outcome.stderr


@pytest.mark.usefixtures("office")
def test_no_text_of_a_file_paints_the_screen(
    office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Formulas stay texts too, even where nothing looked for tricks when the file was read."""
    monkeypatch.setattr("casebook.source.unseen.tricks", lambda _: ())
    written(office / "evil", one=made("Bo", candidate="=1+1 \u202e\x1b[2J x"))
    outcome = run("rescore", "evil", "--rubric", stricter(), "--format", "csv")
    assert "\"'=1+1 [U+202E][U+001B][2J x" in outcome.stdout
    shown = run("rescore", "evil", "--rubric", stricter())
    assert "\u202e" not in shown.stdout
