"""Which marks count: within the limits of agreement, beyond them, and after a further grader."""

from dataclasses import dataclass

from casebook.domain.outcome.moderation import RuleFired
from casebook.evaluation.moderation.panel import Follow, Panel, Ruling
from casebook.evaluation.moderation.settlement import (
    Settlement,
    highest_of,
    mean_of,
    median_of,
)
from casebook.evaluation.moderation.tolerance import (
    agree,
    closest_pairs,
    disagreement,
    total_gap,
)
from casebook.language import _, ngettext
from casebook.language.forms import decimal

_SEVERAL = 3
"""From so many graders on a median, a mean or the closest two of them can outvote one."""


@dataclass(frozen=True, slots=True)
class AgreedMarks:
    """The marks that count, and the rules that made them count; None while they do not agree."""

    ruling: Ruling
    settlement: Settlement | None


def agree_marks(panel: Panel) -> AgreedMarks:
    """Settle which marks count.

    Marks of those who were asked at first are held to the limits of agreement. Once a further
    grader has marked, the policy's ``with_further_grader`` settles it; only where that leaves
    two graders with nobody between them the limits are asked again.
    """
    if len(panel.graders) == 1:
        return AgreedMarks(Ruling(), mean_of(panel, panel.graders))
    if not panel.further:
        return _first_marks(panel)
    way = panel.policy.with_further_grader
    if way == "further-grader":
        return _by_further_grader(panel)
    if len(panel.graders) < _SEVERAL:
        return _of_two(panel)
    if way == "closest-two":
        return _closest_two(panel)
    settlement = median_of(panel) if way == "median" else mean_of(panel, panel.graders)
    words = (
        _("On each criterion the median of all marks counts.")
        if way == "median"
        else _("The mean of all marks counts.")
    )
    return AgreedMarks(Ruling((_further(panel, words),)), settlement)


def _first_marks(panel: Panel) -> AgreedMarks:
    if not agree(panel, panel.graders):
        return _beyond(panel)
    if panel.policy.within_tolerance == "higher":
        return AgreedMarks(
            Ruling((_within(panel, _("The marks with the highest total count.")),)),
            highest_of(panel),
        )
    return AgreedMarks(
        Ruling((_within(panel, _("The mean of the marks counts.")),)),
        mean_of(panel, panel.graders),
    )


def _of_two(panel: Panel) -> AgreedMarks:
    """One was asked at first, and a further one has marked: nobody lies between the two."""
    if not agree(panel, panel.graders):
        return _beyond(panel)
    said = _further(panel, _("The mean of the marks counts."))
    return AgreedMarks(Ruling((said,)), mean_of(panel, panel.graders))


def _beyond(panel: Panel) -> AgreedMarks:
    fired = tuple(disagreement(panel, panel.graders))
    way = panel.policy.beyond_tolerance
    if way in {"discussion", "further-grader"}:
        return AgreedMarks(Ruling(fired, way), None)
    words = (
        _("The marks with the highest total count.")
        if way == "higher"
        else _("The mean of the marks counts.")
    )
    settlement = highest_of(panel) if way == "higher" else mean_of(panel, panel.graders)
    *others, last = fired
    told = last.model_copy(update={"says": f"{last.says} {words}"})
    return AgreedMarks(Ruling((*others, told)), settlement)


def _by_further_grader(panel: Panel) -> AgreedMarks:
    if panel.latest is None:
        words = _("It is not known who marked last, so nobody's marks can count alone.")
        return AgreedMarks(Ruling((_further(panel, words),), "discussion"), None)
    said = _further(panel, _("The further grader's marks alone count."))
    return AgreedMarks(Ruling((said,)), mean_of(panel, (panel.latest,)))


def _closest_two(panel: Panel) -> AgreedMarks:
    way = panel.policy.beyond_tolerance
    must_agree = way in {"discussion", "further-grader"}
    pairs = closest_pairs(panel, agreeing=must_agree)
    if not pairs:
        words = _("No two graders' marks lie within the limits of agreement.")
        follow: Follow = "discussion" if way == "discussion" else "further-grader"
        return AgreedMarks(Ruling((_further(panel, words),), follow), None)
    gap = decimal(total_gap(panel, pairs[0]))
    words = (
        _("The two totals that lie closest together, {gap} percentage points apart, count: their "
          "mean.")
        if len(pairs) == 1
        else _("Several pairs of totals lie equally close together, {gap} percentage points apart: "
               "the mean of them all counts.")
    )  # fmt: skip
    said = _further(panel, words.format(gap=gap))
    counted = (grader for pair in pairs for grader in pair)
    return AgreedMarks(Ruling((said,)), mean_of(panel, counted))


def _within(panel: Panel, what_counts: str) -> RuleFired:
    limit = panel.policy.tolerance_percent
    words = (
        _("The graders' totals lie {gap} percentage points apart.")
        if limit is None
        else _(
            "The graders' totals lie {gap} percentage points apart; the limit of agreement is "
            "{limit}."
        )
    )
    said = words.format(gap=decimal(total_gap(panel, panel.graders)), limit=decimal(limit or 0))
    return RuleFired(rule="within-tolerance", says=f"{said} {what_counts}")


def _further(panel: Panel, what_counts: str) -> RuleFired:
    said = ngettext(
        "A further grader has marked the work.",
        "{count} further graders have marked the work.",
        panel.further,
    ).format(count=panel.further)
    return RuleFired(rule="further-grader", says=f"{said} {what_counts}")
