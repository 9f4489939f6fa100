"""A decision leaves everything as it was, and ends with a new result that names the old one."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casebook.domain.outcome.issued import SealUsed
from casebook.errors import CasebookError, Interrupted, UnacceptableWork, UsageError
from casebook.evaluation.lineage import trace
from casebook.workflow.appeals.deciding import Ruling, decide_appeal
from casebook.workflow.results.files import read_result_files
from tests.portfolios.issued_lines import appeal, decided, outcome_of, result, written

OLD = result(mark=0, on=date(2026, 7, 1), appeal_until=date(2026, 8, 1))
OPENED = appeal(OLD, date(2026, 7, 10))
NEW = result(mark=2, on=date(2026, 7, 20), appeal_until=date(2026, 8, 20))
DAY = date(2026, 8, 15)
DISMISSAL = Ruling("dismissed", "The retest was weighed.", "Lou Lee", DAY)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """An old result, the appeal against it, and what came of new marks."""
    made = written(tmp_path / "anew", new=NEW)
    return written(tmp_path, s01=OLD, complaint=OPENED) | made


def upholding(path: Path) -> Ruling:
    return Ruling("upheld", "The retest counts.", "Lou Lee", DAY, new_result=path)


def test_a_dismissal_confirms_the_old_result_and_is_the_end(files: dict[str, Path]) -> None:
    before = {path: path.read_bytes() for path in files.values()}
    done = decide_appeal(files["complaint"], files["s01"], DISMISSAL)
    outcome, ruling = done.result.record, done.appeal.record
    assert Path(done.result.path).name == "s01.after-appeal.result.json"
    assert Path(done.appeal.path).name == "complaint.decided.appeal.json"
    assert (outcome.result, outcome.works, outcome.seals) == ("fail", OLD.works, OLD.seals)
    assert (outcome.issued, outcome.appeal_until) == (DAY, None)
    assert outcome.follows is not None
    assert outcome.follows.result == OLD.digest
    assert outcome.follows.appeal == ruling.digest
    assert (outcome.follows.outcome, outcome.follows.reason) == (
        "dismissed", "The retest was weighed.",
    )  # fmt: skip
    assert ruling.as_opened == OPENED
    assert {path: path.read_bytes() for path in before} == before


def test_an_upheld_appeal_ends_with_the_new_marks(files: dict[str, Path]) -> None:
    """NEW could be appealed against for 31 days from 20 July: so from 15 August to 15 September."""
    done = decide_appeal(files["complaint"], files["s01"], upholding(files["new"]))
    outcome = done.result.record
    assert (outcome.result, outcome.works, outcome.seals) == ("pass", NEW.works, NEW.seals)
    assert (outcome.issued, outcome.appeal_until) == (DAY, date(2026, 9, 15))


def test_new_marks_that_cannot_be_appealed_against_stay_so(files: dict[str, Path]) -> None:
    final = NEW.model_copy(update={"appeal_until": None})
    path = written(files["new"].parent, final=final)["final"]
    done = decide_appeal(files["complaint"], files["s01"], upholding(path))
    assert done.result.record.appeal_until is None


@pytest.mark.parametrize("outcome", ["dismissed", "upheld"])
def test_what_a_decision_writes_is_a_line_that_holds(files: dict[str, Path], outcome: str) -> None:
    ruling = DISMISSAL if outcome == "dismissed" else upholding(files["new"])
    decide_appeal(files["complaint"], files["s01"], ruling)
    read = read_result_files([files["s01"].parent])
    chosen = [each for each in read.results if outcome == "upheld" or "anew" not in each.path]
    (line,) = trace(chosen, read.appeals).lines
    assert (line.gaps, line.faults, line.undecided) == ((), (), ())
    assert len(line.results) == 2


def test_a_decision_is_never_replaced(files: dict[str, Path], tmp_path: Path) -> None:
    done = decide_appeal(files["complaint"], files["s01"], DISMISSAL)
    with pytest.raises(UnacceptableWork, match="is followed by"):
        decide_appeal(files["complaint"], files["s01"], DISMISSAL)
    with pytest.raises(UnacceptableWork, match="was decided on 2026-08-15: dismissed"):
        decide_appeal(Path(done.appeal.path), files["s01"], DISMISSAL)
    Path(done.result.path).rename(tmp_path / "elsewhere.json")
    other = replace(DISMISSAL, reason="Another reason.")
    with pytest.raises(UnacceptableWork, match="says that this appeal was decided") as refusal:
        decide_appeal(files["complaint"], files["s01"], other)
    assert "with --date 2026-08-15" in (refusal.value.hint or "")


def test_a_run_that_was_stopped_between_its_two_files_is_finished_by_another(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decision is there, the result is not: the same command writes what is missing."""
    link = os.link

    def stop_at_a_result(temporary: Path, path: Path) -> None:
        if "result" in path.name:
            raise KeyboardInterrupt
        link(temporary, path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", stop_at_a_result)
        with pytest.raises(Interrupted, match="stopped") as stopped:
            decide_appeal(files["complaint"], files["s01"], DISMISSAL)
    assert "written by then, each whole: " in (stopped.value.hint or "")
    assert "complaint.decided.appeal.json" in (stopped.value.hint or "")
    done = decide_appeal(files["complaint"], files["s01"], DISMISSAL)
    assert Path(done.result.path).is_file()


def test_the_new_result_has_a_name_by_which_it_is_found(files: dict[str, Path]) -> None:
    """Nothing is written otherwise, the decision neither."""
    before = sorted(files["s01"].parent.iterdir())
    with pytest.raises(UsageError, match="would not be found"):
        decide_appeal(files["complaint"], files["s01"], DISMISSAL, Path("new.json"))
    assert sorted(files["s01"].parent.iterdir()) == before


def test_result_and_appeal_must_belong_together(files: dict[str, Path], tmp_path: Path) -> None:
    """A changed result is another result."""
    changed = OLD.model_copy(update={"candidate": "Ana Ruiz"})
    path = written(tmp_path / "other", changed=changed)["changed"]
    with pytest.raises(UnacceptableWork, match="or that one was changed"):
        decide_appeal(files["complaint"], path, DISMISSAL)


def test_a_decision_comes_after_the_appeal(files: dict[str, Path]) -> None:
    early = replace(DISMISSAL, on=date(2026, 7, 9))
    with pytest.raises(UnacceptableWork, match="opened on 2026-07-10, after 2026-07-09"):
        decide_appeal(files["complaint"], files["s01"], early)


def test_only_an_upheld_appeal_has_a_new_result(files: dict[str, Path]) -> None:
    for ruling, says in (
        (replace(DISMISSAL, new_result=files["new"]), "confirms the old result"),
        (replace(upholding(files["new"]), new_result=None), "ends with a new result, and none"),
    ):
        with pytest.raises(UsageError, match=says):
            decide_appeal(files["complaint"], files["s01"], ruling)


@pytest.mark.parametrize(
    "values, says",
    [
        ({"submission": "77" * 32}, "about another submission"),
        ({"level": 2}, "another program, level or candidate"),
        ({"result": "incomplete"}, "is not complete"),
        ({"issued": date(2026, 7, 9)}, "before the appeal was opened"),
        ({"issued": date(2026, 8, 16)}, "after the decision"),
        ({"seals": OLD.seals}, "rests on the same marks;"),
        (
            {"follows": outcome_of(decided(OPENED, DAY), OLD).follows},
            "follows a result already",
        ),
    ],
)
def test_a_new_result_must_be_about_the_same_and_rest_on_new_marks(
    files: dict[str, Path], values: dict[str, object], says: str
) -> None:
    path = written(files["new"].parent, odd=NEW.model_copy(update=values))["odd"]
    with pytest.raises(UnacceptableWork, match=says):
        decide_appeal(files["complaint"], files["s01"], upholding(path))
    assert not files["complaint"].with_name("complaint.decided.appeal.json").exists()


def test_new_marks_must_be_of_the_works_appealed_about(tmp_path: Path) -> None:
    """A new mark on the session does not answer an appeal about the case study."""
    session = SealUsed(work="session", grader="kim", seal="aa" * 32)
    about = OPENED.model_copy(update={"works": ("low-back",)})
    seals = (*OLD.seals, session)
    paths = written(
        tmp_path, old=OLD, a=about, new=NEW.model_copy(update={"seals": seals}),
    )  # fmt: skip
    with pytest.raises(UnacceptableWork, match="the same marks of low-back"):
        decide_appeal(paths["a"], paths["old"], upholding(paths["new"]))


@pytest.mark.parametrize("by", ["Kim Doe", "kim", "Doe, Kim", "  dr. kim doe "])
def test_whoever_graded_does_not_decide(files: dict[str, Path], by: str) -> None:
    with pytest.raises(UnacceptableWork, match="graded this work"):
        decide_appeal(files["complaint"], files["s01"], replace(DISMISSAL, by=by))


def test_the_candidate_does_not_decide(files: dict[str, Path]) -> None:
    with pytest.raises(UnacceptableWork, match="is the candidate by name"):
        decide_appeal(files["complaint"], files["s01"], replace(DISMISSAL, by="Jo Example Példa"))


GRADERS = """\
kind: graders
format: 1
graders:
  - {id: kim, name: Kim Doe}
  - {id: lou, name: Lou Lee, declares: [{candidate: Jo Példa, relation: taught, note: in 2024}]}
  - {id: max, name: Max Moe}
"""


def test_whoever_declares_a_tie_does_not_decide(files: dict[str, Path]) -> None:
    """By id and by name; the list is found beside the result."""
    files["s01"].with_name("graders.yaml").write_text(GRADERS, encoding="utf-8")
    for by in ("lou", "Lou Lee"):
        with pytest.raises(UnacceptableWork, match=r"Lou Lee taught the candidate \(in 2024\)"):
            decide_appeal(files["complaint"], files["s01"], replace(DISMISSAL, by=by))
    done = decide_appeal(files["complaint"], files["s01"], replace(DISMISSAL, by="max"))
    assert done.appeal.record.decision is not None
    assert done.appeal.record.decision.by == "Max Moe"


def test_graders_known_by_id_alone_are_found_by_their_names(
    files: dict[str, Path], tmp_path: Path
) -> None:
    """A blind result names nobody: the list of graders says who `kim` is."""
    blind = OLD.model_copy(update={"works": ()})
    paths = written(tmp_path / "blind", r=blind, a=appeal(blind, date(2026, 7, 10)))
    graders = tmp_path / "list.yaml"
    graders.write_text(GRADERS, encoding="utf-8")
    ruling = replace(DISMISSAL, by="Kim Doe", graders=graders)
    with pytest.raises(UnacceptableWork, match="graded this work"):
        decide_appeal(paths["a"], paths["r"], ruling)


def test_whom_the_candidate_names_does_not_decide(tmp_path: Path, studio: Path, on: date) -> None:
    """The submission says who taught them; another submission says nothing."""
    from casebook.workflow.received import receive

    main = studio / "portfolio.yaml"
    text = main.read_text(encoding="utf-8")
    main.write_text(f"{text}\nties: {{close_to: [Lou Lee]}}\n", encoding="utf-8")
    received = receive(studio, on)
    values = {"submission": received.digest, "candidate": received.candidate}
    record = OLD.model_copy(update=values)
    paths = written(tmp_path / "r", r=record, a=appeal(record, date(2026, 7, 10)))
    with pytest.raises(UnacceptableWork, match="says that Lou Lee is close to the candidate"):
        decide_appeal(paths["a"], paths["r"], replace(DISMISSAL, submission=studio))
    main.write_text(f"{text}\nties: {{close_to: [Somebody Else]}}\n", encoding="utf-8")
    with pytest.raises(UnacceptableWork, match="not the submission that the result is about"):
        decide_appeal(paths["a"], paths["r"], replace(DISMISSAL, submission=studio))


@pytest.mark.parametrize("words", [{"reason": " "}, {"by": ""}, {"by": "x" * 301}])
def test_a_decision_has_a_reason_and_a_name(files: dict[str, Path], words: dict[str, str]) -> None:
    with pytest.raises(CasebookError, match="cannot"):
        decide_appeal(files["complaint"], files["s01"], replace(DISMISSAL, **words))  # type: ignore[arg-type]
