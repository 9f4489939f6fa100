"""Whether comments that graders reuse fit the rubric they are written for."""

from collections.abc import Iterator, Mapping, Sequence

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.rubric import Rubric
from casebook.rules.spelling import did_you_mean


def check_comment_banks(
    banks: Sequence[Piece[CommentBank]], rubrics: Mapping[str, Rubric], *, whole: bool
) -> Iterator[Finding]:
    """Find banks and comments that no mark could use.

    Args:
        banks: The banks of one program.
        rubrics: The program's rubrics by their ids.
        whole: Whether all of the program's rubrics could be read; else a rubric that is not
            there may be one of the others.
    """
    first: dict[str, str] = {}
    for bank in banks:
        yield from check_comment_ids(bank)
        name = bank.record.rubric
        if name in first:
            yield codes.BANK_TWICE.at(
                bank.places.of("rubric"),
                f"{first[name]} holds comments on the rubric `{name}` already",
                "put all of them into one file",
            )
        first.setdefault(name, bank.path)
        if name in rubrics:
            yield from _fit(bank, rubrics[name])
        elif whole:
            yield codes.UNKNOWN_RUBRIC.at(
                bank.places.of("rubric"),
                f"the program has no rubric `{name}`",
                did_you_mean(name, rubrics, {id_: each.title for id_, each in rubrics.items()}),
            )


def check_comment_ids(bank: Piece[CommentBank]) -> Iterator[Finding]:
    """Find ids that two comments of one bank share."""
    seen: set[str] = set()
    for index, comment in enumerate(bank.record.comments):
        if comment.id in seen:
            yield codes.ID_TWICE.at(
                bank.places.of("comments", index, "id"),
                f"the comment id `{comment.id}` is already used",
                "give each comment an id of its own",
            )
        seen.add(comment.id)


def _fit(bank: Piece[CommentBank], rubric: Rubric) -> Iterator[Finding]:
    by_hand = {each.id: each.title for each in rubric.criteria if not each.from_protocol}
    for index, comment in enumerate(bank.record.comments):
        criterion = rubric.criterion(comment.criterion)
        place = bank.places.of("comments", index, "criterion")
        if criterion is None:
            yield codes.UNKNOWN_CRITERION.at(
                place,
                f"the rubric '{rubric.title}' has no criterion `{comment.criterion}`",
                did_you_mean(comment.criterion, by_hand, by_hand),
            )
        elif criterion.from_protocol:
            yield codes.MARKED_FROM_PROTOCOL.at(
                place,
                f"`{comment.criterion}` is taken from the session's protocol, so no mark on it "
                "could use this comment",
                "remove the comment, or let it speak of another criterion",
            )
        elif comment.level is not None and criterion.step(comment.level) is None:
            steps = ", ".join(f"{step.level} {step.label}" for step in criterion.levels)
            yield codes.UNKNOWN_MARK_LEVEL.at(
                bank.places.of("comments", index, "level"),
                f"`{comment.criterion}` has no level {comment.level}",
                f"its levels: {steps}; leave it out where the comment fits any",
            )
