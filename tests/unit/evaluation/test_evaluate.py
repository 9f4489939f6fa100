"""The evaluator puts protocol, marks and result of one piece of work together."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.domain.outcome.results import Scored, Unscored
from casebook.domain.portfolio import Piece
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.evaluate import evaluate_mark_sheet, evaluate_observation

Read: TypeAlias = Callable[[str, str], Piece[Any]]
Make: TypeAlias = Callable[..., Program]

PROTOCOL = {
    "name": "P", "describes": "D", "window": {"sure_seconds": 30, "limit_seconds": 60},
}  # fmt: skip
EVENTS = """\
events:
  - {at: "00:45", test: QL, result: inhibited}
  - {at: "00:52", until: "01:17", release: psoas}
  - {at: "01:24", retest: quadratus lumborum, result: fires}
"""


@pytest.fixture(scope="module")
def rubric(read: Read) -> Rubric:
    """Safety by hand, which must be passed, and cycles from the protocol."""
    text = """\
kind: rubric
format: 1
id: session
title: Session
judges: observation
pass_percent: 50
sem_percent: 4
criteria:
  - id: safety
    title: Safety
    asks: Safe?
    must_pass: {level: 1, reason: Harm.}
    levels: [{level: 0, label: no, describes: d}, {level: 1, label: yes, describes: d}]
  - id: cycles
    title: Cycles
    asks: Closed?
    from_protocol: closed_cycles
    levels:
      - {level: 0, label: none, describes: d}
      - {level: 1, label: one, describes: d, from_figure: 1}
global_ratings:
  - {id: poor, label: Poor, position: 0}
  - {id: good, label: Good, position: 1}
"""
    found = read("rubric", text).record
    assert isinstance(found, Rubric)
    return found


def test_an_observation_is_judged_by_its_marks_and_its_protocol(
    read: Read, make_program: Make, rubric: Rubric
) -> None:
    """The same muscle by two names is one cycle, and both criteria at their top are 100 %."""
    program = make_program(protocol=PROTOCOL)
    text = EVENTS + "marks: [{criterion: safety, level: 1}]\nglobal_rating: good\ncomments: Calm.\n"
    found = evaluate_observation(
        read("observation", text).record,
        program,
        rubric,
        {"QL": "ql", "quadratus lumborum": "ql"}.__getitem__,
    )
    assert (found.work, found.judges, found.grader) == ("observed", "observation", "Robin")
    assert (found.program, found.program_version, found.program_digest) == ("own", "1", "d")
    assert (found.result, found.percent, found.pass_percent) == ("pass", 100, 50)
    assert (found.global_rating, found.comments, found.sem_percent) == ("Good", "Calm.", 4)
    assert found.protocol is not None
    assert found.protocol.cycles[0].work_s == 32
    assert all(isinstance(each, Scored) for each in found.criteria)


def test_a_session_without_all_marks_has_no_percentage(
    read: Read, make_program: Make, rubric: Rubric
) -> None:
    """Without the examiner's mark the result is open, and no figure stands in its place."""
    found = evaluate_observation(
        read("observation", EVENTS).record, make_program(protocol=PROTOCOL), rubric
    )
    assert (found.result, found.percent, found.global_rating) == ("incomplete", None, None)
    assert found.reasons


def test_without_a_protocol_nothing_is_taken_from_one(
    read: Read, make_program: Make, rubric: Rubric
) -> None:
    """A program that has none leaves the criterion unscored."""
    found = evaluate_observation(read("observation", EVENTS).record, make_program(), rubric)
    assert found.protocol is None
    assert isinstance(found.criteria[1], Unscored)


def test_a_mark_sheet_is_judged_by_its_marks(
    read: Read, make_program: Make, rubric: Rubric
) -> None:
    """The work and the grader are those that the sheet names; an unknown rating is none."""
    text = "marks: [{criterion: safety, level: 0}]\nglobal_rating: splendid\n"
    found = evaluate_mark_sheet(read("mark-sheet", text).record, make_program(), rubric)
    assert (found.work, found.grader, found.protocol) == ("case-a", "Kim", None)
    assert found.global_rating is None
    assert found.result == "incomplete"
    assert any("Harm." in reason for reason in found.reasons)


def test_marks_of_a_session_are_held_against_what_its_protocol_gave(
    read: Read, make_program: Make, rubric: Rubric
) -> None:
    """One closed cycle is the top of one criterion, and the grader's mark that of the other."""
    program = make_program(protocol=PROTOCOL)
    naming = {"QL": "ql", "quadratus lumborum": "ql"}.__getitem__
    session = evaluate_observation(read("observation", EVENTS).record, program, rubric, naming)
    sheet = read("mark-sheet", "marks: [{criterion: safety, level: 1}]\n").record
    found = evaluate_mark_sheet(sheet, program, rubric, session.protocol)
    assert (found.result, found.percent, found.protocol) == ("pass", 100, session.protocol)
    assert evaluate_mark_sheet(sheet, program, rubric).percent is None


def test_reused_comments_come_before_the_note(
    read: Read, make_program: Make, rubric: Rubric
) -> None:
    """Each once, in the order they are named; what the bank does not hold adds nothing."""
    bank = CommentBank.model_validate(
        {
            "kind": "comment-bank", "format": 1, "rubric": "session",
            "comments": [
                {"id": "ask", "criterion": "safety", "says": "Ask first."},
                {"id": "stop", "criterion": "safety", "level": 0, "says": "Agree on a sign."},
            ],
        }
    )  # fmt: skip
    program = make_program().model_copy(update={"comment_banks": (bank,)})

    def note(mark: str, judged_by: Program = program) -> str | None:
        sheet = read("mark-sheet", f"marks: [{{criterion: safety, level: 0, {mark}}}]\n").record
        first = evaluate_mark_sheet(sheet, judged_by, rubric).criteria[0]
        assert isinstance(first, Scored)
        return first.note

    assert note("reuse: [stop, ask, stop], note: At 12:10.") == (
        "Agree on a sign.\n\nAsk first.\n\nAt 12:10."
    )
    assert note("reuse: [ask]") == "Ask first."
    assert note("reuse: [gone]") is None
    assert note("reuse: [gone], note: Own.") == "Own."
    assert note("reuse: [ask], note: Own.", make_program()) == "Own."
