"""Which criteria move a total, or keep it from being one, where the rubric is another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from casebook.domain.outcome.moderation import AgreedCriterion, ModeratedWork
from casebook.domain.outcome.percentages import TOLERANCE
from casebook.domain.outcome.results import Unscored
from casebook.domain.program.rubric import Criterion, Rubric

_RULINGS: Final = {True: "passed", False: "failed", None: "disputed"}


@dataclass(frozen=True, slots=True)
class CriterionMove:
    """One criterion that does not count as it did.

    Attributes:
        criterion: Its id.
        title: The criterion in a few words.
        facts: What is otherwise with it, in a few words each.
        points: How far it moves the total, in percentage points; all moves sum to the difference
            of the totals. None where one of the two is missing.
    """

    criterion: str
    title: str
    facts: tuple[str, ...]
    points: float | None


def criterion_moves(
    before: ModeratedWork, after: ModeratedWork, old: Rubric, new: Rubric
) -> tuple[CriterionMove, ...]:
    """What moved a piece of work, in the order of the new rubric, then the criteria that are gone.

    Args:
        before: What the graders' marks came to by the old rubric.
        after: What the same marks come to by the new one.
        old: The old rubric.
        new: The new one.
    """
    return tuple(_Comparison(before, after, old, new).moves())


def missing_levels(work: ModeratedWork, criterion: str) -> dict[str, tuple[str, ...]]:
    """Why a criterion has no level -> the graders without one; empty where all have one."""
    found: dict[str, list[str]] = defaultdict(list)
    for grader, evaluation in work.evaluations.items():
        for outcome in evaluation.criteria:
            if outcome.criterion == criterion and isinstance(outcome, Unscored):
                found[outcome.why].append(grader)
    return {why: tuple(graders) for why, graders in found.items()}


@dataclass(frozen=True, slots=True)
class _Comparison:
    before: ModeratedWork
    after: ModeratedWork
    old: Rubric
    new: Rubric

    def moves(self) -> Iterator[CriterionMove]:
        was = {each.criterion: each for each in self.before.criteria}
        points, factor = self._points(), _factor(self.old, self.new)
        whole = not any(missing_levels(self.after, each.id) for each in self.new.criteria)
        for now in self.after.criteria:
            facts = list(self._facts(was.get(now.criterion), now, factor))
            if whole:
                facts += _ruling(was.get(now.criterion), now)
            if facts:
                yield _move(now, facts, points)
        kept = {each.id for each in self.new.criteria}
        for each in self.before.criteria:
            if each.criterion not in kept:
                yield _move(each, ["gone"], points)

    def _points(self) -> dict[str, float]:
        """Criterion's id -> how far it moves the total; empty where a total is missing.

        ``(w' (s' - P) - w (s - P)) / W'``: w is a criterion's weight and s its share of its own
        scale, dashed by the new rubric; P is the old total and W' the sum of the new weights, and
        a factor that all criteria share that stay is taken out of these. As the weighted distances
        from the old total sum to nothing, the moves sum to the difference of the totals, and a
        criterion that counts as it did moves nothing.
        """
        total = self.before.percent
        if total is None or self.after.percent is None:
            return {}
        factor = _factor(self.old, self.new) or 1.0
        weights = sum(each.weight for each in self.new.criteria) / factor
        left = {each.criterion: _pull(each, total) for each in self.before.criteria}
        right = {each.criterion: _pull(each, total) / factor for each in self.after.criteria}
        return {
            each: (right.get(each, 0.0) - left.get(each, 0.0)) / weights
            for each in {**left, **right}
        }

    def _facts(
        self, was: AgreedCriterion | None, now: AgreedCriterion, factor: float | None
    ) -> Iterator[str]:
        before, after = self.old.criterion(now.criterion), self.new.criterion(now.criterion)
        if was is None or before is None or after is None:
            yield "new"
        else:
            if before.from_protocol != after.from_protocol:
                yield f"level from {_source(before)} -> from {_source(after)}"
            if was.weight != now.weight and factor is None:
                yield f"weight {was.weight:g} -> {now.weight:g}"
            if was.top != now.top:
                yield f"highest level {was.top} -> {now.top}"
            if was.level is not None and now.level is not None and _apart(was.level, now.level):
                yield f"level {was.level:.4g} -> {now.level:.4g}"
        for why, graders in missing_levels(self.after, now.criterion).items():
            yield f"{why} ({', '.join(graders)})"


def _ruling(was: AgreedCriterion | None, now: AgreedCriterion) -> Iterator[str]:
    """Whether a must-pass criterion comes out otherwise; without a condition it is passed."""
    before = was.reached if was and was.must_pass else True
    after = now.reached if now.must_pass else True
    if before is after:
        return
    if not now.must_pass:
        yield f"must-pass no more, and was {_RULINGS[before]}"
    elif was is None or not was.must_pass:
        yield f"must-pass now, and {_RULINGS[after]}"
    else:
        yield f"must-pass {_RULINGS[before]} -> {_RULINGS[after]}"


def _factor(old: Rubric, new: Rubric) -> float | None:
    """The one factor between the old and new weights of all criteria that stay, if there is one."""
    weights = {each.id: each.weight for each in new.criteria}
    factors = {
        round(weights[each.id] / each.weight, 9) for each in old.criteria if each.id in weights
    }
    return factors.pop() if len(factors) == 1 else None


def _pull(of: AgreedCriterion, total: float) -> float:
    """How far a criterion pulls a total towards its own percentage, before it is divided."""
    return of.weight * (100 * (of.level or 0) / of.top - total)


def _move(of: AgreedCriterion, facts: list[str], points: Mapping[str, float]) -> CriterionMove:
    return CriterionMove(of.criterion, of.title, tuple(facts), points.get(of.criterion))


def _source(criterion: Criterion) -> str:
    return "the protocol" if criterion.from_protocol else "the graders"


def _apart(one: float, other: float) -> bool:
    return abs(one - other) > TOLERANCE
