"""The criteria's part of a session report: levels reached, notes, and the total."""

from dataclasses import dataclass

from markupsafe import Markup

from casebook.charts.criterion_scores import CriterionScore, ScoreSheet, criterion_scores
from casebook.domain.results import Evaluation, Outcome, ProtocolResult, Scored
from casebook.domain.rubric import Criterion, Rubric
from casebook.render.prose import plain, prose
from casebook.render.views.figures import figure_words
from casebook.render.views.wording import amount, capitalised, stopwatch, unstopped

_RESULTS = {"pass": "Pass", "fail": "Fail", "incomplete": "Incomplete"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result with everything that qualifies it."""

    result: str
    alarm: bool
    lines: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """One criterion: what was asked, the level reached in the rubric's words, the note."""

    title: str
    points: str
    alarm: bool
    asks: str
    level: str
    describes: str
    note: Markup
    facts: str


def verdict(evaluation: Evaluation) -> Verdict:
    """Result, score beside its pass mark and its error, and the reasons."""
    lines = []
    passing = f"the pass mark is {amount(evaluation.pass_percent)} %"
    if evaluation.percent is None:
        lines.append(f"No total while marks are missing; {passing}.")
    else:
        lines.append(f"{evaluation.shown_percent} % of the weighted points; {passing}.")
    if evaluation.sem_percent is not None:
        points = amount(evaluation.sem_percent)
        unit = "percentage point" if points == "1" else "percentage points"
        lines.append(f"Standard error of measurement: {points} {unit}.")
    else:
        lines.append(
            "One session is a small sample, and the standard error of this rubric has not been "
            "measured."
        )
    if evaluation.global_rating:
        lines.append(f"Overall impression, given beside the criteria: {evaluation.global_rating}.")
    return Verdict(
        result=_RESULTS[evaluation.result],
        alarm=evaluation.result != "pass",
        lines=tuple(lines),
        reasons=tuple(f"{capitalised(unstopped(each))}." for each in evaluation.reasons),
    )


def criterion_entries(evaluation: Evaluation, rubric: Rubric | None) -> tuple[CriterionEntry, ...]:
    """All criteria in the rubric's order, scored or not."""
    total = sum(each.weight for each in evaluation.criteria)
    return tuple(
        _entry(
            each,
            rubric.criterion(each.criterion) if rubric else None,
            share=each.weight / total,
            protocol=evaluation.protocol,
        )
        for each in evaluation.criteria
    )


def score_chart(evaluation: Evaluation, rubric: Rubric | None) -> Markup:
    """The criteria and the total as bars."""
    total = sum(each.weight for each in evaluation.criteria)
    bars = []
    for each in evaluation.criteria:
        criterion = rubric.criterion(each.criterion) if rubric else None
        must = criterion.must_pass if criterion else None
        bars.append(
            CriterionScore(
                name=each.title,
                points=each.level if isinstance(each, Scored) else None,
                top=each.top,
                weight_pct=round(100 * each.weight / total, 1),
                least=must.level if must else None,
            )
        )
    shown = evaluation.shown_percent
    percent = None if shown is None else float(shown)
    sheet = ScoreSheet(tuple(bars), percent, evaluation.pass_percent)
    return Markup(criterion_scores(sheet))  # noqa: S704 - charts escape every word they are given


def _entry(
    outcome: Outcome,
    criterion: Criterion | None,
    *,
    share: float,
    protocol: ProtocolResult | None,
) -> CriterionEntry:
    facts = [f"Weight {amount(round(100 * share, 1))} %"]
    if outcome.must_pass:
        facts.append("must pass")
    if not isinstance(outcome, Scored):
        return CriterionEntry(
            title=outcome.title,
            points="no mark",
            alarm=True,
            asks=criterion.asks if criterion else "",
            level=f"{capitalised(unstopped(outcome.why))}.",
            describes="",
            note=Markup(),
            facts=", ".join(facts),
        )
    if outcome.from_protocol:
        facts.append("taken from the protocol, not marked by hand")
    if outcome.at_s is not None:
        facts.append(f"seen at {stopwatch(outcome.at_s)}")
    if outcome.place:
        facts.append(outcome.place)
    if not outcome.reached and criterion and criterion.must_pass:
        facts.append(f"needs {criterion.must_pass.level}: {unstopped(criterion.must_pass.reason)}")
    step = criterion.step(outcome.level) if criterion else None
    return CriterionEntry(
        title=outcome.title,
        points=f"{outcome.level} of {outcome.top}",
        alarm=not outcome.reached,
        asks=criterion.asks if criterion else "",
        level=f"{capitalised(outcome.label)}." if step else capitalised(outcome.label),
        describes=plain(step.describes) if step else "",
        note=prose(_note(outcome, criterion, protocol)),
        facts=", ".join(facts),
    )


def _note(
    outcome: Scored, criterion: Criterion | None, protocol: ProtocolResult | None
) -> str | None:
    """The grader's note; for what the protocol gave, its figure in plain words."""
    if criterion is None or criterion.from_protocol is None or protocol is None:
        return outcome.note
    return figure_words(criterion.from_protocol, protocol) or outcome.note
