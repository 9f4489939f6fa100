"""An issued result's marks held against another wording of their rubric.

It answers what would be otherwise, and issues nothing. The marking policy is held to first: only
one that makes the issued result again out of the old wording can tell what the new one does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from casebook.domain.marking.marks import Mark
from casebook.domain.outcome.issued import DrawRecord, IssuedResult
from casebook.domain.outcome.moderation import ModeratedWork, RuleFired
from casebook.domain.outcome.percentages import TOLERANCE
from casebook.domain.outcome.results import Evaluation, ResultName, Scored
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import Rubric
from casebook.evaluation.criterion_moves import CriterionMove, criterion_moves
from casebook.evaluation.moderation import Panel, judge_overall, moderate_work
from casebook.evaluation.roster import Roster
from casebook.evaluation.scoring import decide, percent_of, score_criteria


@dataclass(frozen=True, slots=True)
class RescoredWork:
    """One piece of work by the old wording and by the new one.

    Attributes:
        before: As it was issued.
        after: What the same marks come to by the new wording.
        moves: Which criteria make the difference.
    """

    before: ModeratedWork
    after: ModeratedWork
    moves: tuple[CriterionMove, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether its result, its total or a must-pass failure is another."""
        return not _same(self.before, self.after)

    @property
    def newly_fired(self) -> tuple[RuleFired, ...]:
        """The rules of the policy that bear on it now and did not before."""
        known = {(each.rule, each.criterion) for each in self.before.rules}
        return tuple(each for each in self.after.rules if (each.rule, each.criterion) not in known)


@dataclass(frozen=True, slots=True)
class Rescored:
    """A result and what would become of it.

    Attributes:
        before: As it was issued, and as it stays.
        after: pass, fail or incomplete by the new wording.
        works: The works that the rubric judges.
    """

    before: IssuedResult
    after: ResultName
    works: tuple[RescoredWork, ...]

    @property
    def changes_result(self) -> bool:
        """Whether it would be another of pass, fail and incomplete."""
        return self.after != self.before.result

    @property
    def changes(self) -> bool:
        """Whether anything of it would be otherwise; its result is another only if a work is."""
        return any(each.changes for each in self.works)


@dataclass(frozen=True, slots=True)
class Unreproduced:
    """Marks that do not come to what was issued by the policy at hand: it was another one then.

    Attributes:
        result: What the old wording and this policy make of the marks.
    """

    result: ResultName


def works_judged(result: IssuedResult, rubric_id: str) -> tuple[ModeratedWork, ...]:
    """The works of a result that a rubric judged."""
    return tuple(each for each in result.works if each.rubric == rubric_id)


def wording_of(result: IssuedResult, rubric_id: str) -> Rubric | None:
    """A result's rubric as its works were judged by it; None where the result lacks that wording.

    Such a file was not written by casebook, or was changed since.
    """
    rubric = result.rubric(rubric_id)
    if rubric is None:
        return None
    digest = rubric.digest
    works = works_judged(result, rubric_id)
    return rubric if all(each.rubric_digest == digest for each in works) else None


def unmoved(result: IssuedResult, rubric_id: str) -> Rescored:
    """A result that no policy is needed for: nothing in the new wording could change it."""
    works = works_judged(result, rubric_id)
    return Rescored(result, result.result, tuple(RescoredWork(each, each) for each in works))


def rescore(
    result: IssuedResult, old: Rubric, new: Rubric, policy: MarkingPolicy
) -> Rescored | Unreproduced:
    """Moderate the marks in a result again, by another wording of their rubric.

    A grader's level counts for the criterion of the same id. A criterion that is new has no mark,
    and neither has one whose level is not on the new scale: the work is incomplete then. Levels
    that follow from the protocol are read anew from the session's figures.

    Args:
        result: As it was issued.
        old: The wording it was issued by.
        new: The other wording, of the same id and for the same kind of work.
        policy: The program's rules.
    """
    judged = works_judged(result, new.id)
    again = _moderated_again(result, old, policy)
    overall = _overall(result, new.id, again)
    if overall != result.result or not all(map(_same, judged, again)):
        return Unreproduced(overall)
    after = _moderated_again(result, new, policy)
    works = (
        RescoredWork(before, now, criterion_moves(before, now, old, new))
        for before, now in zip(judged, after, strict=True)
    )
    return Rescored(result, _overall(result, new.id, after), tuple(works))


@dataclass(frozen=True, slots=True)
class _Wording:
    """A rubric with its digest, which takes a while and is asked for of every grader."""

    rubric: Rubric
    digest: str


def _moderated_again(
    result: IssuedResult, rubric: Rubric, policy: MarkingPolicy
) -> list[ModeratedWork]:
    """The works that a rubric judges, from the levels that their result holds."""
    wording = _Wording(rubric, rubric.digest)
    judged = works_judged(result, rubric.id)
    return [_moderated(each, wording, policy, result.draw) for each in judged]


def _moderated(
    work: ModeratedWork, wording: _Wording, policy: MarkingPolicy, draw: DrawRecord | None
) -> ModeratedWork:
    roster = Roster(policy, None, draw, {})
    further = any(each.rule == "further-grader" for each in work.rules)
    return moderate_work(
        Panel(
            work=work.work,
            title=work.title,
            rubric=wording.rubric,
            policy=policy,
            asked=roster.asked(work.judges),
            marked=frozenset(work.evaluations),
            evaluations={
                grader: _evaluated(each, wording) for grader, each in work.evaluations.items()
            },
            # Why: a result does not say who marked last; but where a further grader's marks alone
            # count, it says whose those are.
            latest=work.counted[0] if further and len(work.counted) == 1 else None,
            drawn_twice=roster.marked_twice and work.judges == "case-study",
        )
    )


def _evaluated(evaluation: Evaluation, wording: _Wording) -> Evaluation:
    """What one grader's levels come to by a rubric."""
    rubric = wording.rubric
    marks = [
        _mark(each.criterion, each.level)
        for each in evaluation.criteria
        if isinstance(each, Scored) and not each.from_protocol
    ]
    figures = evaluation.protocol.figures if evaluation.protocol else None
    outcomes = score_criteria(rubric, marks, figures)
    result, reasons = decide(outcomes, rubric)
    return evaluation.model_copy(
        update={
            "rubric_digest": wording.digest,
            "result": result,
            "percent": percent_of(outcomes),
            "pass_percent": rubric.pass_percent,
            "sem_percent": rubric.sem_percent,
            "criteria": outcomes,
            "reasons": reasons,
        }
    )


@lru_cache(maxsize=4_096)  # Why: many results hold few different marks.
def _mark(criterion: str, level: int) -> Mark:
    # Why not checked as a mark is: a level that no scale has is told as such.
    return Mark.model_construct(criterion=criterion, level=level)


def _overall(result: IssuedResult, rubric_id: str, works: Iterable[ModeratedWork]) -> ResultName:
    """What a result comes to with other works; those of other rubrics stay as they were issued."""
    replacing = iter(works)
    every = [next(replacing) if each.rubric == rubric_id else each for each in result.works]
    return judge_overall(every, result.eligibility)[0]


def _same(one: ModeratedWork, other: ModeratedWork) -> bool:
    if one.result != other.result or _failed(one) != _failed(other):
        return False
    if one.percent is None or other.percent is None:
        return one.percent is other.percent
    return abs(one.percent - other.percent) <= TOLERANCE


def _failed(work: ModeratedWork) -> frozenset[str]:
    """The must-pass criteria that are failed."""
    return frozenset(each.criterion for each in work.criteria if each.reached is False)
