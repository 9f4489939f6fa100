"""What a privacy review means for a check: what it answers, and whether it still holds."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Piece
from casebook.domain.work.privacy_review import PrivacyReview

IDENTIFYING = frozenset({codes.IDENTIFIER.id, codes.AGE_OVER_89.id})
"""Codes that a review can answer: what may identify by its form."""


def changed_since(review: PrivacyReview, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that are not as they were looked through, or were not there, by path."""
    seen = {each.path: each.sha256 for each in review.files}
    return tuple(
        path
        for path, content in sorted(files.items())
        if seen.get(path) != hashlib.sha256(content).hexdigest()
    )


def with_review(
    findings: Iterable[Finding],
    review: Piece[PrivacyReview] | None,
    files: Mapping[str, bytes],
    main: str,
) -> Iterator[Finding]:
    """The findings of a check, in the light of a review.

    Args:
        findings: All findings.
        review: The portfolio's review, if there is one.
        files: What is handed in, by path, without the review.
        main: The path of the portfolio's own file.
    """
    found = list(findings)
    open_ones = [each for each in found if each.code in IDENTIFYING]
    if review is None:
        yield from found
        if open_ones:
            yield _not_signed_off(len(open_ones), main)
        return
    changed = changed_since(review.record, files)
    accepted = {(each.path, each.line) for each in review.record.accepted}
    answered = {
        each
        for each in open_ones
        if not changed and (each.place.path, each.place.span.line) in accepted
    }
    yield from (each for each in found if each not in answered)
    if changed:
        yield _out_of_date(changed, review)
    else:
        yield _signed_off(review)
        if len(open_ones) > len(answered):
            yield _not_signed_off(len(open_ones) - len(answered), main)


def _not_signed_off(count: int, main: str) -> Finding:
    many = f"{count} places" if count > 1 else "one place"
    return codes.NOT_SIGNED_OFF.at(
        Place(main),
        f"{many} may identify somebody",
        "take them out; or look through all of it with `casebook privacy`, and record with "
        "`casebook privacy --sign-off` why they may stand",
    )


def _signed_off(review: Piece[PrivacyReview]) -> Finding:
    record = review.record
    let = f"; {len(record.accepted)} findings may stand" if record.accepted else ""
    return codes.SIGNED_OFF.at(
        Place(review.path),
        f"{record.by} looked through these files on {record.on}{let}",
        "a review says that somebody looked, never that nothing is left",
    )


def _out_of_date(changed: tuple[str, ...], review: Piece[PrivacyReview]) -> Finding:
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return codes.REVIEW_OUT_OF_DATE.at(
        Place(review.path),
        f"{changed[0]}{more} changed since {review.record.by} looked through it on "
        f"{review.record.on}",
        "look again with `casebook privacy`, and sign off again; or remove this file",
    )
