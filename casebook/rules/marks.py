"""Whether marks fit the rubric they are made by."""

from collections.abc import Iterator, Sequence

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Places
from casebook.domain.marking.marks import Mark, MarkSheet
from casebook.domain.portfolio import Piece
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.program import Program
from casebook.domain.program.rubric import Criterion, Rubric
from casebook.domain.work.observation import Observation
from casebook.rules.legibility import is_broken
from casebook.rules.spelling import did_you_mean


def check_marks(
    piece: Piece[Observation] | Piece[MarkSheet], rubric: Rubric, bank: CommentBank | None = None
) -> Iterator[Finding]:
    """Find marks that the rubric has no place for, and criteria without a mark.

    Args:
        piece: The marks.
        rubric: What they are made by.
        bank: The comments that the program keeps for this rubric, where it keeps any.
    """
    marks, places = piece.record.marks, piece.places
    by_hand = {each.id: each for each in rubric.criteria if not each.from_protocol}
    seen: set[str] = set()
    for index, mark in enumerate(marks):
        yield from _fit(places, index, mark, rubric, by_hand)
        yield from _reused(places, index, mark, bank)
        yield from _explained(places, index, mark, rubric, bank)
        if mark.criterion in seen:
            yield codes.MARKED_TWICE.at(
                places.of("marks", index, "criterion"),
                f"`{mark.criterion}` is marked a second time",
                "keep one of the two; until then neither counts",
            )
        seen.add(mark.criterion)
    if not is_broken(piece, ("marks",)):
        own_sheet = isinstance(piece.record, MarkSheet)
        yield from _unmarked(places, marks, list(by_hand.values()), own_sheet=own_sheet)
    rating = piece.record.global_rating
    known = [each.id for each in rubric.global_ratings]
    if rating is not None and rating not in known:
        yield codes.UNKNOWN_RATING.at(
            places.of("global_rating"),
            f"the rubric has no global rating `{rating}`",
            _meant_rating(rating, rubric) if known else "leave it out",
        )


def check_rubric_name(piece: Piece[MarkSheet], program: Program) -> Iterator[Finding]:
    """Find a mark sheet whose rubric the program does not have."""
    if program.rubric(piece.record.rubric) is None:
        yield codes.UNKNOWN_RUBRIC.at(
            piece.places.of("rubric"),
            f"the program has no rubric `{piece.record.rubric}`",
            did_you_mean(piece.record.rubric, [each.id for each in program.rubrics]),
        )


def _meant_rating(written: str, rubric: Rubric) -> str:
    labels = {each.id: each.label for each in rubric.global_ratings}
    return did_you_mean(written, labels, labels)


def _fit(
    places: Places, index: int, mark: Mark, rubric: Rubric, by_hand: dict[str, Criterion]
) -> Iterator[Finding]:
    place = places.of("marks", index, "criterion")
    criterion = rubric.criterion(mark.criterion)
    if criterion is None:
        yield codes.UNKNOWN_CRITERION.at(
            place,
            f"the rubric '{rubric.title}' has no criterion `{mark.criterion}`",
            did_you_mean(
                mark.criterion, by_hand, {each.id: each.title for each in by_hand.values()}
            ),
        )
        return
    if criterion.from_protocol:
        yield codes.MARKED_FROM_PROTOCOL.at(
            place,
            f"`{mark.criterion}` is taken from the session's protocol, not marked",
            "remove this mark",
        )
        return
    if mark.level is None:
        return
    if criterion.step(mark.level) is None:
        yield codes.UNKNOWN_MARK_LEVEL.at(
            places.of("marks", index, "level"),
            f"`{mark.criterion}` has no level {mark.level}",
            f"its levels: {_steps(criterion)}",
        )


def _reused(places: Places, index: int, mark: Mark, bank: CommentBank | None) -> Iterator[Finding]:
    for number, each in enumerate(mark.reuse):
        place = places.of("marks", index, "reuse", number)
        comment = bank.comment(each) if bank else None
        if comment is None:
            known = [one.id for one in bank.about(mark.criterion)] if bank else []
            yield codes.UNKNOWN_COMMENT.at(
                place,
                f"the program keeps no comment `{each}` for this rubric",
                did_you_mean(each, known) if known else "write the words below `note` instead",
            )
        elif comment.criterion != mark.criterion:
            yield codes.UNKNOWN_COMMENT.at(
                place,
                f"the comment `{each}` speaks of `{comment.criterion}`, not of `{mark.criterion}`",
                "use it there, or write a note of your own",
            )


def _explained(
    places: Places, index: int, mark: Mark, rubric: Rubric, bank: CommentBank | None
) -> Iterator[Finding]:
    """A must-pass criterion is failed with the reason, own or reused, and its place."""
    criterion = rubric.criterion(mark.criterion)
    if criterion is None or criterion.must_pass is None or mark.level is None:
        return
    if criterion.from_protocol or criterion.step(mark.level) is None:
        return
    reason = mark.note or any(bank.comment(each) for each in mark.reuse if bank)
    if mark.level < criterion.must_pass.level and not (
        reason and (mark.at is not None or mark.place is not None)
    ):
        yield codes.MUST_PASS_UNEXPLAINED.at(
            places.of("marks", index, "criterion"),
            f"`{mark.criterion}` must be passed and is failed without a reason and its place",
            "add `note`, and `at` (the time) or `place` (a quotation)",
        )


def _unmarked(
    places: Places, marks: Sequence[Mark], by_hand: Sequence[Criterion], *, own_sheet: bool
) -> Iterator[Finding]:
    done = {mark.criterion for mark in marks if mark.level is not None}
    for criterion in by_hand:
        if criterion.id not in done:
            index = next((i for i, m in enumerate(marks) if m.criterion == criterion.id), None)
            way = ("marks",) if index is None else ("marks", index, "level")
            yield codes.UNMARKED.at(
                places.of_key(*way),
                f"`{criterion.id}` has no mark, so there is no result yet",
                f"write its `level`: {_steps(criterion)}" if own_sheet else "the examiner marks it",
            )


def _steps(criterion: Criterion) -> str:
    return ", ".join(f"{step.level} {step.label}" for step in criterion.levels)
