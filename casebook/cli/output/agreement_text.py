"""Agreement as text on a terminal: what it says first, then the figures it says that by."""

from collections.abc import Iterator
from typing import Final

from casebook.cli.output.agreement_studies import (
    NAME,
    several_works_lines,
    severity_lines,
    study_lines,
)
from casebook.cli.output.agreement_words import sentences, verdict
from casebook.cli.output.lines import counted, cut, item, wrapped
from casebook.cli.terminal import dress
from casebook.domain.canonical import brief
from casebook.evaluation.agreement.catalogue import ALPHAS, KINDS, PERCENT, Kind
from casebook.evaluation.agreement.figures import Estimate, Interval, Refused
from casebook.evaluation.agreement.report import Measure
from casebook.workflow.statistics.agreement import AgreementReading, RubricAgreement

_TITLE: Final = 31


def agreement_text(reading: AgreementReading, *, details: bool) -> str:
    """The agreement on each rubric, and what was left out.

    Args:
        reading: What was found.
        details: Whether to show every figure of each criterion, and not the main ones alone.
    """
    blocks = ["\n".join(_lines(group, details=details)) for group in reading.groups]
    if reading.left_out:
        left_out = (line for each in reading.left_out for line in item(f"{each.path}: {each.why}"))
        blocks.append("\n".join([dress("Left out", "place"), *left_out]))
    return "\n\n".join(blocks)


def _lines(group: RubricAgreement, *, details: bool) -> Iterator[str]:
    agreement, used = group.agreement, group.used
    yield from wrapped(group.title, "place")
    named = f"rubric {used.rubric} of {used.program}"
    yield from item(f"{named}, {brief(used.digest)}" if used.digest else named, "dim")
    yield "  " + ", ".join(
        [
            counted(group.sheets, "sheet"),
            counted(agreement.works, "work"),
            counted(agreement.submissions, "submission"),
            counted(len(agreement.graders), "grader"),
        ]
    )
    if group.totals:
        yield from item(group.totals, "warning")
    yield ""
    if not agreement.has_pairs:
        yield from item(f"Nothing can be compared: {_why(agreement.total)}.", "warning")
        return
    for sentence in sentences(agreement):
        yield from item(sentence)
    for measure in (agreement.result, agreement.total):
        if measure is not None:
            yield ""
            yield from _figures(measure)
    yield from study_lines(agreement.total)
    yield from several_works_lines(agreement.candidates)
    yield from severity_lines(agreement.total)
    yield ""
    yield from _criteria(agreement.criteria)
    if details:
        for measure in agreement.criteria:
            yield ""
            yield from _figures(measure)
            yield from study_lines(measure)
            yield from severity_lines(measure)
    yield ""
    yield from item(
        "Intervals are meant to hold the true value in 95 of 100 such studies; with fewer than 30 "
        "works it is about 90. Those without a formula are made of "
        f"{agreement.resamples:,} resamples of the submissions (seed {agreement.seed}) and speak "
        "of these graders alone. docs/agreement.md says more.",
        "dim",
    )


def _why(measure: Measure) -> str:
    """The first reason for which a measure lacks a figure."""
    return next(each.why for each in measure.figures.values() if isinstance(each, Refused))


def _figures(measure: Measure) -> Iterator[str]:
    unit = {"levels": "levels", "percent": "percentage points", "pass or fail": ""}[measure.unit]
    title = cut(measure.title, NAME + 2).ljust(NAME + 2)
    if any(isinstance(figure, Estimate) for figure in measure.figures.values()):
        heads = dress("   figure      95 % interval   works", "dim")
        yield f"{dress(title, 'place')}{heads}"
    else:
        yield dress(title.rstrip(), "place")
    for kind in KINDS[measure.unit]:
        figure = measure.figures[kind.id]
        if isinstance(figure, Estimate):
            yield f"  {_named(kind, measure, unit):<{NAME}}{_row(figure, kind)}"
    yield from _without(measure)


def _named(kind: Kind, measure: Measure, unit: str) -> str:
    if kind.family == "kappa" and measure.pairs > 1:
        return f"{kind.title}, {measure.pairs} pairs"
    return (
        f"{kind.title}, {unit}"
        if kind.unit == "points" and measure.unit == "levels"
        else kind.title
    )


def _row(figure: Estimate, kind: Kind) -> str:
    limits = figure.interval
    between = (
        f"{_number(limits.low, kind)} to {_number(limits.high, kind)}"
        if isinstance(limits, Interval)
        else "none"
    )
    return f"{_number(figure.value, kind):>9}{between:>19}{figure.works:>8}"


def _number(value: float, kind: Kind) -> str:
    if kind.unit == "share":
        return f"{100 * value:.0f} %"
    return f"{value:.2f}".replace("-0.00", "0.00")


def _without(measure: Measure) -> Iterator[str]:
    """Why figures are refused, and why figures have no interval: each reason once."""
    reasons: dict[str, list[str]] = {}
    for kind in KINDS[measure.unit]:
        figure = measure.figures[kind.id]
        name = kind.title.partition(" (")[0].partition(",")[0]
        if isinstance(figure, Refused):
            reasons.setdefault(f"refused: {figure.why}", []).append(name)
        elif isinstance(figure.interval, Refused):
            reasons.setdefault(f"no interval: {figure.interval.why}", []).append(name)
    for why, names in reasons.items():
        yield from item(f"{', '.join(dict.fromkeys(names))}, {why}", "warning")


def _criteria(measures: tuple[Measure, ...]) -> Iterator[str]:
    """One line for each criterion: how often two agree, and how far beyond chance."""
    yield (
        f"{dress('Criteria'.ljust(_TITLE + 2), 'place')}"
        f"{dress('  agree  alpha  95 % interval  works', 'dim')}"
    )
    refused: dict[str, list[str]] = {}
    for measure in measures:
        share, alpha = measure.figures[PERCENT.id], measure.figures[ALPHAS["ordinal"].id]
        agree = _number(share.value, PERCENT) if isinstance(share, Estimate) else "–"
        value, between = "–", "–"
        if isinstance(alpha, Estimate):
            value = f"{alpha.value:.2f}"
            if isinstance(alpha.interval, Interval):
                between = f"{alpha.interval.low:.2f} to {alpha.interval.high:.2f}"
        if isinstance(alpha, Refused):
            refused.setdefault(alpha.why, []).append(measure.title)
        yield (
            f"  {cut(measure.title, _TITLE).ljust(_TITLE)}{agree:>7}{value:>7}{between:>15}"
            f"{measure.works:>7}  {verdict(alpha)}"
        ).rstrip()
    for why, titles in refused.items():
        named = ", ".join(titles) if len(titles) < len(measures) else "All criteria"
        yield from item(f"{named}, no alpha: {why}", "warning")
    yield from item(
        "Alpha is Krippendorff's for ranks. good: surely 0.80 or more; fair: surely 0.67 or more; "
        "poor: surely below 0.67; open: the marks cannot tell.",
        "dim",
    )
