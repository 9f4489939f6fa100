"""Marks fit the rubric: known criteria, described levels, one mark each, reasons for failing."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.domain.portfolio import Piece
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Rubric
from casebook.rules.marks import check_marks, check_rubric_name

Read: TypeAlias = Callable[[str, str], Piece[Any]]
Make: TypeAlias = Callable[..., Program]


def rubric(read: Read, ratings: str = "[{id: good, label: Good, position: 1}]") -> Rubric:
    text = f"""\
kind: rubric
format: 1
id: session
title: Session
judges: observation
pass_percent: 75
criteria:
  - id: safety
    title: Safety
    asks: Was it safe?
    must_pass: {{level: 1, reason: Harm.}}
    levels: [{{level: 0, label: no, describes: d}}, {{level: 1, label: yes, describes: d}}]
  - id: cycles
    title: Cycles
    asks: How many?
    from_protocol: closed_cycles
    levels:
      - {{level: 0, label: none, describes: d}}
      - {{level: 1, label: one, describes: d, from_figure: 1}}
global_ratings: {ratings}
"""
    found = read("rubric", text).record
    assert isinstance(found, Rubric)
    return found


def check(read: Read, text: str, kind: str = "mark-sheet") -> list[tuple[str, int, str]]:
    """Check marks; those of a mark sheet begin on line 9, below ``marks:``."""
    findings = check_marks(read(kind, text), rubric(read))
    return [(each.code, each.place.span.line, each.hint or "") for each in findings]


WHOLE = "marks:\n  - {criterion: safety, level: 1}\n"


def test_marks_for_every_criterion_judged_by_hand_are_complete(read: Read) -> None:
    """What comes from the protocol needs no mark."""
    assert check(read, WHOLE) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        (WHOLE + "  - {criterion: saftey, level: 1}\n", [("CB801", 10, "did you mean `safety`?")]),
        (WHOLE + "  - {criterion: voice, level: 1}\n", [("CB801", 10, "known: safety")]),
        (WHOLE + "  - {criterion: cycles, level: 1}\n", [("CB807", 10, "remove this mark")]),
        ("marks:\n  - {criterion: safety, level: 3}\n", [("CB802", 9, "its levels: 0 no, 1 yes")]),
        (WHOLE + "  - {criterion: safety, level: 1}\n",
         [("CB803", 10, "keep one of the two; until then neither counts")]),
        (WHOLE + "global_rating: god\n", [("CB806", 10, "did you mean `good`?")]),
        ("", [("CB804", 1, "write its `level`: 0 no, 1 yes")]),
        ("marks: []\n", [("CB804", 8, "write its `level`: 0 no, 1 yes")]),
        ("marks:\n  - {criterion: safety}\n", [("CB804", 9, "write its `level`: 0 no, 1 yes")]),
        ("marks: none\n", []),  # broken: that has its own finding
    ],
)  # fmt: skip
def test_each_misfit_has_its_code_and_remedy(
    read: Read, text: str, expected: list[tuple[str, int, str]]
) -> None:
    """Unknown and doubled criteria, levels beside the scale, open marks and ratings."""
    assert check(read, text) == expected


@pytest.mark.parametrize(
    "more, codes",
    [
        ("", ["CB805"]),
        (", note: pressed on", ["CB805"]),
        (', at: "12:10"', ["CB805"]),
        (', note: pressed on, at: "12:10"', []),
        (", note: pressed on, place: third paragraph", []),
    ],
)
def test_failing_what_must_be_passed_needs_its_reason_and_moment(
    read: Read, more: str, codes: list[str]
) -> None:
    """A note alone and a time alone are not enough; together they are."""
    found = check(read, f"marks: [{{criterion: safety, level: 0{more}}}]\n", "observation")
    assert [code for code, _, _ in found] == codes


def test_a_rubric_without_ratings_takes_none(read: Read) -> None:
    """The remedy is to leave the rating out."""
    piece = read("mark-sheet", WHOLE + "global_rating: good\n")
    (finding,) = check_marks(piece, rubric(read, "[]"))
    assert (finding.code, finding.hint) == ("CB806", "leave it out")


def test_a_mark_sheet_names_a_rubric_of_its_program(read: Read, make_program: Make) -> None:
    """An unknown rubric is a finding at its name; without any rubric the remedy says so."""
    piece = read("mark-sheet", WHOLE)
    assert list(check_rubric_name(piece, make_program(rubrics=(rubric(read),)))) == []
    (finding,) = check_rubric_name(piece, make_program())
    assert (finding.code, finding.place.span.line) == ("CB808", 7)
    assert finding.hint == "there are none of this kind; remove it"


BANK = CommentBank.model_validate(
    {
        "kind": "comment-bank", "format": 1, "rubric": "session",
        "comments": [
            {"id": "ask-first", "criterion": "safety", "says": "Ask first."},
            {"id": "count", "criterion": "cycles", "says": "Count."},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    "mark, expected",
    [
        ("level: 1, reuse: [ask-first]", []),
        ("level: 1, reuse: [ask-frist]", [("CB810", "did you mean `ask-first`?")]),
        ("level: 1, reuse: [count]", [("CB810", "use it there, or write a note of your own")]),
        ("level: 0, reuse: [ask-first], place: Here", []),
        ("level: 0, reuse: [ask-first]", [("CB805", "add `note`")]),
        ("level: 0, reuse: [gone], place: Here", [("CB810", "known"), ("CB805", "add `note`")]),
    ],
)
def test_a_reused_comment_is_in_the_bank_and_gives_a_reason(
    read: Read, mark: str, expected: list[tuple[str, str]]
) -> None:
    sheet = read("mark-sheet", f"marks:\n  - {{criterion: safety, {mark}}}\n")
    findings = list(check_marks(sheet, rubric(read), BANK))
    assert [each.code for each in findings] == [code for code, _ in expected]
    assert all(
        (found.hint or "").startswith(hint)
        for found, (_, hint) in zip(findings, expected, strict=True)
    )


def test_a_program_without_comments_has_none_to_reuse(read: Read) -> None:
    sheet = read("mark-sheet", "marks:\n  - {criterion: safety, level: 1, reuse: [ask-first]}\n")
    (finding,) = check_marks(sheet, rubric(read))
    assert finding.code == "CB810"
    assert finding.hint == "write the words below `note` instead"
