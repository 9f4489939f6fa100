"""Where a candidate stands at each level by issued results, and whether the next one is open."""

from typing import Literal

from casebook.domain.outcome.results import RequirementResult
from casebook.domain.record import Record

StandingState = Literal["certified", "expired", "not-passed", "not-yet", "no-result"]
"""certified: by a pass that still holds; expired: by one that has ended; not-passed: the newest
result is no pass; not-yet: the result is dated later; no-result: nothing was issued."""


class LevelStanding(Record):
    """How a candidate stands at one level."""

    level: int
    level_name: str
    state: StandingState
    why: str
    result: str | None = None
    """The digest of the result this rests on."""
    since: str | None = None
    """The day of the certificate, as year-month-day."""
    until: str | None = None
    """The last day it holds; None when it never ends."""
    next_steps: tuple[str, ...] = ()


class NextLevel(Record):
    """Whether the class of the level above is open to a candidate."""

    level: int
    level_name: str
    open: bool
    requirements: tuple[RequirementResult, ...]
    earliest: str | None = None
    """The first day on which waiting alone opens it; the day judged for when it is open."""


class Advancement(Record):
    """What a candidate's results come to on one day."""

    candidate: str
    program: str
    program_name: str
    program_version: str
    on: str
    class_on: str | None = None
    """The day of the class that is in view."""
    level: int
    """The level the next one is seen from."""
    standings: tuple[LevelStanding, ...]
    """Lowest level first."""
    may_now: tuple[str, ...]
    """What the certificates that hold now allow."""
    next_level: NextLevel | None = None
    """None behind the last level."""
    notes: tuple[str, ...] = ()
    """What has to be known beside, such as other rules than those of the results."""

    @property
    def certified(self) -> bool:
        """Whether the candidate is certified now at the level in view."""
        return any(each.level == self.level for each in self.standings if _holds(each))

    @property
    def goes_on(self) -> bool:
        """Whether nothing is in the way: certified, and the next level open where there is one."""
        return self.certified and (self.next_level is None or self.next_level.open)


def _holds(standing: LevelStanding) -> bool:
    return standing.state == "certified"
