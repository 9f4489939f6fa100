"""Whether a total lies so near the pass mark that a further grader is asked."""

from dataclasses import dataclass

from casebook.domain.outcome.moderation import RuleFired
from casebook.domain.outcome.percentages import TOLERANCE, shown_percent
from casebook.evaluation.moderation.panel import Panel, Ruling
from casebook.language import _
from casebook.language.forms import decimal


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """How near to the pass mark is too near.

    Attributes:
        points: The distance in percentage points.
        times: So many standard errors of measurement; None where the policy counts in points.
    """

    points: float
    times: float | None = None


def neighbourhood(panel: Panel) -> Neighbourhood | None:
    """How near is too near by the policy; None where it sets no bound that can be reckoned.

    Standard errors go before points, which are for rubrics whose standard error is not known.
    """
    policy, sem = panel.policy, panel.rubric.sem_percent
    if policy.near_pass_mark_sems is not None and sem is not None:
        return Neighbourhood(policy.near_pass_mark_sems * sem, policy.near_pass_mark_sems)
    if policy.near_pass_mark_percent is not None:
        return Neighbourhood(policy.near_pass_mark_percent)
    return None


def judge_nearness(panel: Panel, percent: float) -> Ruling:
    """Ask for a further grader near the pass mark, on either side, unless one has marked."""
    near = neighbourhood(panel)
    distance = abs(percent - panel.rubric.pass_percent)
    if near is None or distance > near.points + TOLERANCE:
        return Ruling()
    if not panel.further and not panel.is_full:
        return Ruling((RuleFired(rule="near-pass-mark", says=_fact(panel, percent, near)),),
                      "further-grader")  # fmt: skip
    words = (
        _("A further grader has marked the work, so this stands.")
        if panel.further
        else _("As many graders as may be asked have marked the work, so this stands.")
    )
    said = f"{_fact(panel, percent, near)} {words}"
    return Ruling((RuleFired(rule="near-pass-mark", says=said),))


def _fact(panel: Panel, percent: float, near: Neighbourhood) -> str:
    words = (
        _("The total of {share} lies within {points} percentage points of the pass mark of "
          "{pass_mark}.")
        if near.times is None
        else _("The total of {share} lies within {points} percentage points of the pass mark of "
               "{pass_mark} ({times} × the standard error of measurement).")
    )  # fmt: skip
    return words.format(
        share=f"{shown_percent(percent, panel.rubric.pass_percent)} %",
        points=decimal(near.points),
        pass_mark=f"{decimal(panel.rubric.pass_percent)} %",
        times=decimal(near.times or 0),
    )
