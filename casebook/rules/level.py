"""Whether the level a portfolio applies for is one its program has."""

from collections.abc import Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece, PortfolioFile
from casebook.domain.program.program import Program


def check_level(main: Piece[PortfolioFile], program: Program) -> Iterator[Finding]:
    """Find a level that the program does not have."""
    if program.level(main.record.level) is None:
        levels = ", ".join(f"{each.level} ({each.name})" for each in program.rules.levels)
        yield codes.UNKNOWN_LEVEL.at(
            main.places.of("level"),
            f"{program.rules.name} has no level {main.record.level}",
            f"its levels: {levels}",
        )
