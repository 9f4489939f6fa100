"""A session of a case study: what was measured, what was done, what was taken home."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.record import Days, Identifier, Line, Record, ScaleValue, Text
from casebook.domain.work.site import Side
from casebook.domain.work.steps import Step

Joint = Literal[
    "neck", "jaw", "shoulder", "elbow", "forearm", "wrist", "thumb", "finger",
    "thoracic spine", "lumbar spine", "hip", "knee", "ankle", "foot", "toe",
]  # fmt: skip

Plane = Literal[
    "flexion", "extension", "abduction", "adduction", "internal rotation", "external rotation",
    "lateral flexion", "rotation", "horizontal abduction", "horizontal adduction",
    "pronation", "supination", "dorsiflexion", "plantar flexion", "inversion", "eversion",
    "opening", "radial deviation", "ulnar deviation",
]  # fmt: skip


class RangeOfMotion(Record):
    """How far a joint moves in one plane."""

    joint: Joint
    """The joint, such as shoulder."""
    plane: Plane
    """The movement, such as flexion."""
    side: Side | None = None
    """left, right, both or midline."""
    degrees: Annotated[float, Field(ge=-90, le=360)]
    """The angle in degrees."""
    when: Literal["before", "after"] = "before"
    """Whether it was measured before or after the session's work."""
    method: Line | None = None
    """How it was measured: goniometer, inclinometer, by eye."""


class Homework(Record):
    """An exercise for the days until the next session."""

    exercise: Line
    """What to do."""
    dose: Line | None = None
    """How often and how much: 2 x 10 daily."""
    purpose: Line | None = None
    """What it is for."""


class Adherence(Record):
    """How the last session's homework went."""

    days_done: Days
    """On how many days it was done."""
    days_planned: Days
    """On how many days it should have been done."""
    note: Text | None = None
    """How it was tolerated."""


class AdverseEvent(Record):
    """Something unwanted that happened during or after the work."""

    event: Line
    """What happened."""
    severity: Literal["mild", "moderate", "severe"]
    """mild: passed on its own; moderate: changed the plan; severe: needed medical care."""
    action: Text | None = None
    """What was done about it."""
    resolved: bool | None = None
    """Whether it has passed: yes or no."""


class Session(Record):
    """One session, placed in time by days since the first."""

    day: Days
    """Days since the first session, which is day 0."""
    minutes: Annotated[int, Field(gt=0, le=480)] | None = None
    """How long the session was, in minutes."""
    report: Text | None = None
    """What the client reported on arriving."""
    measures: Annotated[dict[Identifier, ScaleValue], Field(max_length=20)] = {}
    """Outcome measures taken before the work, by their ids: {nprs: 7}."""
    measures_after: Annotated[dict[Identifier, ScaleValue], Field(max_length=20)] = {}
    """Outcome measures taken after the work, if any."""
    rom: Annotated[list[RangeOfMotion], Field(max_length=40)] = []
    """Ranges of motion."""
    adherence: Adherence | None = None
    """How the last session's homework went."""
    steps: Annotated[list[Step], Field(max_length=200)] = []
    """What was tested, released and retested, in order."""
    homework: Annotated[list[Homework], Field(max_length=20)] = []
    """Exercises until the next session."""
    adverse_events: Annotated[list[AdverseEvent], Field(max_length=20)] = []
    """Anything unwanted during or after the work."""
    notes: Text | None = None
    """Anything else worth telling."""
