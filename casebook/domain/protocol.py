"""The session protocol, and what following it step by step gives: cycles and faults.

A failed test opens a window. Work on the facilitated structure has to be finished inside it;
then the same muscle is tested again. If it fires, the muscle is restored. If it does not, that
failed retest opens the next window, and another structure is tried. Source: the program's
description of its session; the window's limits and its severity are the program's data.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.record import Line, Record, Text
from casebook.domain.steps import ReleaseStep, RetestStep, TestStep


class Window(Record):
    """How long a failed test leaves the door open, in seconds."""

    sure_seconds: Annotated[int, Field(gt=0, le=3_600)]
    """Work finished by then is surely inside."""
    limit_seconds: Annotated[int, Field(gt=0, le=3_600)]
    """Work finished later than this is late."""

    @model_validator(mode="after")
    def _sure_before_limit(self) -> "Window":
        if self.sure_seconds > self.limit_seconds:
            raise PydanticCustomError("window_order", "sure_seconds is above limit_seconds")
        return self


class Protocol(Record):
    """The order and timing a session must keep."""

    name: Line
    """What the program calls it."""
    describes: Text
    """The protocol in words."""
    window: Window
    """How long a failed test leaves for the release."""
    failed_retest_opens_window: bool = True
    """Whether a retest that fails counts as a new failed test."""
    cycles_at_least: Annotated[int, Field(ge=0, le=100)] = 1
    """The fewest closed cycles in an observed session."""


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
    OUT_OF_ORDER = "out of order"
    TOO_FEW_CYCLES = "too few cycles"


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
