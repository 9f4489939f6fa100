"""The record of an observed session: what happened when, and the examiner's marks."""

from typing import Annotated, Final, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.marking.marks import Grader, Mark
from casebook.domain.record import (
    ClockTime,
    FormatOne,
    Identifier,
    IdReference,
    IsoDate,
    Line,
    Record,
    Text,
)
from casebook.domain.work.consent import Consent
from casebook.domain.work.sessions import Homework
from casebook.domain.work.steps import STEP_KEYS, ActivationStep, ReleaseStep, RetestStep, TestStep


class _Timed(Record):
    at: ClockTime
    """When it began, as minutes and seconds into the session."""
    until: ClockTime | None = None
    """When it ended."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "_Timed":
        if self.until is not None and self.until < self.at:
            raise PydanticCustomError(
                "time_order", "the event ends before it begins", {"key": "until"}
            )
        return self

    @property
    def ends_s(self) -> int:
        """When the event ended, in seconds; its start when no end is known."""
        return self.at if self.until is None else self.until


class TestEvent(_Timed, TestStep):
    """A muscle test at its time."""


class ReleaseEvent(_Timed, ReleaseStep):
    """A release with its beginning and its end."""

    @model_validator(mode="after")
    def _end_is_known(self) -> "ReleaseEvent":
        if self.until is None and self.seconds is None:
            raise PydanticCustomError(
                "release_end", "a release needs its end: give `until`, or `seconds`"
            )
        return self

    @property
    def ends_s(self) -> int:
        """When the release was finished, in seconds since the session's start."""
        return self.at + (self.seconds or 0) if self.until is None else self.until


class RetestEvent(_Timed, RetestStep):
    """A retest at its time."""


class ActivationEvent(_Timed, ActivationStep):
    """An activation at its time."""


class HomeworkEvent(_Timed, Homework):
    """An exercise shown and given to take home."""


class RemarkEvent(_Timed):
    """Anything else: a greeting, a question of consent, an explanation."""

    remark: Text
    """What happened."""


EVENT_KEYS: Final = (*STEP_KEYS, "exercise", "remark")
"""The keys that tell what an event is."""


def event_kind(value: object) -> str | None:
    """Name an event by the key that tells its kind; None when there is none of them."""
    keys = value.keys() if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return next((f"{key}-event" for key in EVENT_KEYS if key in keys), None)


Event = Annotated[
    Annotated[TestEvent, Tag("test-event")]
    | Annotated[ReleaseEvent, Tag("release-event")]
    | Annotated[RetestEvent, Tag("retest-event")]
    | Annotated[ActivationEvent, Tag("activate-event")]
    | Annotated[HomeworkEvent, Tag("exercise-event")]
    | Annotated[RemarkEvent, Tag("remark-event")],
    Discriminator(
        event_kind,
        custom_error_type="event_kind",
        custom_error_message=(
            "an event names one of: test, release, retest, activate, exercise, remark"
        ),
    ),
]


class ObservedClient(Record):
    """The person the candidate worked with, who stays unknown."""

    pseudonym: Line
    """A name that is not the client's own, such as Client D."""
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    """Age in years; write 90 for anyone older than 89."""
    complaint: Text | None = None
    """What the client came with."""


class Observation(Record):
    """An observed and graded session."""

    kind: Literal["observation"]
    """Always observation."""
    format: FormatOne
    """Always 1."""
    id: Identifier
    """A short name for this session, used nowhere twice: observed-session."""
    date: IsoDate
    """The day of the session, as year-month-day."""
    mode: Literal["in person", "video"]
    """in person or video."""
    examiner: Grader
    """Who observed and graded the session."""
    client: ObservedClient
    """The person the candidate worked with, under a pseudonym."""
    consent: Consent | None = None
    """What the client agreed to."""
    duration: ClockTime | None = None
    """How long the session was, as minutes and seconds: 31:20."""
    events: Annotated[list[Event], Field(max_length=1_000)] = []
    """What happened, in order, each with its time."""
    marks: Annotated[list[Mark], Field(max_length=200)] = []
    """The examiner's marks, one for each criterion of the rubric."""
    global_rating: IdReference | None = None
    """The overall impression, beside the criteria: one of the rubric's global ratings."""
    comments: Text | None = None
    """Anything the candidate should hear."""
