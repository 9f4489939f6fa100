"""Criteria in a feedback report: the level reached, the next one, and what graders wrote."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import AgreedCriterion, ModeratedWork
from casebook.domain.outcome.results import Evaluation, Scored
from casebook.domain.program.rubric import Criterion, Level
from casebook.language import _
from casebook.language.forms import decimal
from casebook.render.prose import plain, prose
from casebook.render.views.figures import figure_words
from casebook.render.views.grader_names import Names
from casebook.render.views.parts import Part
from casebook.render.views.wording import (
    capitalised,
    filled,
    in_language,
    percent,
    stopwatch,
    unstopped,
)


@dataclass(frozen=True, slots=True)
class CriterionFeedback:
    """One criterion: its level in points, and what there is to read, each with its label."""

    title: str
    facts: str
    points: str
    alarm: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Where an agreed level stands on a criterion's scale.

    Attributes:
        reached: The highest step that is not above it.
        following: The lowest step above it; None at the top.
        between: Whether it lies between the two, as a mean may.
    """

    reached: Level | None
    following: Level | None
    between: bool


def steps_of(criterion: Criterion, level: float) -> Steps:
    """Find an agreed level on the scale."""
    reached = [step for step in criterion.levels if step.level <= level]
    above = [step for step in criterion.levels if step.level > level]
    last = reached[-1] if reached else None
    return Steps(last, above[0] if above else None, last is not None and last.level != level)


def criteria_feedback(
    result: IssuedResult, work: ModeratedWork, names: Names
) -> tuple[CriterionFeedback, ...]:
    """All criteria of a piece of work, in the rubric's order.

    Args:
        result: The result that the work is a part of.
        work: The work.
        names: What its graders are called.
    """
    rubric = result.rubric(work.rubric)
    total = sum(each.weight for each in work.criteria)
    return tuple(
        _Reader(result, work, names, rubric.criterion(each.criterion) if rubric else None).read(
            each, each.weight / total
        )
        for each in work.criteria
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Words one criterion of one piece of work."""

    result: IssuedResult
    work: ModeratedWork
    names: Names
    criterion: Criterion | None

    def read(self, agreed: AgreedCriterion, share: float) -> CriterionFeedback:
        facts = [_("weight {share}").format(share=percent(round(100 * share, 1)))]
        if agreed.must_pass:
            facts.append(_("must pass"))
        return CriterionFeedback(
            title=self._own(agreed.title),
            facts=", ".join(facts),
            points=(
                _("no level yet")
                if agreed.level is None
                else _("{level} of {top}").format(level=decimal(agreed.level), top=agreed.top)
            ),
            alarm=agreed.level is None or agreed.reached is False,
            parts=tuple(self._parts(agreed)),
        )

    def _parts(self, agreed: AgreedCriterion) -> Iterator[Part]:
        if self.criterion is not None and agreed.level is not None:
            yield from self._level(self.criterion, agreed.level)
        must = self.criterion.must_pass if self.criterion else None
        if self.criterion is not None and must is not None and agreed.reached is False:
            step = self.criterion.step(must.level)
            words = filled(
                _("Passing begins at {level}. {reason}"),
                level=self._label(step) if step else must.level,
                reason=self._own(plain(must.reason)),
            )
            yield Part(_("Must pass"), _paragraph(words))
        yield from self._notes(agreed)

    def _level(self, criterion: Criterion, level: float) -> Iterator[Part]:
        steps = steps_of(criterion, level)
        if steps.reached is not None:
            if steps.between and steps.following is not None:
                words = filled(
                    _("Between {lower} and {upper}, from several graders' marks. {description}"),
                    lower=self._label(steps.reached),
                    upper=self._label(steps.following),
                    description=self._own(plain(steps.reached.describes)),
                )
            else:
                words = self._described(steps.reached)
            yield Part(_("Reached"), _paragraph(words))
        if steps.following is not None:
            yield Part(_("Next step"), _paragraph(self._described(steps.following)))

    def _notes(self, agreed: AgreedCriterion) -> Iterator[Part]:
        """What each grader wrote; their levels too where those differ."""
        differ = len(set(agreed.levels.values())) > 1
        measured = False
        for grader, name in self.names.items():
            evaluation = self.work.evaluations[grader]
            outcome = next(
                (each for each in evaluation.criteria if each.criterion == agreed.criterion), None
            )
            if not isinstance(outcome, Scored):
                continue
            if outcome.from_protocol:
                if not measured:
                    measured = True
                    yield Part(_("Measured"), prose(self._figure(evaluation) or outcome.note))
                continue
            html = self._note(outcome, with_level=differ)
            if html:
                yield Part(name, html)

    def _figure(self, evaluation: Evaluation) -> str:
        if self.criterion is None or self.criterion.from_protocol is None:
            return ""
        if evaluation.protocol is None:
            return ""
        return figure_words(self.criterion.from_protocol, evaluation.protocol)

    def _note(self, outcome: Scored, *, with_level: bool) -> Markup:
        html = prose(outcome.note)
        if with_level:
            points = _("{level} of {top}").format(level=outcome.level, top=outcome.top)
            html = led(filled("{label} ({points}).", label=outcome.label, points=points), html)
        found = []
        if outcome.at_s is not None:
            found.append(_("seen at {moment}").format(moment=stopwatch(outcome.at_s)))
        if outcome.place:
            found.append(_("in the text: {place}").format(place=outcome.place))
        if not found:
            return html
        words = capitalised("; ".join(found))
        if not html:
            return Markup('<p><span class="found">{}</span></p>').format(words)
        return html + Markup('<p class="found">{}</p>').format(words)

    def _described(self, step: Level) -> Markup:
        return filled(
            "{label}. {description}",
            label=self._label(step),
            description=self._own(plain(step.describes)),
        )

    def _label(self, step: Level) -> Markup:
        return Markup("<i>{}</i>").format(self._own(unstopped(step.label)))

    def _own(self, words: str) -> str:
        """Words of the program, marked where they are in another language than the page."""
        return in_language(self.result.program_language, words)


def _paragraph(words: Markup) -> Markup:
    return Markup("<p>{}</p>").format(words)


def led(lead: Markup, html: Markup) -> Markup:
    """Markup with words before it: in its first paragraph, where it begins with one."""
    quiet = Markup('<span class="quiet">{}</span>').format(lead)
    if html.startswith("<p>"):
        rest = Markup(html[3:])  # noqa: S704 - a tail of finished markup
        return Markup("<p>{} {}").format(quiet, rest)
    return Markup("<p>{}</p>{}").format(quiet, html)
