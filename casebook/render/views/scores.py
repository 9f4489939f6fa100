"""The criteria's part of a session report: levels reached, notes, and the total."""

from dataclasses import dataclass

from markupsafe import Markup

from casebook.charts.criterion_scores import CriterionScore, ScoreSheet, criterion_score_parts
from casebook.domain.outcome.percentages import near_pass_mark
from casebook.domain.outcome.results import Evaluation, Outcome, ProtocolResult, Scored
from casebook.domain.program.rubric import Criterion, Rubric
from casebook.language import Language, _, ngettext
from casebook.language.terms import result as result_words
from casebook.render.prose import plain, prose
from casebook.render.views.figures import figure_words
from casebook.render.views.wording import (
    amount,
    capitalised,
    in_language,
    percent,
    stopwatch,
    unstopped,
)


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
    passing = percent(evaluation.pass_percent)
    if evaluation.percent is None:
        words = _("No total while marks are missing; the pass mark is {pass_mark}.")
        lines.append(words.format(pass_mark=passing))
    else:
        words = _("{share} of the weighted points; the pass mark is {pass_mark}.")
        lines.append(words.format(share=f"{evaluation.shown_percent} %", pass_mark=passing))
    if evaluation.sem_percent is not None:
        points = amount(evaluation.sem_percent)
        words = ngettext(
            "Standard error of measurement: {points} percentage point.",
            "Standard error of measurement: {points} percentage points.",
            1 if points == "1" else 2,
        )
        lines.append(words.format(points=points))
        if evaluation.percent is not None and near_pass_mark(
            evaluation.percent, evaluation.pass_percent, evaluation.sem_percent
        ):
            lines.append(
                _("The pass mark lies within one standard error of measurement of the total.")
            )
    else:
        lines.append(
            _(
                "One session is a small sample, and the standard error of this rubric has not "
                "been measured."
            )
        )
    if evaluation.global_rating:
        words = _("Overall impression, given beside the criteria: {rating}.")
        lines.append(words.format(rating=evaluation.global_rating))
    return Verdict(
        result=result_words(evaluation.result),
        alarm=evaluation.result != "pass",
        lines=tuple(lines),
        reasons=tuple(f"{capitalised(unstopped(each))}." for each in evaluation.reasons),
    )


def criterion_entries(
    evaluation: Evaluation, rubric: Rubric | None, language: Language = "en"
) -> tuple[CriterionEntry, ...]:
    """All criteria in the rubric's order, scored or not; ``language`` is the rubric's own."""
    total = sum(each.weight for each in evaluation.criteria)
    return tuple(
        _entry(
            each,
            rubric.criterion(each.criterion) if rubric else None,
            share=each.weight / total,
            protocol=evaluation.protocol,
            language=language,
        )
        for each in evaluation.criteria
    )


def score_chart(evaluation: Evaluation, rubric: Rubric | None) -> Markup:
    """The criteria and the total as bars."""
    drawn = criterion_score_parts(score_sheet(evaluation, rubric))
    return Markup("".join(drawn))  # noqa: S704 - charts escape every word they are given


def score_sheet(evaluation: Evaluation, rubric: Rubric | None) -> ScoreSheet:
    """What the chart of an evaluation draws."""
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
    return ScoreSheet(
        criteria=tuple(bars),
        percent=evaluation.cut_percent,
        pass_mark=evaluation.pass_percent,
        sem=evaluation.sem_percent,
    )


def _entry(
    outcome: Outcome,
    criterion: Criterion | None,
    *,
    share: float,
    protocol: ProtocolResult | None,
    language: Language,
) -> CriterionEntry:
    facts = [_("Weight {share}").format(share=percent(round(100 * share, 1)))]
    if outcome.must_pass:
        facts.append(_("must pass"))
    if not isinstance(outcome, Scored):
        return CriterionEntry(
            title=in_language(language, outcome.title),
            points=_("no mark"),
            alarm=True,
            asks=criterion.asks if criterion else "",
            level=f"{capitalised(unstopped(outcome.why))}.",
            describes="",
            note=Markup(),
            facts=", ".join(facts),
        )
    if outcome.from_protocol:
        facts.append(_("taken from the protocol, not marked by hand"))
    if outcome.at_s is not None:
        facts.append(_("seen at {moment}").format(moment=stopwatch(outcome.at_s)))
    if outcome.place:
        facts.append(outcome.place)
    if not outcome.reached and criterion and criterion.must_pass:
        needs = _("needs {level}: {reason}").format(
            level=criterion.must_pass.level, reason=unstopped(criterion.must_pass.reason)
        )
        facts.append(needs)
    step = criterion.step(outcome.level) if criterion else None
    return CriterionEntry(
        title=in_language(language, outcome.title),
        points=_("{level} of {top}").format(level=outcome.level, top=outcome.top),
        alarm=not outcome.reached,
        asks=criterion.asks if criterion else "",
        level=in_language(language, f"{capitalised(outcome.label)}{'.' if step else ''}"),
        describes=in_language(language, plain(step.describes)) if step else "",
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
