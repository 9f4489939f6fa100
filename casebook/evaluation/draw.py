"""Who grades a submission, drawn so that anyone can draw again and nobody can steer it.

Why hashes and no random numbers: whoever is drawn depends on the seed, the submission and the
graders alone, and not on how many submissions were drawn before or in which order. The National
Board once left candidates without their second score by a fault in such a selection.
"""

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from casebook.domain.canonical import canonical_json
from casebook.domain.marking.graders import ListedGrader
from casebook.domain.outcome.issued import DrawRecord
from casebook.domain.portfolio import PortfolioFile
from casebook.domain.program.marking_policy import Draw
from casebook.evaluation.impartiality import conflicts_between
from casebook.limits import LINE_CHARACTERS

_HASHES: Final = 1 << 256
"""How many different values SHA-256 has."""


def draw_graders(
    draw: Draw, submission: str, listed: Sequence[ListedGrader], main: PortfolioFile
) -> DrawRecord:
    """Put the graders who may judge a submission in the order in which they are asked.

    Args:
        draw: The program's seed and its share of submissions that are marked once more.
        submission: The submission's digest.
        listed: Everybody who may be asked to grade.
        main: The candidate's own file, for what stands between them and a grader.
    """
    left_out = {each.id: why for each in listed if (why := why_not_asked(each, main))}
    pool = sorted(each.id for each in listed if each.id not in left_out)
    return DrawRecord(
        seed=draw.seed,
        pool=tuple(pool),
        left_out=dict(sorted(left_out.items())),
        order=drawn_order(draw.seed, submission, pool),
        marked_twice=is_marked_twice(draw, submission),
    )


def drawn_order(seed: str, submission: str, pool: Sequence[str]) -> tuple[str, ...]:
    """The ids of a pool by SHA-256 over seed, submission and id: equally likely in any order."""
    return tuple(sorted(pool, key=lambda each: (_hash(seed, submission, each), each)))


def is_marked_twice(draw: Draw, submission: str) -> bool:
    """Whether a submission falls into the share that one more grader marks."""
    share = Fraction(int(_hash(draw.seed, submission, "second"), 16), _HASHES)
    return share * 100 < Fraction(draw.second_percent)


def why_not_asked(grader: ListedGrader, main: PortfolioFile) -> str | None:
    """Why a listed grader is not asked to judge this candidate, in a clause; None if they may."""
    conflicts = conflicts_between(grader, main)
    if conflicts:
        return "; ".join(each.says for each in conflicts)[:LINE_CHARACTERS]
    return f"{grader.name} is away"[:LINE_CHARACTERS] if grader.away else None


def _hash(*words: str) -> str:
    return hashlib.sha256(canonical_json(words)).hexdigest()
