"""Whether results and appeals agree with themselves."""

from collections.abc import Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.canonical import brief
from casebook.domain.issued import Appeal, IssuedResult
from casebook.domain.portfolio import Piece


def check_result(piece: Piece[IssuedResult]) -> Iterator[Finding]:
    """Find works whose rubric is not in the result as it was worded."""
    for index, work in enumerate(piece.record.works):
        rubric = piece.record.rubric(work.rubric)
        if rubric is None or rubric.digest != work.rubric_digest:
            holds = "none of that id" if rubric is None else f"one worded {brief(rubric.digest)}"
            yield codes.OTHER_RUBRIC.at(
                piece.places.of("works", index, "rubric_digest"),
                f"`{work.work}` was judged by `{work.rubric}` as worded in "
                f"{brief(work.rubric_digest)}; the result holds {holds}",
                "a result is never edited; take the file as it was issued",
            )
    if piece.record.appeal_until is not None and piece.record.appeal_until < piece.record.issued:
        yield codes.NOT_COHERENT.at(
            piece.places.of("appeal_until"),
            "the last day for an appeal lies before the result",
            "a result is never edited; take the file as it was issued",
        )


def check_appeal(piece: Piece[Appeal]) -> Iterator[Finding]:
    """Find an appeal that was decided before it was opened."""
    decision = piece.record.decision
    if decision is not None and decision.decided < piece.record.opened:
        yield codes.NOT_COHERENT.at(
            piece.places.of("decision", "decided"),
            f"the appeal was opened on {piece.record.opened} and decided before",
            "correct one of the two days",
        )
