"""Marks held against a rubric: outcomes, percentage, result and reasons."""

from collections.abc import Iterable, Mapping, Sequence

from casebook.domain.marking.marks import Mark
from casebook.domain.outcome.percentages import reaches, shown_percent
from casebook.domain.outcome.results import Outcome, ResultName, Scored, Unscored
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.rubric import FEWER_IS_BETTER, Criterion, MustPass, Rubric
from casebook.language import _
from casebook.language.forms import decimal


def score_criteria(
    rubric: Rubric, marks: Iterable[Mark], figures: Mapping[str, float] | None
) -> tuple[Outcome, ...]:
    """Give every criterion of a rubric its outcome, in the rubric's order.

    Args:
        rubric: What is judged.
        marks: The grader's marks; of two for one criterion neither counts.
        figures: What the protocol's check gave, by name; None when there was no such check.

    Returns:
        A level for each criterion, or why there is none: a missing mark is never a zero.
    """
    by_criterion: dict[str, list[Mark]] = {}
    for mark in marks:
        by_criterion.setdefault(mark.criterion, []).append(mark)
    return tuple(
        _from_protocol(criterion, figures)
        if criterion.from_protocol
        else _from_marks(criterion, by_criterion.get(criterion.id, []))
        for criterion in rubric.criteria
    )


def with_reused_comments(marks: Iterable[Mark], bank: CommentBank | None) -> tuple[Mark, ...]:
    """Marks whose notes begin with the words of the comments that they reuse.

    An id that the bank does not hold adds nothing here; a check finds it.
    """
    return tuple(_with_words(mark, bank) if bank and mark.reuse else mark for mark in marks)


def _with_words(mark: Mark, bank: CommentBank) -> Mark:
    reused = (bank.comment(each) for each in dict.fromkeys(mark.reuse))
    words = [each.says for each in reused if each is not None]
    note = "\n\n".join([*words, *([mark.note] if mark.note else [])])
    return mark.model_copy(update={"note": note or None})


def percent_of(outcomes: Sequence[Outcome]) -> float | None:
    """Weighted percentage: each criterion's share of its own scale, by weight.

    100 * sum(weight * level / top) / sum(weight); None when any criterion has no mark.
    """
    parts: list[tuple[float, float, int]] = []
    for outcome in outcomes:
        if not isinstance(outcome, Scored):
            return None
        parts.append((outcome.weight, outcome.level, outcome.top))
    return weighted_percent(parts) if parts else None


def weighted_percent(parts: Iterable[tuple[float, float, int]]) -> float:
    """The same from each criterion's weight, its level and its top level; at least one of them."""
    total = weights = 0.0
    for weight, level, top in parts:
        total += weight * level / top
        weights += weight
    # Why the bound: 100 * x / x may come to a hair more than 100.
    return min(100.0, 100 * total / weights)


def decide(outcomes: Sequence[Outcome], rubric: Rubric) -> tuple[ResultName, tuple[str, ...]]:
    """Pass, fail or incomplete, with every reason.

    A session with unscored criteria has no result yet, even when a must-pass criterion has
    already been failed: the reasons say so.
    """
    unscored = [each for each in outcomes if isinstance(each, Unscored)]
    failed = {
        each.criterion: each for each in outcomes if isinstance(each, Scored) and not each.reached
    }
    reasons = [
        _must_pass_reason(failed[each.id], each.must_pass)
        for each in rubric.criteria
        if each.must_pass and each.id in failed
    ]
    if unscored:
        missing = [
            _("'{criterion}' has no mark: {why}").format(criterion=each.title, why=each.why)
            for each in unscored
        ]
        return "incomplete", (*missing, *reasons)
    percent = percent_of(outcomes)
    assert percent is not None  # noqa: S101 - nothing is unscored
    reasons.append(pass_mark_reason(percent, rubric))
    if failed:
        return "fail", tuple(reasons)
    if any(each.must_pass for each in outcomes):
        reasons.append(_("every must-pass criterion is passed"))
    return ("pass" if reaches(percent, rubric.pass_percent) else "fail"), tuple(reasons)


def pass_mark_reason(percent: float, rubric: Rubric) -> str:
    """Whether a total reaches the rubric's pass mark, in words."""
    words = (
        _("{share} reaches the pass mark of {pass_mark}")
        if reaches(percent, rubric.pass_percent)
        else _("{share} is below the pass mark of {pass_mark}")
    )
    return words.format(
        share=f"{shown_percent(percent, rubric.pass_percent)} %",
        pass_mark=f"{decimal(rubric.pass_percent)} %",
    )


def _from_protocol(criterion: Criterion, figures: Mapping[str, float] | None) -> Outcome:
    name = str(criterion.from_protocol)
    if figures is None:
        return _unscored(criterion, _("the session was not held against a protocol"))
    if name not in figures:
        return _unscored(
            criterion, _("the session has no cycle to take '{figure}' from").format(figure=name)
        )
    value = figures[name]
    falling = name in FEWER_IS_BETTER
    level = criterion.levels[0]
    for step in criterion.levels[1:]:
        bound = step.from_figure
        if bound is not None and (value <= bound if falling else value >= bound):
            level = step
    note = f"{name.replace('_', ' ').replace('pct', '%')}: {value:.4g}"
    return _scored(criterion, level.level, level.label, Mark(criterion=criterion.id, note=note))


def _from_marks(criterion: Criterion, marks: Sequence[Mark]) -> Outcome:
    if len(marks) > 1:
        return _unscored(criterion, _("it is marked more than once"))
    if not marks or marks[0].level is None:
        return _unscored(criterion, _("the grader has not marked it"))
    step = criterion.step(marks[0].level)
    if step is None:
        return _unscored(
            criterion, _("level {level} is not on its scale").format(level=marks[0].level)
        )
    return _scored(criterion, step.level, step.label, marks[0])


def _scored(criterion: Criterion, level: int, label: str, mark: Mark) -> Scored:
    return Scored(
        criterion=criterion.id,
        title=criterion.title,
        level=level,
        top=criterion.top,
        label=label,
        weight=criterion.weight,
        from_protocol=criterion.from_protocol is not None,
        must_pass=criterion.must_pass is not None,
        reached=criterion.must_pass is None or level >= criterion.must_pass.level,
        note=mark.note,
        at_s=mark.at,
        place=mark.place,
    )


def _unscored(criterion: Criterion, why: str) -> Unscored:
    return Unscored(
        criterion=criterion.id,
        title=criterion.title,
        top=criterion.top,
        weight=criterion.weight,
        must_pass=criterion.must_pass is not None,
        why=why,
    )


def _must_pass_reason(outcome: Scored, must_pass: MustPass) -> str:
    return _("must-pass criterion '{criterion}' is failed ({level}): {why}").format(
        criterion=outcome.title, level=outcome.label, why=must_pass.reason
    )
