"""Whether those who judge may judge this candidate."""

from collections.abc import Iterable, Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.marking.impartiality import ConflictFound
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.portfolio import Piece
from casebook.domain.work.observation import Observation


def check_examiner(
    piece: Piece[Observation], conflicts: Iterable[ConflictFound]
) -> Iterator[Finding]:
    """Find an examiner who must not judge the candidate."""
    for each in conflicts:
        yield codes.CONFLICT.at(
            piece.places.of("examiner", "name"),
            f"this examiner must not judge the candidate: {each.says}",
            "have a session observed by another examiner; if these are two people of one name, "
            "write a further name or an initial of each",
        )


def check_grader(piece: Piece[MarkSheet], conflicts: Iterable[ConflictFound]) -> Iterator[Finding]:
    """Find a grader who must not judge the candidate."""
    for each in conflicts:
        yield codes.CONFLICT.at(
            piece.places.of("grader", "name"),
            f"this grader must not judge the candidate: {each.says}",
            "tell the office, which asks another grader",
        )


def check_declaration(piece: Piece[MarkSheet]) -> Iterator[Finding]:
    """Find a sheet whose grader says that they must not judge."""
    if piece.record.conflict not in {None, "none"}:
        yield codes.CONFLICT.at(
            piece.places.of("conflict"),
            f"the grader declares a conflict: {piece.record.conflict}",
            "tell the office, which asks another grader; this sheet cannot be used",
        )
