"""Whether sealed marks are as they were sealed."""

from collections.abc import Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.marking.sealed_marks import SealedMarks, chain_faults
from casebook.domain.portfolio import Piece


def check_chain(piece: Piece[SealedMarks]) -> Iterator[Finding]:
    """Find every entry that is not what it was when it was sealed."""
    for fault in chain_faults(piece.record):
        yield codes.BROKEN_SEAL.at(
            piece.places.of_key("entries"),
            fault,
            "ask the grader for the file as it was sealed; the digest that was written down when "
            "it came in tells which one that is",
        )
