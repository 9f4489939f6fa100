"""The rules of a marking policy in their one order, and what a piece of work comes to by them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebook.domain.outcome.moderation import AgreedCriterion, ModeratedWork, Need, RuleFired
from casebook.domain.outcome.percentages import reaches
from casebook.domain.outcome.results import ResultName
from casebook.domain.program.rubric import Criterion
from casebook.evaluation.moderation.agreed_marks import agree_marks
from casebook.evaluation.moderation.must_pass import MustPassRuling, judge_must_pass
from casebook.evaluation.moderation.nearness import judge_nearness
from casebook.evaluation.moderation.needs import (
    discussion,
    further_mark,
    missing_levels,
    missing_marks,
)
from casebook.evaluation.moderation.panel import Follow, Panel, Ruling
from casebook.evaluation.moderation.settlement import Settlement
from casebook.evaluation.scoring import pass_mark_reason
from casebook.language import _, ngettext


def moderate_work(panel: Panel) -> ModeratedWork:
    """Make one result of several graders' marks, or say what is still wanted for it.

    The rules, in this order; the first two end it, the others are all heard:

    1. as many have marked as are asked;
    2. every mark is there;
    3. a must-pass failure is agreed on;
    4. levels and totals lie within the limits of agreement, or what follows beyond them;
    5. the total does not lie too near the pass mark;
    6. who is asked next, if any rule asks: a further grader, else a discussion.

    Whose marks came first in a file or an argument makes no difference, and nobody's marks are
    set aside because they came unasked.
    """
    if needs := missing_marks(panel):
        return _moderated(panel, _Standing(needs=needs))
    fired = tuple(_graders(panel))
    if needs := tuple(missing_levels(panel)):
        return _moderated(panel, _Standing(fired, needs))
    heard = _hear(panel)
    asked, needs = _next_step(panel, [each.follow for each in heard.rulings])
    fired += (*_why_further(panel), *heard.fired, *asked)
    settlement = None if needs else heard.settlement
    return _moderated(panel, _Standing(fired, needs, heard.must_pass, settlement))


@dataclass(frozen=True, slots=True)
class _Hearing:
    """What the rules about the marks themselves found."""

    must_pass: MustPassRuling
    settlement: Settlement | None
    rulings: tuple[Ruling, ...]

    @property
    def fired(self) -> tuple[RuleFired, ...]:
        return tuple(rule for ruling in self.rulings for rule in ruling.fired)


def _hear(panel: Panel) -> _Hearing:
    must_pass = judge_must_pass(panel)
    marks = agree_marks(panel)
    # Why not after a failure for good: no total near the pass mark changes it.
    near = (
        judge_nearness(panel, marks.settlement.percent(panel))
        if marks.settlement and not must_pass.failed
        else Ruling()
    )
    return _Hearing(must_pass, marks.settlement, (must_pass.ruling, marks.ruling, near))


def _why_further(panel: Panel) -> Iterator[RuleFired]:
    """What had asked for a further grader who has marked by now."""
    before = panel.before_further_graders()
    for ruling in _hear(before).rulings if before else ():
        for rule in ruling.fired if ruling.follow else ():
            said = _("Before a further grader marked: {finding}").format(finding=rule.says)
            yield rule.model_copy(update={"says": said})


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where the rules have led: to marks that count, or to what is still wanted."""

    fired: tuple[RuleFired, ...] = ()
    needs: tuple[Need, ...] = ()
    must_pass: MustPassRuling | None = None
    settlement: Settlement | None = None


def _graders(panel: Panel) -> Iterator[RuleFired]:
    count = len(panel.graders)
    said = ngettext(
        "{count} grader has marked the work.", "{count} graders have marked the work.", count
    ).format(count=count)
    yield RuleFired(rule="graders", says=" ".join((said, *panel.remarks)))
    if panel.drawn_twice:
        words = _("The draw asked for one more grader than usual.")
        yield RuleFired(rule="second-marking", says=words)


def _next_step(
    panel: Panel, follows: Iterable[Follow | None]
) -> tuple[tuple[RuleFired, ...], tuple[Need, ...]]:
    wanted = {each for each in follows if each}
    if not wanted:
        return (), ()
    if "further-grader" in wanted and not panel.is_full:
        said = RuleFired(rule="further-grader", says=_("A further grader is asked."))
        return (said,), further_mark(panel)
    fired = [RuleFired(rule="discussion", says=_("The graders discuss the work."))]
    if "further-grader" in wanted:
        words = _("No further grader may be asked: {count} have marked the work.")
        said = RuleFired(rule="most-graders", says=words.format(count=len(panel.graders)))
        fired.insert(0, said)
    return tuple(fired), discussion(panel)


def _moderated(panel: Panel, standing: _Standing) -> ModeratedWork:
    rubric, settlement = panel.rubric, standing.settlement
    percent = settlement.percent(panel) if settlement else None
    return ModeratedWork(
        work=panel.work,
        judges=rubric.judges,
        title=panel.title,
        rubric=rubric.id,
        rubric_digest=rubric.digest,
        result=_result(panel, standing, percent),
        percent=percent,
        pass_percent=rubric.pass_percent,
        sem_percent=rubric.sem_percent,
        criteria=tuple(_criterion(panel, standing, each) for each in rubric.criteria),
        evaluations={each: panel.evaluations[each] for each in panel.graders},
        counted=settlement.counted if settlement else (),
        rules=standing.fired,
        needs=standing.needs,
        reasons=tuple(_reasons(panel, standing, percent)),
    )


def _criterion(panel: Panel, standing: _Standing, criterion: Criterion) -> AgreedCriterion:
    settlement, must_pass = standing.settlement, standing.must_pass
    return AgreedCriterion(
        criterion=criterion.id,
        title=criterion.title,
        levels=panel.levels(criterion.id),
        level=settlement.levels[criterion.id] if settlement else None,
        top=criterion.top,
        weight=criterion.weight,
        must_pass=criterion.must_pass is not None,
        reached=must_pass.reached.get(criterion.id) if must_pass else None,
    )


def _result(panel: Panel, standing: _Standing, percent: float | None) -> ResultName:
    if percent is None:
        return "incomplete"
    failed = standing.must_pass is not None and standing.must_pass.failed
    return "pass" if reaches(percent, panel.rubric.pass_percent) and not failed else "fail"


def _reasons(panel: Panel, standing: _Standing, percent: float | None) -> Iterator[str]:
    if percent is None or standing.must_pass is None:
        yield from (each.says for each in standing.needs)
        return
    failed = standing.must_pass.failed
    for criterion in panel.rubric.criteria:
        if criterion.must_pass and criterion.id in failed:
            yield _("must-pass criterion '{criterion}' is failed: {why}").format(
                criterion=criterion.title, why=criterion.must_pass.reason
            )
    yield pass_mark_reason(percent, panel.rubric)
    if standing.must_pass.reached and not failed:
        yield _("every must-pass criterion is passed")


def without_marks(work: ModeratedWork) -> ModeratedWork:
    """A work's moderation without anything that tells of marks: for while somebody still marks."""
    return work.model_copy(
        update={
            "result": "incomplete",
            "percent": None,
            "criteria": tuple(
                each.model_copy(update={"levels": {}, "level": None, "reached": None})
                for each in work.criteria
            ),
            "evaluations": {},
            "counted": (),
            "rules": (),
            "reasons": tuple(each.says for each in work.needs),
        }
    )
