"""Whether a rubric by itself can be marked by."""

from collections.abc import Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece
from casebook.domain.program.rubric import Rubric


def check_rubric(piece: Piece[Rubric]) -> Iterator[Finding]:
    """Find ids that are used twice, and figures that the work judged cannot give."""
    rubric = piece.record
    yield from _twice(piece, "criteria", "criterion", [each.id for each in rubric.criteria])
    yield from _twice(
        piece, "global_ratings", "global rating", [each.id for each in rubric.global_ratings]
    )
    for index, criterion in enumerate(rubric.criteria):
        if criterion.from_protocol and rubric.judges != "observation":
            yield codes.NO_PROTOCOL.at(
                piece.places.of("criteria", index, "from_protocol"),
                "only an observed session has a protocol to take this from",
                "let it be marked by hand",
            )


def _twice(piece: Piece[Rubric], key: str, what: str, ids: list[str]) -> Iterator[Finding]:
    for index, each in enumerate(ids):
        if each in ids[:index]:
            yield codes.ID_TWICE.at(
                piece.places.of(key, index, "id"),
                f"the {what} id `{each}` is already used",
                f"give each {what} an id of its own",
            )
