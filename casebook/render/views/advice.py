"""What a result was good for, and what a candidate can do next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from markupsafe import Markup

from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import AgreedCriterion, ModeratedWork
from casebook.domain.outcome.results import RequirementResult
from casebook.language import _
from casebook.language.forms import long_date
from casebook.render.prose import plain
from casebook.render.views.feedback_criteria import steps_of
from casebook.render.views.wording import (
    capitalised,
    filled,
    in_language,
    unstopped,
    with_long_dates,
)

_GOOD: Final = 2 / 3
"""The share of its scale from which a criterion is named as a strength."""

_STRENGTHS: Final = 3
_CRITERIA_A_WORK: Final = 3
_CRITERIA_TO_GO_FURTHER: Final = 2
"""As many as somebody can work on at a time."""

_Judged: TypeAlias = tuple[ModeratedWork, AgreedCriterion]


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do: what it is about, where, and in what it consists."""

    about: str
    where: str
    words: str


def strengths(result: IssuedResult) -> tuple[str, ...]:
    """The titles of the criteria that came out best.

    Where none is good, those that came furthest: somebody who failed is told of them too.
    """
    passed = [(work, each) for work, each in _all(result.works) if each.reached is not False]
    furthest = max((_share(each) for _work, each in passed), default=0.0)
    enough = min(_GOOD, furthest)
    best = [judged for judged in passed if _share(judged[1]) >= enough > 0]
    best.sort(key=lambda judged: (-_share(judged[1]), -_weight(*judged)))
    return tuple(dict.fromkeys(each.title for _work, each in best))[:_STRENGTHS]


def next_steps(result: IssuedResult, labels: Mapping[str, str]) -> tuple[NextStep, ...]:
    """What stands between the candidate and a pass; after a pass, what would be better still.

    Must-pass criteria come first, then of each work that failed those that would bring the most
    points, then requirements that are not met, advice last. After a pass, advice that was not
    followed is past and no step any more.

    Args:
        result: The result.
        labels: What each work is called, by its id.
    """
    failed = [judged for judged in _all(result.works) if judged[1].reached is False]
    for work in result.works:
        if work.result == "fail":
            failed += _worth_most(_all([work]))[:_CRITERIA_A_WORK]
    if result.result == "pass":
        failed += _worth_most(_all(result.works))[:_CRITERIA_TO_GO_FURTHER]
    criteria = [_of_criterion(result, work, each, labels[work.work]) for work, each in failed]
    if result.result == "pass":
        return tuple(criteria)
    unmet = [each for each in result.eligibility.requirements if not each.met]
    unmet.sort(key=lambda each: each.strength != "hard")
    return (*criteria, *(_of_requirement(result, each) for each in unmet))


def _all(works: Iterable[ModeratedWork]) -> Iterator[_Judged]:
    return ((work, each) for work in works for each in work.criteria)


def _share(criterion: AgreedCriterion) -> float:
    return 0.0 if criterion.level is None else criterion.level / criterion.top


def _weight(work: ModeratedWork, criterion: AgreedCriterion) -> float:
    """The criterion's share of all of its work's points."""
    return criterion.weight / sum(each.weight for each in work.criteria)


def _worth_most(judged: Iterable[_Judged]) -> list[_Judged]:
    """Criteria below their top, those first whose missing points weigh the most."""
    below = [
        (work, each)
        for work, each in judged
        if each.level is not None and each.level < each.top and each.reached is not False
    ]
    return sorted(below, key=lambda pair: -_weight(*pair) * (1 - _share(pair[1])))


def _of_criterion(
    result: IssuedResult, work: ModeratedWork, agreed: AgreedCriterion, where: str
) -> NextStep:
    rubric = result.rubric(work.rubric)
    criterion = rubric.criterion(agreed.criterion) if rubric else None
    step = None
    if criterion is not None and agreed.reached is False and criterion.must_pass:
        step = criterion.step(criterion.must_pass.level)
    elif criterion is not None and agreed.level is not None:
        step = steps_of(criterion, agreed.level).following
    language = result.program_language
    words = Markup()
    if step is not None:
        words = filled(
            _("Next step, {label} ({level} of {top}): {description}"),
            label=Markup("<i>{}</i>").format(in_language(language, unstopped(step.label))),
            level=step.level,
            top=agreed.top,
            description=in_language(language, plain(step.describes)),
        )
    return NextStep(in_language(language, agreed.title), where, words)


def _of_requirement(result: IssuedResult, requirement: RequirementResult) -> NextStep:
    sentences = [requirement.why, *([requirement.next_step] if requirement.next_step else [])]
    if requirement.earliest:
        day = long_date(date.fromisoformat(requirement.earliest))
        sentences.append(_("possible from {day} on").format(day=day))
    return NextStep(
        about=in_language(result.program_language, unstopped(requirement.says)),
        where=_("Advice") if requirement.strength == "soft" else _("Requirement"),
        words=" ".join(with_long_dates(f"{capitalised(unstopped(each))}.") for each in sentences),
    )
