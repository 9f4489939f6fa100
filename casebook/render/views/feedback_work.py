"""One piece of work in a feedback report: its total, its graders, its criteria, its protocol."""

from dataclasses import dataclass

from markupsafe import Markup

from casebook.charts.criterion_scores import CriterionScore, ScoreSheet, criterion_score_parts
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.outcome.percentages import near_pass_mark
from casebook.language import _
from casebook.language.forms import enumeration
from casebook.language.terms import result as result_words
from casebook.render.prose import prose
from casebook.render.views.cycles import ProtocolPart, protocol_part
from casebook.render.views.feedback_criteria import CriterionFeedback, criteria_feedback, led
from casebook.render.views.grader_names import Names
from casebook.render.views.parts import Part
from casebook.render.views.wording import percent


@dataclass(frozen=True, slots=True)
class WorkFeedback:
    """All that is said of one piece of work."""

    anchor: str
    heading: str
    running: str
    standing: str
    graders: str
    chart: Markup
    protocol: ProtocolPart | None
    criteria: tuple[CriterionFeedback, ...]
    comments: tuple[Part, ...]


def work_feedback(
    result: IssuedResult, work: ModeratedWork, label: str, names: Names
) -> WorkFeedback:
    """Word one piece of work.

    Args:
        result: The result that the work is a part of.
        work: The work.
        label: What the work is called: "Case study 2".
        names: What its graders are called.
    """
    same = work.title == label
    return WorkFeedback(
        anchor=f"work-{work.work}",
        heading=label if same else _("{label}: {title}").format(label=label, title=work.title),
        running=label,
        standing=_standing(work),
        graders=_graders(work, names),
        chart=_chart(result, work),
        protocol=_protocol(work),
        criteria=criteria_feedback(result, work, names),
        comments=_comments(work, names),
    )


def _standing(work: ModeratedWork) -> str:
    passing = percent(work.pass_percent)
    if work.percent is None:
        words = _("{result}: no total while marks are missing; the pass mark is {pass_mark}.")
        return words.format(result=result_words(work.result), pass_mark=passing)
    words = _("{result}: {share} of the weighted points; the pass mark is {pass_mark}.")
    said = words.format(
        result=result_words(work.result), share=f"{work.shown_percent} %", pass_mark=passing
    )
    if near_pass_mark(work.percent, work.pass_percent, work.sem_percent):
        near = _("The pass mark lies within one standard error of measurement of the total.")
        said = f"{said} {near}"
    return said


def _graders(work: ModeratedWork, names: Names) -> str:
    """Who marked, and whose marks count where not all do."""
    if not names:
        return ""
    said = _("Marked by {graders}.").format(graders=enumeration(names.values()))
    counted = [name for grader, name in names.items() if grader in work.counted]
    if counted and len(counted) < len(names):
        words = _("The result is made of the marks of {graders}.")
        said = f"{said} {words.format(graders=enumeration(counted))}"
    return said


def _chart(result: IssuedResult, work: ModeratedWork) -> Markup:
    rubric = result.rubric(work.rubric)
    total = sum(each.weight for each in work.criteria)
    bars = []
    for each in work.criteria:
        criterion = rubric.criterion(each.criterion) if rubric else None
        must = criterion.must_pass if criterion else None
        bars.append(
            CriterionScore(
                name=each.title,
                points=each.level,
                top=each.top,
                weight_pct=round(100 * each.weight / total, 1),
                least=must.level if must else None,
                passed=each.reached,
            )
        )
    sheet = ScoreSheet(tuple(bars), work.cut_percent, work.pass_percent, work.sem_percent)
    return Markup("".join(criterion_score_parts(sheet)))  # noqa: S704 - charts escape their words


def _protocol(work: ModeratedWork) -> ProtocolPart | None:
    """How the session kept to its protocol, where one grader's evaluation holds it."""
    held = (each.protocol for each in work.evaluations.values())
    found = next((each for each in held if each is not None), None)
    return protocol_part(None, found) if found else None


def _comments(work: ModeratedWork, names: Names) -> tuple[Part, ...]:
    """What each grader says of the work as a whole."""
    parts = []
    for grader, name in names.items():
        evaluation = work.evaluations[grader]
        html = prose(evaluation.comments)
        if evaluation.global_rating:
            words = _("Overall impression: {rating}.")
            html = led(Markup.escape(words.format(rating=evaluation.global_rating)), html)
        if html:
            parts.append(Part(name, html))
    return tuple(parts)
