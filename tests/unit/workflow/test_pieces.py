"""One piece of work is held against everything that its program asks of such a piece."""

from datetime import date
from typing import Any

from casebook.domain.portfolio import Piece
from casebook.domain.program.program import Program
from casebook.source.load import load
from casebook.workflow.pieces import (
    check_case_study,
    check_mark_sheet,
    check_observation,
)
from casebook.workflow.programs import show_program

ON = date(2026, 7, 1)

CASE = """kind: case-study
format: 1
id: a
title: Back
client: {pseudonym: Client A, age: 97}
introduction: "Cites [@nobody]."
sessions:
  - day: 1
    measures: {nprs: 11, joy: 3}
    steps:
      - {test: glutaeus maximus, side: left, result: fires}
      - {retest: gluteus maximus, side: left, result: fires}
program_sections: {own: Text.}
"""
SESSION = """kind: observation
format: 1
id: o
date: 2026-06-20
mode: video
examiner: {name: Robin}
client: {pseudonym: Client B, age: 97}
events:
  - {at: "00:10", test: glutaeus maximus, side: left, result: fires}
marks:
  - {criterion: sefety, level: 1}
"""
SHEET = """kind: mark-sheet
format: 1
program: nkt
level: 1
work: a
grader: {name: Kim}
rubric: case-study
marks:
  - {criterion: clarity, level: 1}
"""


def piece(text: str) -> Piece[Any]:
    loaded = load("work.yaml", text.encode())
    assert loaded.piece is not None
    return loaded.piece


def nkt() -> Program:
    return show_program("nkt")


def test_without_a_program_a_case_is_held_to_what_every_program_wants() -> None:
    """Citations, days, names, ranges and what may identify; nothing of parts and consent."""
    found = {each.code for each in check_case_study(piece(CASE), None, ON)}
    assert found == {"CB302", "CB303", "CB304", "CB305", "CB314", "CB607"}


def test_with_a_program_its_parts_consent_and_protocol_count_too() -> None:
    found = {each.code for each in check_case_study(piece(CASE), nkt(), ON)}
    assert {"CB302", "CB303", "CB304", "CB305", "CB314", "CB607"} < found
    assert {"CB313", "CB401", "CB403", "CB504", "CB601"} & found >= {"CB313", "CB401", "CB601"}


def test_a_programs_own_measures_are_known(repository: Any) -> None:  # noqa: ANN401
    reflexology = show_program(str(repository / "samples" / "reflexology" / "program"))
    text = CASE.replace("joy", "wellbeing")
    without = {each.code for each in check_case_study(piece(text), None, ON)}
    assert "CB303" in without
    assert "CB303" not in {each.code for each in check_case_study(piece(text), reflexology, ON)}


def test_a_program_without_protocol_asks_for_no_order_of_steps(repository: Any) -> None:  # noqa: ANN401
    reflexology = show_program(str(repository / "samples" / "reflexology" / "program"))
    found = {each.code for each in check_case_study(piece(CASE), reflexology, ON)}
    assert not {code for code in found if code.startswith("CB5")}
    sessions = {each.code for each in check_observation(piece(SESSION), reflexology, ON)}
    assert sessions == {"CB302", "CB601", "CB607"}


def test_a_session_is_held_to_its_program() -> None:
    assert {each.code for each in check_observation(piece(SESSION), None, ON)} == {
        "CB302", "CB607",
    }  # fmt: skip
    found = {each.code for each in check_observation(piece(SESSION), nkt(), ON)}
    assert {"CB302", "CB508", "CB601", "CB607", "CB801", "CB804"} <= found


def test_a_mark_sheet_is_held_to_the_rubric_it_names() -> None:
    assert "CB801" in {each.code for each in check_mark_sheet(piece(SHEET), nkt())}
    other = piece(SHEET.replace("rubric: case-study", "rubric: case-stady"))
    assert [each.code for each in check_mark_sheet(other, nkt())] == ["CB808"]
