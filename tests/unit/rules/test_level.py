"""A portfolio applies for a level that its program has."""

from collections.abc import Callable
from typing import Any, TypeAlias

from casebook.domain.portfolio import Piece
from casebook.domain.program.program import Program
from casebook.rules.level import check_level

Read: TypeAlias = Callable[[str, str], Piece[Any]]
Make: TypeAlias = Callable[..., Program]


def test_a_level_is_one_of_the_programs(read: Read, make_program: Make) -> None:
    """Level 1 is there; level 4 is a finding at its number, with the levels that there are."""
    assert list(check_level(read("portfolio", ""), make_program())) == []
    (finding,) = check_level(read("portfolio", "level: 4\n"), make_program())
    assert (finding.code, finding.place.span.line) == ("CB312", 5)
    assert finding.hint == "its levels: 1 (One)"
