"""What following the protocol step by step gives: cycles and faults.

A failed test opens a window. Work on the facilitated structure has to be finished inside it;
then the same muscle is tested again. If it fires, the muscle is restored. If it does not, that
failed retest opens the next window, where the program says so, and another structure is tried.
Other muscles may be tested in between. Source: the program's own description of its session.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from casebook.domain.program.protocol import Protocol, Window
from casebook.domain.record import clock
from casebook.domain.work.steps import ReleaseStep, RetestStep, TestStep
from casebook.language import _
from casebook.language.terms import side as side_words


class Timing(StrEnum):
    """Where the end of the work lies in the window."""

    SURELY_INSIDE = "surely inside"
    INSIDE = "inside"
    LATE = "late"
    UNKNOWN = "unknown"


class FaultKind(StrEnum):
    """What can go wrong in the protocol's order and timing."""

    RELEASE_WITHOUT_TEST = "release without failed test"
    RELEASE_LATE = "release late"
    RETEST_WITHOUT_TEST = "retest without failed test"
    RETEST_WITHOUT_RELEASE = "retest without release"
    NOT_RETESTED = "not retested"
    NOT_RESTORED = "not restored"


@dataclass(frozen=True, slots=True)
class Action:
    """One test, release or retest as the protocol sees it.

    ``begins_s`` and ``ends_s`` are seconds since the session's start, None in a ledger without
    times; ``lasts_s`` is the duration in seconds where it is known.
    """

    index: int
    step: TestStep | ReleaseStep | RetestStep
    begins_s: int | None = None
    ends_s: int | None = None
    lasts_s: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A departure from the protocol, at the step (by its index) where it shows."""

    kind: FaultKind
    index: int
    fact: str


@dataclass(slots=True)
class Cycle:
    """A failed test, the work it led to, and the retest of the same muscle.

    Times are seconds: ``opened_s`` and ``retest_s`` since the session's start, ``work_s`` and
    ``to_retest_s`` since the failed test. They are None where the record has no times.
    """

    muscle: str
    side: str | None
    test_index: int
    opened_s: int | None
    release_indexes: list[int] = field(default_factory=list)
    releases: list[str] = field(default_factory=list)
    work_s: int | None = None
    timing: Timing = Timing.UNKNOWN
    retest_index: int | None = None
    retest_s: int | None = None
    restored: bool | None = None

    @property
    def to_retest_s(self) -> int | None:
        """Seconds from the failed test to the retest."""
        if self.retest_s is None or self.opened_s is None:
            return None
        return self.retest_s - self.opened_s


Naming: TypeAlias = Callable[[str], str]
"""Gives the one name of a structure, so that "QL" and "quadratus lumborum" are the same."""


def follow(
    actions: Iterable[Action], protocol: Protocol, naming: Naming = str.casefold
) -> tuple[tuple[Cycle, ...], tuple[Fault, ...]]:
    """Follow a session and return its cycles, in order of their failed tests, and its faults.

    A cycle is a failed test with work on it. A failed test without any work is part of the
    search for the pattern: neither a cycle nor a fault.
    """
    walk = _Walk(protocol, cache(naming))
    for action in actions:
        walk.take(action)
    return walk.finish()


def timing_of(work_s: int | None, window: Window) -> Timing:
    """Place the end of the work, in seconds after the failed test, in the window."""
    if work_s is None or work_s < 0:
        return Timing.UNKNOWN
    if work_s <= window.sure_seconds:
        return Timing.SURELY_INSIDE
    return Timing.INSIDE if work_s <= window.limit_seconds else Timing.LATE


@dataclass(slots=True)
class _Walk:
    """The state between two steps.

    A release counts for every failed test that is open, since only the retest tells for which
    muscle it was meant; the retest that comes first claims it. A later retest has no claim on it
    unless nothing else was done since its own failed test: one release may serve two muscles.
    """

    protocol: Protocol
    naming: Naming
    open: list[tuple[Cycle, list[Action]]] = field(default_factory=list)
    passed_over: list[tuple[Cycle, list[Action]]] = field(default_factory=list)
    """Failed tests whose muscle was tested and retested again later."""
    claimed: set[int] = field(default_factory=set)
    done: list[Cycle] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def take(self, action: Action) -> None:
        step = action.step
        if isinstance(step, TestStep):
            self._test(action, step)
        elif isinstance(step, ReleaseStep):
            self._release(action, step)
        else:
            self._retest(action, step)

    def finish(self) -> tuple[tuple[Cycle, ...], tuple[Fault, ...]]:
        unretested = sorted((*self.passed_over, *self.open), key=lambda each: each[0].test_index)
        for cycle, releases in reversed(unretested):
            left = [each for each in releases if each.index not in self.claimed]
            if left:
                self._close(cycle, left)
                self._fault(
                    FaultKind.NOT_RETESTED, left[-1].index,
                    _("{muscle} was worked for and never retested").format(
                        muscle=_sided(cycle.muscle, cycle.side)
                    ),
                )  # fmt: skip
        self.done.sort(key=lambda cycle: cycle.test_index)
        for cycle in {self._key(cycle): cycle for cycle in self.done}.values():
            if cycle.restored is False and cycle.retest_index is not None:
                self._fault(
                    FaultKind.NOT_RESTORED, cycle.retest_index,
                    _("{muscle} still fails at its last retest").format(
                        muscle=_sided(cycle.muscle, cycle.side)
                    ),
                )  # fmt: skip
        self.faults.sort(key=lambda fault: fault.index)
        return tuple(self.done), tuple(self.faults)

    def _test(self, action: Action, step: TestStep) -> None:
        earlier = self._open_for(step.test, step.side)
        if earlier is not None and not earlier[1]:
            self.open.remove(earlier)  # Tested again before any work: a new window.
        if step.result == "inhibited":
            self._open(Cycle(step.test, step.side, action.index, action.ends_s))

    def _release(self, action: Action, step: ReleaseStep) -> None:
        if not self.open:
            self._fault(
                FaultKind.RELEASE_WITHOUT_TEST, action.index,
                _("{structure} was released with no failed test before it").format(
                    structure=_sided(step.release, step.side)
                ),
            )  # fmt: skip
        for _cycle, releases in self.open:
            releases.append(action)

    def _retest(self, action: Action, step: RetestStep) -> None:
        found = self._open_for(step.retest, step.side)
        muscle = _sided(step.retest, step.side)
        if found is None:
            other = next((c for c, _ in self.open if self._same(c.muscle, step.retest)), None)
            fact = _("{muscle} was retested with no failed test of it before").format(muscle=muscle)
            if other:
                fact = _("{fact}; its failed test is of {other}").format(
                    fact=fact, other=_sided(other.muscle, other.side)
                )
            self._fault(FaultKind.RETEST_WITHOUT_TEST, action.index, fact)
        elif not found[1]:
            self.open.remove(found)
            self._fault(
                FaultKind.RETEST_WITHOUT_RELEASE, action.index,
                _("{muscle} was retested with no release since its failed test").format(
                    muscle=muscle
                ),
            )  # fmt: skip
        else:
            self.open.remove(found)
            cycle, releases = found
            own = [each for each in releases if each.index not in self.claimed]
            cycle.retest_index, cycle.retest_s = action.index, action.begins_s
            cycle.restored = step.result == "fires"
            self._close(cycle, own or releases)
        while earlier := self._open_for(step.retest, step.side):
            self.open.remove(earlier)
            self.passed_over.append(earlier)
        if step.result == "inhibited" and self.protocol.failed_retest_opens_window:
            self._open(Cycle(step.retest, step.side, action.index, action.ends_s))

    def _open(self, cycle: Cycle) -> None:
        self.open.append((cycle, []))

    def _close(self, cycle: Cycle, releases: Sequence[Action]) -> None:
        """Give a cycle its work and see whether the work ended inside the window."""
        late_at: int | None = None
        for action in releases:
            step = action.step
            if isinstance(step, ReleaseStep):
                cycle.releases.append(_sided(step.release, step.side))
            cycle.release_indexes.append(action.index)
            cycle.work_s = _worked(cycle, action)
            cycle.timing = timing_of(cycle.work_s, self.protocol.window)
            if cycle.timing is Timing.LATE and late_at is None:
                late_at = action.index
        if cycle.opened_s is None and cycle.timing is not Timing.LATE:
            cycle.timing = Timing.UNKNOWN  # Durations alone can prove lateness and nothing else.
        if late_at is not None:
            self._fault(FaultKind.RELEASE_LATE, late_at, self._late(cycle))
        self.claimed.update(cycle.release_indexes)
        self.done.append(cycle)

    def _late(self, cycle: Cycle) -> str:
        limit = self.protocol.window.limit_seconds
        muscle = _sided(cycle.muscle, cycle.side)
        if cycle.opened_s is None:
            return _("work for {muscle} took {work} s; the window closes after {limit} s").format(
                muscle=muscle, work=cycle.work_s, limit=limit
            )
        return _(
            "work for {muscle} ended {work} s after its failed test at {moment}; the window "
            "closes after {limit} s"
        ).format(muscle=muscle, work=cycle.work_s, moment=clock(cycle.opened_s), limit=limit)

    def _open_for(self, muscle: str, side: str | None) -> tuple[Cycle, list[Action]] | None:
        for cycle, releases in reversed(self.open):
            if self._same(cycle.muscle, muscle) and cycle.side == side:
                return cycle, releases
        return None

    def _same(self, one: str, other: str) -> bool:
        return self.naming(one) == self.naming(other)

    def _key(self, cycle: Cycle) -> tuple[str, str | None]:
        return self.naming(cycle.muscle), cycle.side

    def _fault(self, kind: FaultKind, index: int, fact: str) -> None:
        self.faults.append(Fault(kind, index, fact))


def _worked(cycle: Cycle, action: Action) -> int | None:
    """Seconds from the failed test to the latest end of work; without times, all work so far."""
    if cycle.opened_s is not None and action.ends_s is not None:
        ends_s = action.ends_s - cycle.opened_s
        return ends_s if cycle.work_s is None else max(cycle.work_s, ends_s)
    if action.lasts_s is None:
        return cycle.work_s
    return (cycle.work_s or 0) + action.lasts_s


def _sided(structure: str, side: str | None) -> str:
    return f"{structure} ({side_words(side)})" if side else structure
