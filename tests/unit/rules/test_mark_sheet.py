"""A sheet says what it is about, and is about what it says."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.diagnostics.finding import Finding
from casebook.domain.marking.graders import GradersFile
from casebook.domain.portfolio import Piece
from casebook.domain.program.rubric import Rubric
from casebook.rules.mark_sheet import (
    HandedIn,
    check_finished,
    check_graders,
    check_listed,
    check_submission,
    check_wording,
)
from casebook.source.load import load

Read: TypeAlias = Callable[[str, str], Piece[Any]]

DIGEST = "a" * 64
HANDED_IN = HandedIn(DIGEST, "Jordan Avery", 1, {"case-a": "case-study", "seen": "observation"})
RUBRIC = """\
kind: rubric
format: 1
id: case
title: Case
judges: case-study
pass_percent: 50
criteria:
  - id: clear
    title: Clear
    asks: Clear?
    levels: [{level: 0, label: no, describes: d}, {level: 1, label: yes, describes: d}]
"""
GRADERS = """\
kind: graders
format: 1
graders:
  - {id: kim, name: Kim}
  - {id: ana-ruiz, name: Ana Ruiz}
"""


@pytest.fixture
def rubric(read: Read) -> Rubric:
    found = read("rubric", RUBRIC).record
    assert isinstance(found, Rubric)
    return found


def graders(text: str) -> Piece[GradersFile]:
    piece = load("graders.yaml", text.encode(), expect="graders").piece
    assert piece is not None
    return piece


def told(findings: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - any rule's
    """Codes with the lines; the head of a sheet ends with `rubric` in line 7."""
    found: list[Finding] = list(findings)
    return [(each.code, each.place.span.line) for each in found]


def test_a_rubric_worded_as_it_was_is_fine_and_a_hand_written_sheet_may_not_say(
    read: Read, rubric: Rubric
) -> None:
    same = read("mark-sheet", f"rubric_digest: {rubric.digest}\n")
    assert told(check_wording(same, rubric)) == []
    assert told(check_wording(read("mark-sheet", ""), rubric)) == []


def test_one_word_changed_in_a_rubric_is_another_wording(read: Read, rubric: Rubric) -> None:
    sheet = read("mark-sheet", f"rubric_digest: {rubric.digest}\n")
    reworded = rubric.model_copy(update={"title": "Cases"})
    assert told(check_wording(sheet, reworded)) == [("CB815", 8)]


def test_a_finished_sheet_declares_and_is_tied(read: Read) -> None:
    text = f"conflict: none\nsubmission: {DIGEST}\nrubric_digest: {DIGEST}\n"
    whole = text + "grader: {name: Kim, id: kim}\n"
    assert told(check_finished(read("mark-sheet", whole))) == []
    assert told(check_finished(read("mark-sheet", text))) == [("CB817", 6)]
    assert sorted(each[0] for each in told(check_finished(read("mark-sheet", "")))) == [
        "CB813", "CB817", "CB817", "CB817",
    ]  # fmt: skip


def test_what_is_written_but_no_use_is_not_called_missing(read: Read) -> None:
    text = "conflict: no\nsubmission: abc\nrubric_digest: abc\ngrader: {name: Kim, id: K K}\n"
    assert told(check_finished(read("mark-sheet", text))) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", []),
        (f"submission: {DIGEST}\ncandidate: Jordan Avery\n", []),
        (f"submission: {'b' * 64}\nwork: nothing\nlevel: 2\n", [("CB814", 5)]),
        ("work: case-b\n", [("CB814", 6)]),
        ("work: seen\n", [("CB209", 6)]),
        ("level: 2\n", [("CB209", 6)]),
        ("candidate: Sam Okafor\n", [("CB814", 8)]),
    ],
    ids=["bare", "whole", "other submission", "other work", "other kind", "level", "candidate"],
)
def test_a_sheet_fits_its_submission(
    read: Read, rubric: Rubric, text: str, expected: list[tuple[str, int]]
) -> None:
    """Of a sheet about another submission nothing else is said."""
    piece = read("mark-sheet", f"{text}rubric: case\n")
    found = told(check_submission(piece, HANDED_IN, rubric))
    assert [each[0] for each in found] == [each[0] for each in expected]


def test_a_finding_points_at_the_value_that_does_not_fit(read: Read) -> None:
    piece = read("mark-sheet", "candidate: Sam Okafor\n")
    (finding,) = check_submission(piece, HANDED_IN, None)
    assert finding.place.span.line == 8
    assert "Jordan" not in finding.message
    near = read("mark-sheet", "candidate: Jordan Avery\nwork: case-1\n")
    (finding,) = check_submission(near, HANDED_IN, None)
    assert finding.hint == "did you mean `case-a`?"


@pytest.mark.parametrize(
    "grader, codes",
    [
        ("{name: Kim, id: kim}", []),
        ("{name: ANA  ruiz, id: ana-ruiz}", []),
        ("{name: Kim}", []),
        ("{name: Kim, id: kin}", ["CB818"]),
        ("{name: Ana Ruiz, id: kim}", ["CB818"]),
    ],
)
def test_a_grader_is_who_the_list_says(read: Read, grader: str, codes: list[str]) -> None:
    listed = graders(GRADERS).record
    piece = read("mark-sheet", f"grader: {grader}\n")
    assert [each[0] for each in told(check_listed(piece, listed))] == codes


def test_one_person_under_two_ids_would_count_as_two_graders() -> None:
    assert told(check_graders(graders(GRADERS))) == []
    twice = graders(GRADERS + "  - {id: ana, name: ana ruiz}\n")
    (finding,) = check_graders(twice)
    assert (finding.code, finding.place.span.line) == ("CB301", 6)
    assert "`ana-ruiz`" in finding.message
