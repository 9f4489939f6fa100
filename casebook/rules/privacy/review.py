"""What a privacy review means for a check: what it answers, and whether it still holds."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Piece
from casebook.domain.work.privacy_review import PrivacyReview

IDENTIFYING = frozenset({codes.IDENTIFIER.id, codes.AGE_OVER_89.id})
"""Codes that a review can answer: what may identify by its form."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a check of a portfolio sees of what would be handed in.

    Attributes:
        main: The path of the portfolio's own file.
        files: What is handed in, by path, without the review.
        unshown: Findings that a review answers and that a check leaves to ``casebook privacy``.
    """

    main: str
    files: Mapping[str, bytes]
    unshown: Sequence[Finding] = ()


def changed_since(review: PrivacyReview, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that are not as they were looked through, or were not there, by path."""
    seen = {each.path: each.sha256 for each in review.files}
    return tuple(
        path
        for path, content in sorted(files.items())
        if seen.get(path) != hashlib.sha256(content).hexdigest()
    )


def with_review(
    findings: Iterable[Finding], review: Piece[PrivacyReview] | None, handed_in: HandedIn
) -> Iterator[Finding]:
    """The findings of a check, in the light of a review.

    One that holds answers what it lists, and quiets what is only like a name: that cannot be
    listed in a record that travels, and whoever looked has seen it.

    Args:
        findings: All findings.
        review: The portfolio's review, if there is one.
        handed_in: What it is about.
    """
    found = list(findings)
    waiting = [each for each in found if each.code in IDENTIFYING]
    unshown = handed_in.unshown
    if review is None:
        yield from found
        yield from _not_signed_off(waiting, unshown, handed_in.main)
        return
    changed = changed_since(review.record, handed_in.files)
    if changed:
        yield from found
        yield _out_of_date(changed, review)
        return
    accepted = {(each.path, each.line) for each in review.record.accepted}

    def is_open(each: Finding) -> bool:
        return (each.place.path, each.place.span.line) not in accepted

    answered = {each for each in waiting if not is_open(each)}
    quiet = {each for each in found if each.code == codes.LIKE_A_NAME.id}
    yield from (each for each in found if each not in answered and each not in quiet)
    yield _signed_off(review, len(quiet))
    still = [each for each in waiting if each not in answered]
    yield from _not_signed_off(still, [*filter(is_open, unshown)], handed_in.main)


def _not_signed_off(
    waiting: Sequence[Finding], unshown: Sequence[Finding], main: str
) -> Iterator[Finding]:
    """One finding for all that waits, that says where to look for it."""
    if not waiting and not unshown:
        return
    said = []
    if waiting:
        first = waiting[0].place
        where = f"{first.path}:{first.span.line}"
        said.append(f"{len(waiting)} places, first {where}," if len(waiting) > 1 else where)
    if unshown:
        several = len({each.place.path for each in unshown}) > 1
        path = unshown[0].place.path
        named = f"{path} and other files tell" if several else f"{path} tells"
        said.append(f"what {named} beside the picture")
    shows = "look through all of it with `casebook privacy`"
    if unshown:
        shows = f"`casebook privacy` shows {_counted(len(unshown), 'more finding')}"
    advice = f"{shows}; take it out, or record with its --sign-off why it may stand"
    yield codes.NOT_SIGNED_OFF.at(
        Place(main), f"{' and '.join(said)} may identify somebody", advice
    )


def _signed_off(review: Piece[PrivacyReview], alike: int) -> Finding:
    record = review.record
    let = f"; {_counted(len(record.accepted), 'finding')} may stand" if record.accepted else ""
    like = (
        f"; {_counted(alike, 'word')} like a listed name: see `casebook privacy`" if alike else ""
    )
    return codes.SIGNED_OFF.at(
        Place(review.path),
        f"{record.by} looked through these files on {record.on}{let}{like}",
        "a review says that somebody looked, never that nothing is left",
    )


def _out_of_date(changed: tuple[str, ...], review: Piece[PrivacyReview]) -> Finding:
    rest = len(changed) - 1
    more = f" and {_counted(rest, 'other file')}" if rest else ""
    return codes.REVIEW_OUT_OF_DATE.at(
        Place(review.path),
        f"{changed[0]}{more} changed since {review.record.by} looked through "
        f"{'them' if rest else 'it'} on {review.record.on}",
        "look again with `casebook privacy`, and sign off again; or remove this file",
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
