"""Who does whose work: pairs of a facilitated structure and an inhibited muscle.

A pair comes from a pattern that somebody states, or from a cycle of the protocol: the muscle
failed its test, the structure was released, and the retest said what had become of the muscle.
That the muscle fires then is a fact of the record; why it does is not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from casebook.domain.program.protocol import Protocol, Window
from casebook.domain.work.actions import actions_of_events, actions_of_ledger
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.cycles import Action, Cycle, Naming, follow
from casebook.domain.work.observation import Observation
from casebook.domain.work.site import Site
from casebook.domain.work.steps import ReleaseStep

_ANY_TIME: Final = Protocol(
    name="ledger",
    describes="The order of a ledger's steps by itself, without a window.",
    window=Window(sure_seconds=3_600, limit_seconds=3_600),
)
"""For a case study whose program has no protocol, or that names no program."""

_Place: TypeAlias = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Trial:
    """A release that was tried.

    Attributes:
        moment: The day of the case, or the number of the session's cycle.
        fires: What the retest found; None where there was none.
    """

    moment: int
    fires: bool | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A facilitated structure, the inhibited muscle whose work it does, and what was tried.

    Without trials the pattern was stated and never worked on.
    """

    facilitated: Site
    inhibited: Site
    trials: tuple[Trial, ...] = ()

    @property
    def restored(self) -> bool:
        """Whether the muscle fired after this release at least once."""
        return any(trial.fires for trial in self.trials)


def pairs_of_case(
    case: CaseStudy, protocol: Protocol | None = None, naming: Naming = str.casefold
) -> tuple[Pair, ...]:
    """The pairs of a case's sessions, in the order of the work, then the patterns left alone.

    Trials are told by the day. A pattern that gives no side is the pair of that name on either
    side.
    """
    found = _Pairs(naming)
    for session in case.sessions:
        actions = actions_of_ledger(session.steps)
        cycles, _ = follow(actions, protocol or _ANY_TIME, naming)
        for cycle in cycles:
            found.take(cycle, actions, session.day)
    for pattern in case.patterns:
        found.state(pattern.facilitated, pattern.inhibited)
    return found.all()


def pairs_of_observation(
    observation: Observation, protocol: Protocol, naming: Naming = str.casefold
) -> tuple[Pair, ...]:
    """The pairs of an observed session; trials are told by the cycle's number, from 1."""
    actions = actions_of_events(observation.events)
    cycles, _ = follow(actions, protocol, naming)
    found = _Pairs(naming)
    for number, cycle in enumerate(cycles, start=1):
        found.take(cycle, actions, number)
    return found.all()


@dataclass(slots=True)
class _Pairs:
    naming: Naming
    sites: dict[_Place, Site] = field(default_factory=dict)
    """Each structure as it was first written."""
    trials: dict[tuple[_Place, _Place], list[Trial]] = field(default_factory=dict)

    def take(self, cycle: Cycle, actions: Sequence[Action], moment: int) -> None:
        by_index = {action.index: action.step for action in actions}
        failed = by_index[cycle.test_index]
        muscle = self._place(Site(structure=cycle.muscle, side=failed.side))
        for index in cycle.release_indexes:
            step = by_index[index]
            if isinstance(step, ReleaseStep):
                released = self._place(Site(structure=step.release, side=step.side))
                tried = self.trials.setdefault((released, muscle), [])
                trial = Trial(moment, cycle.restored)
                if trial not in tried:
                    tried.append(trial)

    def state(self, facilitated: Site, inhibited: Site) -> None:
        wanted = (self._key(facilitated), self._key(inhibited))
        if not any(_covers(wanted, pair) for pair in self.trials):
            self.trials[self._place(facilitated), self._place(inhibited)] = []

    def all(self) -> tuple[Pair, ...]:
        return tuple(
            Pair(self.sites[one], self.sites[other], tuple(tried))
            for (one, other), tried in self.trials.items()
        )

    def _place(self, site: Site) -> _Place:
        key = self._key(site)
        self.sites.setdefault(key, site)
        return key

    def _key(self, site: Site) -> _Place:
        return self.naming(site.structure), site.side


def _covers(stated: Iterable[_Place], found: Iterable[_Place]) -> bool:
    """Whether a pair that was worked on is what a pattern states."""
    return all(
        name == other and side in {None, other_side}
        for (name, side), (other, other_side) in zip(stated, found, strict=True)
    )
