"""A marking policy in plain words."""

from collections.abc import Iterator, Sequence
from typing import Final

from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric

_COUNTS: Final = {
    "mean": "their mean counts",
    "higher": "the marks with the highest total count",
    "discussion": "the graders discuss the work",
    "further-grader": "a further grader is asked",
}
_SETTLED: Final = {
    "closest-two": "the mean of the two totals that lie closest together counts",
    "median": "the median of all marks on each criterion counts",
    "mean": "the mean of all marks counts",
    "further-grader": "the further grader's marks alone count",
}


def policy_sentences(policy: MarkingPolicy, rubrics: Sequence[Rubric]) -> Iterator[str]:
    """Each rule of a policy, in a clause.

    Args:
        policy: The policy.
        rubrics: The program's rubrics, for how near to their pass marks is too near.
    """
    judged = {each.judges for each in rubrics}
    if "case-study" in judged:
        told = ", and is not told whose it is" if policy.blind else ""
        tell = ", and are not told whose it is" if policy.blind else ""
        yield (
            f"one grader marks each case study{told}"
            if policy.graders == 1
            else f"{policy.graders} graders mark each case study{tell}"
        )
    if "observation" in judged:
        more = policy.session_graders - 1
        beside = f" and {more} more grader{'' if more == 1 else 's'}" if more else ""
        yield f"the examiner{beside} mark{'' if beside else 's'} each observed session"
    if policy.draw is not None:
        share = policy.draw.second_percent
        twice = f"; {share:g} % of submissions get one more for their case studies" if share else ""
        yield f"graders are drawn by a seed that anyone can repeat{twice}"
    yield from _agreement(policy)
    yield from _nearness(policy, rubrics)
    yield (
        "a must-pass failure needs all graders, or most of three and more, to see it"
        if policy.must_pass_agreement
        else "a must-pass failure needs one grader to see it"
    )
    yield f"once a further grader has marked, {_SETTLED[policy.with_further_grader]}"
    most = max(policy.most_graders, policy.graders, policy.session_graders)
    yield f"at most {most} graders mark one piece of work; after that they discuss it"
    if policy.appeal_days is not None:
        yield f"an appeal can be made within {policy.appeal_days} days of the result"


def _agreement(policy: MarkingPolicy) -> Iterator[str]:
    limits = []
    if policy.tolerance_percent is not None:
        limits.append(f"totals up to {policy.tolerance_percent:g} points apart")
    if policy.tolerance_levels is not None:
        levels = "level" if policy.tolerance_levels == 1 else "levels"
        limits.append(f"marks up to {policy.tolerance_levels} {levels} apart on a criterion")
    if limits:
        within = _COUNTS[policy.within_tolerance]
        yield f"{' and '.join(limits)} agree: {within}"
        yield f"beyond that {_COUNTS[policy.beyond_tolerance]}"
    elif policy.graders > 1 or policy.session_graders > 1:
        yield f"graders agree however far they lie apart: {_COUNTS[policy.within_tolerance]}"


def _nearness(policy: MarkingPolicy, rubrics: Sequence[Rubric]) -> Iterator[str]:
    points = policy.near_pass_mark_percent
    if policy.near_pass_mark_sems is None:
        if points is not None:
            yield f"within {points:g} points of the pass mark a further grader is asked"
        return
    for rubric in rubrics:
        if rubric.sem_percent is not None:
            near = f"{policy.near_pass_mark_sems * rubric.sem_percent:g} points"
            times = f" ({policy.near_pass_mark_sems:g} × the standard error of measurement)"
        elif points is not None:
            near, times = f"{points:g} points", ""
        else:
            yield (
                f"{rubric.id}: the standard error of measurement is not known, so no total counts "
                "as near the pass mark"
            )
            continue
        yield (f"{rubric.id}: within {near} of the pass mark{times} a further grader is asked")
