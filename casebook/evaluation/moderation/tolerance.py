"""How far graders lie apart, and whether that counts as agreement."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from casebook.domain.outcome.moderation import RuleFired
from casebook.domain.outcome.percentages import TOLERANCE
from casebook.domain.program.rubric import Criterion
from casebook.evaluation.moderation.panel import Panel
from casebook.language import _, ngettext
from casebook.language.forms import decimal

Graders = Sequence[str]


def total_gap(panel: Panel, graders: Graders) -> float:
    """The largest difference between two totals, in percentage points."""
    totals = [panel.percent(each) for each in graders]
    return max(totals) - min(totals)


def level_gap(panel: Panel, criterion: str, graders: Graders) -> int:
    """The largest difference between two levels on one criterion."""
    levels = panel.complete_levels(criterion, graders)
    return max(levels) - min(levels)


def totals_agree(panel: Panel, graders: Graders) -> bool:
    """Whether the totals lie within the policy's limit, or it sets none."""
    limit = panel.policy.tolerance_percent
    return limit is None or total_gap(panel, graders) <= limit + TOLERANCE


def criteria_apart(panel: Panel, graders: Graders) -> tuple[Criterion, ...]:
    """The criteria on which graders lie further apart than the policy allows."""
    limit = panel.policy.tolerance_levels
    if limit is None:
        return ()
    return tuple(
        each for each in panel.rubric.criteria if level_gap(panel, each.id, graders) > limit
    )


def agree(panel: Panel, graders: Graders) -> bool:
    """Whether graders agree by every limit that the policy sets."""
    return totals_agree(panel, graders) and not criteria_apart(panel, graders)


def closest_pairs(panel: Panel, *, agreeing: bool) -> tuple[tuple[str, str], ...]:
    """The two graders whose totals lie closest together, or all such pairs where several do.

    Args:
        panel: At least two graders.
        agreeing: Take only pairs that agree by every limit; there may be none.
    """
    pairs = [
        (one, other)
        for one, other in combinations(panel.graders, 2)
        if not agreeing or agree(panel, (one, other))
    ]
    if not pairs:
        return ()
    least = min(total_gap(panel, pair) for pair in pairs)
    return tuple(pair for pair in pairs if total_gap(panel, pair) <= least + TOLERANCE)


def disagreement(panel: Panel, graders: Graders) -> Iterator[RuleFired]:
    """Each limit that graders exceed, in a sentence."""
    if not totals_agree(panel, graders):
        yield RuleFired(
            rule="beyond-tolerance",
            says=_(
                "The graders' totals lie {gap} percentage points apart; the limit of agreement is "
                "{limit}."
            ).format(
                gap=decimal(total_gap(panel, graders)),
                limit=decimal(panel.policy.tolerance_percent or 0),
            ),
        )
    for criterion in criteria_apart(panel, graders):
        gap = level_gap(panel, criterion.id, graders)
        yield RuleFired(
            rule="criterion-tolerance",
            says=ngettext(
                "On '{criterion}' the graders lie {gap} level apart; the limit of agreement is "
                "{limit}.",
                "On '{criterion}' the graders lie {gap} levels apart; the limit of agreement is "
                "{limit}.",
                gap,
            ).format(criterion=criterion.title, gap=gap, limit=panel.policy.tolerance_levels),
            criterion=criterion.id,
        )
