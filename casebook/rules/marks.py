"""Whether marks fit the rubric they are made by."""

from collections.abc import Iterator, Sequence

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Places
from casebook.domain.marks import Mark, MarkSheet
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Piece
from casebook.domain.program import Program
from casebook.domain.rubric import Criterion, Rubric
from casebook.rules.legibility import is_broken
from casebook.rules.spelling import did_you_mean


def check_marks(piece: Piece[Observation] | Piece[MarkSheet], rubric: Rubric) -> Iterator[Finding]:
    """Find marks that the rubric has no place for, and criteria without a mark."""
    marks, places = piece.record.marks, piece.places
    by_hand = {each.id: each for each in rubric.criteria if not each.from_protocol}
    seen: set[str] = set()
    for index, mark in enumerate(marks):
        yield from _fit(places, index, mark, rubric, by_hand)
        if mark.criterion in seen:
            yield codes.MARKED_TWICE.at(
                places.of("marks", index, "criterion"),
                f"`{mark.criterion}` is marked a second time",
                "keep one of the two; until then neither counts",
            )
        seen.add(mark.criterion)
    if not is_broken(piece, ("marks",)):
        who = "examiner" if isinstance(piece.record, Observation) else "grader"
        yield from _unmarked(places, marks, list(by_hand.values()), who)
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
        steps = ", ".join(f"{step.level} {step.label}" for step in criterion.levels)
        yield codes.UNKNOWN_MARK_LEVEL.at(
            places.of("marks", index, "level"),
            f"`{mark.criterion}` has no level {mark.level}",
            f"its levels: {steps}",
        )
        return
    failed = criterion.must_pass is not None and mark.level < criterion.must_pass.level
    if failed and (mark.note is None or (mark.at is None and mark.place is None)):
        yield codes.MUST_PASS_UNEXPLAINED.at(
            place,
            f"`{mark.criterion}` must be passed and is failed without a reason and its place",
            "add `note`, and `at` (the time) or `place` (a quotation)",
        )


def _unmarked(
    places: Places, marks: Sequence[Mark], by_hand: Sequence[Criterion], who: str
) -> Iterator[Finding]:
    done = {mark.criterion for mark in marks if mark.level is not None}
    for criterion in by_hand:
        if criterion.id not in done:
            index = next((i for i, m in enumerate(marks) if m.criterion == criterion.id), None)
            way = ("marks",) if index is None else ("marks", index, "level")
            yield codes.UNMARKED.at(
                places.of_key(*way),
                f"`{criterion.id}` has no mark, so there is no result yet",
                f"the {who} marks it",
            )
