"""Whoever must not judge is found where they are named."""

from collections.abc import Callable
from typing import Any, TypeAlias

from casebook.domain.marking.impartiality import ConflictFound
from casebook.domain.portfolio import Piece
from casebook.rules.impartiality import check_declaration, check_examiner, check_grader

Read: TypeAlias = Callable[[str, str], Piece[Any]]

TAUGHT = ConflictFound(relation="taught", says="the portfolio says so")
CLOSE = ConflictFound(relation="close", says="the list says so")


def test_an_examiner_is_named_once_for_each_reason(read: Read) -> None:
    findings = list(check_examiner(read("observation", "events: []\n"), (TAUGHT, CLOSE)))
    assert [(each.code, each.place.span.line) for each in findings] == [("CB812", 6)] * 2
    assert [each.message.rpartition(": ")[2] for each in findings] == [
        "the portfolio says so", "the list says so",
    ]  # fmt: skip


def test_a_grader_without_a_conflict_is_no_finding(read: Read) -> None:
    sheet = read("mark-sheet", "marks: []\n")
    assert list(check_grader(sheet, ())) == []
    (finding,) = check_grader(sheet, (TAUGHT,))
    assert (finding.code, finding.place.span.line) == ("CB812", 6)


def test_a_declared_conflict_is_found_and_none_is_not(read: Read) -> None:
    (finding,) = check_declaration(read("mark-sheet", "conflict: treated\n"))
    assert (finding.code, finding.place.span.line) == ("CB812", 8)
    assert "treated" in finding.message
    for fine in ("conflict: none\n", "conflict:\n", ""):
        assert list(check_declaration(read("mark-sheet", fine))) == []
