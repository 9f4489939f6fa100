"""Whether results and appeals agree with themselves."""

from collections.abc import Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.canonical import brief
from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.domain.portfolio import Piece


def check_own_digest(piece: Piece[IssuedResult] | Piece[Appeal]) -> Iterator[Finding]:
    """Find a result or an appeal that is not what it was when casebook wrote it.

    Who can count a digest can count this one too: against that helps only one that was noted.
    """
    record = piece.record
    if record.own_digest == record.digest:
        return
    if record.own_digest is None:
        place, fact = piece.places.of_key("own_digest"), f"the {record.kind} says no digest"
    else:
        place = piece.places.of("own_digest")
        fact = f"the {record.kind} is not as it was written: its own digest is another"
    yield codes.NOT_AS_ISSUED.at(
        place, fact, "results and appeals are never edited; take the file as casebook wrote it"
    )


def check_result(piece: Piece[IssuedResult]) -> Iterator[Finding]:
    """Find an edited result, and works whose rubric is not in it as it was worded."""
    yield from check_own_digest(piece)
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
    """Find an edited appeal, and one that was decided before it was opened."""
    yield from check_own_digest(piece)
    decision = piece.record.decision
    if decision is not None and decision.decided < piece.record.opened:
        yield codes.NOT_COHERENT.at(
            piece.places.of("decision", "decided"),
            f"the appeal was opened on {piece.record.opened} and decided before",
            "correct one of the two days",
        )
