"""Studies of agreement as text: variances, more graders, more works, severities."""

from collections.abc import Iterator
from typing import Final

from casebook.cli.output.lines import counted, cut, item
from casebook.cli.terminal import dress
from casebook.evaluation.agreement.figures import Estimate, Interval, Refused
from casebook.evaluation.agreement.report import CandidateStudy, Decision, Measure, Need

NAME: Final = 38
"""Columns for the name of a figure."""
_GRADER: Final = 28


def study_lines(measure: Measure) -> Iterator[str]:
    """Where variance comes from, and what more graders would do."""
    study = measure.decision
    if not isinstance(study, Decision):
        return
    yield ""
    yield dress("Where differences between marks come from", "place")
    variances = study.components
    total = variances.of_works + variances.of_error
    for name, variance in (
        ("the works themselves", variances.of_works),
        ("severity of graders", variances.of_graders),
        ("single judgements, and chance", variances.of_rest),
    ):
        yield f"  {name:<{NAME}}{f'{100 * variance / total:.0f} %':>9}"
    if variances.set_to_zero:
        named = " and ".join(variances.set_to_zero)
        yield from item(
            f"The variance of {named} came out below zero and was set to zero.", "warning"
        )
    yield ""
    yield dress("How many graders would be enough", "place")
    yield f"  {'graders for each work':<24}" + "".join(f"{s.graders:>8}" for s in study.steps)
    yield f"  {'phi':<24}" + "".join(f"{step.phi:>8.2f}" for step in study.steps)
    if study.steps[0].low is not None:
        yield f"  {'at worst':<24}" + "".join(f"{step.low:>8.2f}" for step in study.steps)
    errors = "".join(f"{step.sem:>8.{_decimals(measure)}f}" for step in study.steps)
    yield f"  {'standard error':<24}{errors}"
    for need in study.needs:
        yield f"  {f'for phi {need.target:.2f}':<24}{_need(need)}"


def _need(need: Need) -> str:
    least = "no number is enough" if need.graders is None else counted(need.graders, "grader")
    if not need.known:
        return f"  {least}"
    if need.at_best == need.at_worst:
        return f"  {least}"
    worst = "no number is enough" if need.at_worst is None else str(need.at_worst)
    return f"  {least} (at best {need.at_best}, at worst {worst})"


def several_works_lines(study: CandidateStudy | Refused | None) -> Iterator[str]:
    """What more works of each candidate would do."""
    if study is None:
        return
    yield ""
    yield dress(
        "How many works of a candidate would be enough, for the mean of their totals", "place"
    )
    if isinstance(study, Refused):
        yield from item(f"refused: {study.why}", "warning")
        return
    works = sorted({step.works for step in study.steps})
    yield f"  {'works of a candidate':<24}" + "".join(f"{number:>8}" for number in works)
    for graders in sorted({step.graders for step in study.steps}):
        steps = [step for step in study.steps if step.graders == graders]
        name = f"phi, {counted(graders, 'grader')}"
        yield f"  {name:<24}" + "".join(f"{step.phi:>8.2f}" for step in steps)
        if all(step.low is not None for step in steps):
            yield f"  {'at worst':<24}" + "".join(f"{step.low:>8.2f}" for step in steps)
    for target, needed in study.needed:
        least = "no number is enough" if needed is None else counted(needed, "work")
        yield f"  {f'for phi {target:.2f}, 1 grader':<24}  {least}"
    if study.set_to_zero:
        named = " and ".join(study.set_to_zero)
        yield from item(f"The variance of {named} came out below zero and was set to zero.")


def severity_lines(measure: Measure) -> Iterator[str]:
    """Each grader's severity, the strictest first, and who has none and why."""
    if measure.severity is None:
        return
    yield ""
    unit = "percentage points" if measure.unit == "percent" else "levels"
    title = f"Severity, in {unit}"
    if isinstance(measure.severity, Refused):
        yield dress(title, "place")
        yield from item(f"refused: {measure.severity.why}", "warning")
        return
    heads = dress("   points      95 % interval   works", "dim")
    yield f"{dress(title.ljust(_GRADER + 2), 'place')}{heads}"
    known = [
        (each.grader, each.figure) for each in measure.severity if isinstance(each.figure, Estimate)
    ]
    decimals = _decimals(measure)
    for grader, figure in sorted(known, key=lambda each: -each[1].value):
        yield f"  {cut(grader, _GRADER).ljust(_GRADER)}{_signed(figure, decimals)}"
    for each in measure.severity:
        if isinstance(each.figure, Refused):
            yield from item(f"{each.grader}, refused: {each.figure.why}", "warning")
    yield from item("Above zero is stricter than the others, below zero milder.", "dim")


def _decimals(measure: Measure) -> int:
    return 1 if measure.unit == "percent" else 2


def _signed(figure: Estimate, decimals: int) -> str:
    limits, between, side = figure.interval, "none", ""
    if isinstance(limits, Interval):
        between = f"{limits.low:+.{decimals}f} to {limits.high:+.{decimals}f}"
        if limits.low > 0:
            side = "  stricter"
        elif limits.high < 0:
            side = "  milder"
    return f"{figure.value:>+9.{decimals}f}{between:>19}{figure.works:>8}{side}"
