"""The order and timing that a program asks of a session, as data."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.record import Line, Record, Text


class Window(Record):
    """How long a failed test leaves the door open, in seconds."""

    sure_seconds: Annotated[int, Field(gt=0, le=3_600)]
    """Work finished by then is surely inside."""
    limit_seconds: Annotated[int, Field(gt=0, le=3_600)]
    """Work finished later than this is late."""

    @model_validator(mode="after")
    def _sure_before_limit(self) -> "Window":
        if self.sure_seconds > self.limit_seconds:
            raise PydanticCustomError(
                "window_order", "sure_seconds is above limit_seconds", {"key": "sure_seconds"}
            )
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
