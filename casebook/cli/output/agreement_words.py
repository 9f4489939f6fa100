"""What figures of agreement say, in sentences that claim no more than their intervals allow."""

from collections.abc import Iterator
from typing import Final

from casebook.evaluation.agreement.catalogue import PERCENT, PHI, SEM
from casebook.evaluation.agreement.figures import CONFIDENCE, Estimate, Figure, Interval
from casebook.evaluation.agreement.report import Agreement, Measure

ENOUGH: Final = 0.8
TENTATIVE: Final = 2 / 3
"""Krippendorff 2004, Content Analysis, chapter 11: rely on 0.800, draw tentative conclusions from
0.667; Shavelson and Webb 1991 ask the same 0.80 of phi where decisions hang on it."""


def verdict(figure: Figure) -> str:
    """One word: good, fair, poor, or open where the interval allows more than one of them."""
    if not isinstance(figure, Estimate) or not isinstance(figure.interval, Interval):
        return ""
    low, high = figure.interval.low, figure.interval.high
    if low >= ENOUGH:
        return "good"
    if low >= TENTATIVE:
        return "fair"
    return "poor" if high < TENTATIVE else "open"


def sentences(agreement: Agreement) -> Iterator[str]:
    """What an office should know first."""
    if agreement.result is not None:
        yield from _on_results(agreement.result)
    yield from _on_phi(agreement.total.figures[PHI.id])
    yield from _on_error(agreement.total.figures[SEM.id])
    yield from _on_severity(agreement.total)


def _on_results(measure: Measure) -> Iterator[str]:
    share = measure.figures[PERCENT.id]
    if not isinstance(share, Estimate):
        yield f"How often two graders agree on pass or fail cannot be told: {share.why}."
        return
    between = ""
    if isinstance(share.interval, Interval):
        between = f" ({100 * share.interval.low:.0f} to {100 * share.interval.high:.0f})"
    yield (
        f"Two graders of one work agree whether it passes in {100 * share.value:.0f} of 100 "
        f"works{between}."
    )


def _on_phi(phi: Figure) -> Iterator[str]:
    if not isinstance(phi, Estimate):
        yield f"How far one grader's total can be trusted cannot be told: {phi.why}."
        return
    if not isinstance(phi.interval, Interval):
        yield (
            f"Phi of one grader's total is {phi.value:.2f}, without an interval: conclude nothing "
            "from it."
        )
        return
    said = {
        "good": "One grader's total is reliable enough to decide by",
        "fair": "One grader's total is fit for tentative conclusions",
        "poor": "One grader's total is too unreliable to decide by",
        "open": "These marks cannot tell whether one grader's total is reliable enough",
    }[verdict(phi)]
    yield f"{said}: phi is {phi.value:.2f} ({phi.interval.low:.2f} to {phi.interval.high:.2f})."


def _on_error(sem: Figure) -> Iterator[str]:
    if not isinstance(sem, Estimate):
        return
    between = ""
    if isinstance(sem.interval, Interval):
        between = f" ({sem.interval.low:.1f} to {sem.interval.high:.1f})"
    yield (
        f"The standard error of one grader's total is {sem.value:.1f} percentage points{between}: "
        "about two totals in three lie within it of the mean of many graders."
    )


def _on_severity(measure: Measure) -> Iterator[str]:
    if not isinstance(measure.severity, tuple):
        return
    known = [each.figure for each in measure.severity if isinstance(each.figure, Estimate)]
    limits = [each.interval for each in known if isinstance(each.interval, Interval)]
    apart = sum(each.low > 0 or each.high < 0 for each in limits)
    if not limits:
        return
    by_chance = (1 - CONFIDENCE) * len(limits)
    about = f"about {by_chance:.0f}" if by_chance >= 1 else "hardly one"
    graders = "grader" if len(limits) == 1 else "graders"
    yield (
        f"Of {len(limits)} {graders}, {apart or 'none'} "
        f"{'is' if apart == 1 else 'are'} stricter or milder than the others beyond what chance "
        f"explains; by chance alone it would be {about}."
    )
