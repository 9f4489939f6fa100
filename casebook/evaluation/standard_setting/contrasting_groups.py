"""Contrasting groups: the total that best parts those who clearly pass from those who do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Final

from casebook.domain.outcome.percentages import TOLERANCE, reaches
from casebook.evaluation.standard_setting.estimate import Estimate, Refusal, sheets_are
from casebook.evaluation.standard_setting.logistic import fit_logistic
from casebook.evaluation.standard_setting.proposal import proposed_percent

LEAST_SHEETS: Final = 5
"""In each group; casebook's own choice: fewer do not show how far the groups overlap."""

_FULL: Final = 100.0


@dataclass(frozen=True, slots=True)
class Group:
    """The totals of one group, in percent."""

    sheets: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class GroupCut:
    """One way to part the groups, in percent.

    Attributes:
        cut: Where they are parted.
        failing_above: Clearly failing sheets that reach the proposal made of it.
        passing_below: Clearly passing sheets that do not.
    """

    cut: float
    failing_above: int
    passing_below: int


@dataclass(frozen=True, slots=True)
class ContrastingGroups:
    """Two groups and where they part.

    Attributes:
        failing: The sheets rated as clearly failing.
        passing: Those rated as clearly passing.
        logistic: Where both groups are equally likely; the middle of the gap between them where
            they do not overlap.
        estimate: The same with its error; None where they do not overlap: every cut in the gap
            parts them equally well, and no error can be given.
        gap: The highest failing and the lowest passing total where the groups do not overlap.
        midpoint: Halfway between the means.
        cautions: Reasons to trust the cut less, as sentences.
    """

    failing: Group
    passing: Group
    logistic: GroupCut
    estimate: Estimate | None
    gap: tuple[float, float] | None
    midpoint: GroupCut
    cautions: tuple[str, ...]


def contrast_groups(
    failing: Sequence[float], passing: Sequence[float]
) -> ContrastingGroups | Refusal:
    """Part two groups of totals by logistic regression, and by the midpoint of their means.

    Args:
        failing: Totals in percent of sheets rated as clearly failing.
        passing: Those of sheets rated as clearly passing.

    Source:
        Livingston and Zieky 1982, Passing Scores (contrasting groups); Cizek and Bunch 2007,
        Standard Setting (both ways to part them).
    """
    for word, group in (("failing", failing), ("passing", passing)):
        if len(group) < LEAST_SHEETS:
            return Refusal(
                f"{sheets_are(len(group))} rated as clearly {word}; the method takes "
                f"{LEAST_SHEETS} or more in each group"
            )
    low, high = fmean(failing), fmean(passing)
    if low >= high - TOLERANCE:
        return Refusal(
            f"the clearly failing sheets have a mean total of {low:.1f} %, the clearly passing "
            f"ones {high:.1f} %: no cut can part them"
        )
    gap, estimate = None, None
    if max(failing) <= min(passing):
        gap = (max(failing), min(passing))
        value = sum(gap) / 2
    else:
        estimate = fit_logistic(failing, passing).middle
        value = estimate.value
    if not 0 <= value <= _FULL:
        return Refusal(
            f"the groups overlap so far that they are equally likely at {value:.1f} % alone, "
            "where no total can be"
        )
    return ContrastingGroups(
        failing=_group(failing),
        passing=_group(passing),
        logistic=_cut(value, failing, passing),
        estimate=estimate,
        gap=gap,
        midpoint=_cut((low + high) / 2, failing, passing),
        cautions=tuple(_cautions(value, low, high, gap)),
    )


def _group(totals: Sequence[float]) -> Group:
    return Group(len(totals), fmean(totals), stdev(totals))


def _cut(cut: float, failing: Sequence[float], passing: Sequence[float]) -> GroupCut:
    proposal = proposed_percent(cut)
    return GroupCut(
        cut=cut,
        failing_above=sum(reaches(total, proposal) for total in failing),
        passing_below=sum(not reaches(total, proposal) for total in passing),
    )


def _cautions(
    value: float, low: float, high: float, gap: tuple[float, float] | None
) -> Iterator[str]:
    if gap is not None:
        yield (
            f"the groups do not overlap: any cut above {gap[0]:.1f} % and up to {gap[1]:.1f} % "
            "parts them, this one is the middle, and its error is not known"
        )
    if not low <= value <= high:
        yield (
            "the cut lies outside the means of both groups, because one group is far larger than "
            "the other; prefer the midpoint, or another method"
        )
