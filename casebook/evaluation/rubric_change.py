"""What differs between two rubrics, and which of it could change a result from the same marks."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from casebook.domain.program.rubric import Criterion, GlobalRating, Level, MustPass, Rubric

ChangeKind = Literal["added", "removed", "moved", "renamed", "changed", "reworded"]
"""renamed: the id by which marks name it; reworded: only what people read."""


@dataclass(frozen=True, slots=True)
class RubricChange:
    """One difference.

    Attributes:
        criterion: The id of the criterion it lies in (the old one), None for the rubric's own keys.
        part: What differs: the key in the rubric's file, ``level 2``, or ``criterion``.
        before: How it was, None where there was nothing.
        after: How it is, None where there is nothing.
        changes_result: Whether a result could come out otherwise from the very same marks.
        why: In which way, where it could.
    """

    kind: ChangeKind
    criterion: str | None
    part: str
    before: str | None = None
    after: str | None = None
    why: str | None = None

    @property
    def changes_result(self) -> bool:
        """Whether a result could come out otherwise from the very same marks."""
        return self.why is not None


_OTHER_SHARE: Final = "each criterion's share of the total is another"
_FEWER_MARKS: Final = "a mark at this level has no place any more"


def compare_rubrics(old: Rubric, new: Rubric) -> tuple[RubricChange, ...]:
    """Everything that differs, in the order of the rubric; nothing for equal rubrics.

    A criterion under another id is followed where all else, or its title, is the same. Ids are
    unique in both rubrics.
    """
    pairs = _Pairs.of(old.criteria, new.criteria)
    return (
        *_rubric_keys(old, new),
        *_criteria(old, new, pairs),
        *_ratings(old.global_ratings, new.global_ratings),
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Which new criterion continues which old one.

    Attributes:
        after: Old id -> the criterion it became.
        added: The new criteria that continue none.
        same_shares: Whether one factor stands between all old weights and the new ones.
    """

    after: Mapping[str, Criterion]
    added: tuple[Criterion, ...]
    same_shares: bool

    @classmethod
    def of(cls, old: Sequence[Criterion], new: Sequence[Criterion]) -> "_Pairs":
        by_id = {each.id: each for each in new}
        known = {each.id for each in old}
        after = {each.id: by_id[each.id] for each in old if each.id in by_id}
        left = [each for each in new if each.id not in known]
        for each in old:
            if each.id not in after and (same := _continued(each, left)):
                left.remove(same)
                after[each.id] = same
        ratios = [after[each.id].weight / each.weight for each in old if each.id in after]
        whole = len(after) == len(old) and not left
        same_shares = whole and all(math.isclose(each, ratios[0]) for each in ratios)
        return cls(after, tuple(left), same_shares)


def _continued(old: Criterion, candidates: Sequence[Criterion]) -> Criterion | None:
    """The criterion that goes on under another id: the same in all else, or in its title."""
    titled = [each for each in candidates if each.title == old.title]
    same = [each for each in candidates if old.model_copy(update={"id": each.id}) == each]
    return next(iter(same or titled), None)


def _rubric_keys(old: Rubric, new: Rubric) -> Iterator[RubricChange]:
    yield from _valued(None, "id", old.id, new.id, "mark sheets name the rubric by its id")
    yield from _valued(None, "title", old.title, new.title)
    yield from _valued(None, "judges", old.judges, new.judges, "it judges other work")
    yield from _valued(
        None, "pass_percent", f"{old.pass_percent:g}", f"{new.pass_percent:g}",
        "passing begins elsewhere",
    )  # fmt: skip
    yield from _valued(
        None, "sem_percent", _number(old.sem_percent), _number(new.sem_percent),
        "how near to the pass mark a further grader is asked for may depend on it",
    )  # fmt: skip


def _criteria(old: Rubric, new: Rubric, pairs: _Pairs) -> Iterator[RubricChange]:
    for criterion in old.criteria:
        after = pairs.after.get(criterion.id)
        if after is None:
            yield RubricChange("removed", criterion.id, "criterion", criterion.title,
                               why="its marks count no more")  # fmt: skip
        else:
            yield from _criterion(criterion, after, pairs)
    for criterion in pairs.added:
        why = (
            "it enters the total from the protocol"
            if criterion.from_protocol
            else "without a mark on it there is no result"
        )
        yield RubricChange("added", criterion.id, "criterion", after=criterion.title, why=why)
    yield from _order(old, new, pairs)


def _order(old: Rubric, new: Rubric, pairs: _Pairs) -> Iterator[RubricChange]:
    kept = [pairs.after[each.id].id for each in old.criteria if each.id in pairs.after]
    now = [each.id for each in new.criteria if each.id in set(kept)]
    if kept != now:
        yield RubricChange("moved", None, "order of the criteria", ", ".join(kept), ", ".join(now))


def _criterion(old: Criterion, new: Criterion, pairs: _Pairs) -> Iterator[RubricChange]:
    name = old.id
    if old.id != new.id:
        yield RubricChange("renamed", name, "id", old.id, new.id, "marks name it by its id")
    yield from _valued(name, "title", old.title, new.title)
    yield from _valued(name, "asks", old.asks, new.asks)
    why = None if pairs.same_shares else _OTHER_SHARE
    yield from _valued(
        name, "weight", _number(old.weight), _number(new.weight), why, plain="changed"
    )
    yield from _must_pass(name, old.must_pass, new.must_pass)
    yield from _valued(
        name, "from_protocol", old.from_protocol, new.from_protocol,
        "its level comes from elsewhere",
    )  # fmt: skip
    yield from _levels(old, new)


def _must_pass(name: str, old: MustPass | None, new: MustPass | None) -> Iterator[RubricChange]:
    yield from _valued(
        name, "must_pass", _number(old.level if old else None), _number(new.level if new else None),
        "failing it decides otherwise",
    )  # fmt: skip
    if old and new:
        yield from _valued(name, "must_pass.reason", old.reason, new.reason)


def _levels(old: Criterion, new: Criterion) -> Iterator[RubricChange]:
    for step in old.levels:
        after = new.step(step.level)
        if after is None:
            yield RubricChange("removed", old.id, f"level {step.level}", step.label,
                               why=_FEWER_MARKS)  # fmt: skip
        else:
            yield from _level(old.id, step, after)
    for step in new.levels:
        if old.step(step.level) is None:
            yield RubricChange(
                "added", old.id, f"level {step.level}", after=step.label, why=_new_level(old, step)
            )


def _new_level(old: Criterion, step: Level) -> str | None:
    """In which way a level that was added reaches marks that were given before it."""
    if step.level > old.top:
        return "every other level is a smaller share of the new top"
    return "the protocol may now reach it" if old.from_protocol else None


def _level(name: str, old: Level, new: Level) -> Iterator[RubricChange]:
    part = f"level {old.level}"
    yield from _valued(name, f"{part}: label", old.label, new.label)
    yield from _valued(name, f"{part}: describes", old.describes, new.describes)
    yield from _valued(
        name, f"{part}: from_figure", _number(old.from_figure), _number(new.from_figure),
        "the protocol reaches it elsewhere",
    )  # fmt: skip


def _ratings(old: Sequence[GlobalRating], new: Sequence[GlobalRating]) -> Iterator[RubricChange]:
    """The overall impression enters no result; only the setting of standards looks at it."""
    after = {each.id: each for each in new}
    before = {each.id: each for each in old}
    for each in old:
        part = f"global rating {each.id}"
        if each.id not in after:
            yield RubricChange("removed", None, part, each.label)
            continue
        now = after[each.id]
        yield from _valued(None, f"{part}: label", each.label, now.label)
        yield from _valued(
            None,
            f"{part}: position",
            _number(each.position),
            _number(now.position),
            plain="changed",
        )
    for each in new:
        if each.id not in before:
            yield RubricChange("added", None, f"global rating {each.id}", after=each.label)
    kept = [each.id for each in old if each.id in after]
    now_kept = [each.id for each in new if each.id in before]
    if kept != now_kept:
        yield RubricChange(
            "moved", None, "order of the global ratings", ", ".join(kept), ", ".join(now_kept)
        )


def _valued(  # noqa: PLR0913 - two values, where they stand and what they do
    criterion: str | None,
    part: str,
    before: str | None,
    after: str | None,
    why: str | None = None,
    *,
    plain: ChangeKind = "reworded",
) -> Iterator[RubricChange]:
    """A value that differs; ``plain`` is what it is called where it changes no result."""
    if before == after:
        return
    kind: ChangeKind = plain if why is None else "changed"
    if before is None:
        kind = "added"
    elif after is None:
        kind = "removed"
    yield RubricChange(kind, criterion, part, before, after, why)


def _number(value: float | None) -> str | None:
    """A number with every digit that tells it from another."""
    return None if value is None else repr(value).removesuffix(".0")
