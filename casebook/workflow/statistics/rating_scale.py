"""The global ratings of a rubric as a scale: where each lies, and which is the borderline."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from casebook.domain.program.rubric import Rubric
from casebook.domain.record import MOST
from casebook.errors import UsageError
from casebook.rules.spelling import did_you_mean

_USUAL_BORDERLINE: Final = "borderline"


@dataclass(frozen=True, slots=True)
class RatingStep:
    """One global rating, with the position it was given for this use."""

    id: str
    label: str
    position: float


def rating_scale(rubric: Rubric, positions: Mapping[str, float]) -> tuple[RatingStep, ...]:
    """The rubric's ratings from the lowest to the highest.

    Args:
        rubric: Whose ratings they are.
        positions: Rating id -> position, in place of the rubric's own.

    Raises:
        UsageError: The rubric has no ratings, a name is not one of them, or the positions do not
            rise from rating to rating.
    """
    if not rubric.global_ratings:
        raise UsageError(
            f"the rubric '{rubric.id}' has no global ratings, and the method goes by them",
            hint="add `global_ratings` to the rubric, or use --method angoff",
        )
    for rating, position in positions.items():
        known_rating(rubric, rating)
        if not math.isfinite(position) or abs(position) > MOST:
            raise UsageError(
                f"{position:g} is no position for `{rating}`",
                hint=f"a position lies between {-MOST:,} and {MOST:,}",
            )
    steps = tuple(
        RatingStep(each.id, each.label, positions.get(each.id, each.position))
        for each in rubric.global_ratings
    )
    for lower, upper in pairwise(steps):
        if lower.position >= upper.position:
            raise UsageError(
                f"the positions do not rise: `{lower.id}` at {lower.position:g}, then `{upper.id}` "
                f"at {upper.position:g}",
                hint="give each rating a higher position than the one before: --position ID=NUMBER",
            )
    return steps


def borderline_rating(rubric: Rubric, named: str | None) -> str:
    """The id of the borderline rating: the one that is named, else the one called borderline.

    Raises:
        UsageError: There is no such rating.
    """
    if named is not None:
        return known_rating(rubric, named)
    ids = [each.id for each in rubric.global_ratings]
    if _USUAL_BORDERLINE not in ids:
        raise UsageError(
            f"no global rating of the rubric '{rubric.id}' is called `{_USUAL_BORDERLINE}`",
            hint=f"say which one is: --borderline ID, one of {', '.join(ids) or 'none'}",
        )
    return _USUAL_BORDERLINE


def known_rating(rubric: Rubric, rating: str) -> str:
    """A rating's id, when the rubric has it.

    Raises:
        UsageError: It has not.
    """
    labels = {each.id: each.label for each in rubric.global_ratings}
    if rating not in labels:
        raise UsageError(
            f"the rubric '{rubric.id}' has no global rating `{rating}`",
            hint=did_you_mean(rating, labels, labels),
        )
    return rating


def contrasted(
    rubric: Rubric,
    steps: Sequence[RatingStep],
    borderline: str | None,
    failing: Iterable[str],
    passing: Iterable[str],
) -> tuple[frozenset[str], frozenset[str]]:
    """The ratings that mean clearly failing, and those that mean clearly passing.

    Where none are named: everything below the borderline, and everything above it.

    Raises:
        UsageError: A name is no rating, is in both groups, or a group is empty.
    """
    low = frozenset(known_rating(rubric, each) for each in failing)
    high = frozenset(known_rating(rubric, each) for each in passing)
    if not (low and high):
        middle = borderline_rating(rubric, borderline)
        ids = [step.id for step in steps]
        at = ids.index(middle)
        low, high = low or frozenset(ids[:at]), high or frozenset(ids[at + 1 :])
    both = sorted(low & high)
    if both:
        raise UsageError(
            f"`{both[0]}` cannot be both clearly failing and clearly passing",
            hint="name it once, or leave it out of both groups",
        )
    for word, group in (("failing", low), ("passing", high)):
        if not group:
            raise UsageError(
                f"no rating stands for clearly {word}", hint=f"name at least one: --{word} ID"
            )
    return low, high
