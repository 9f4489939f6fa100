"""What a certificate is worth and for how long, as data of a program."""

from typing import Annotated

from pydantic import Field

from casebook.domain.record import Identifier, Line, Record, Text


class Validity(Record):
    """How long a certificate holds."""

    months: Annotated[int, Field(ge=1, le=600)]
    """Whole months from the day it is issued; the last day is the same day of the month."""
    says: Line
    """The rule in words."""
    source: Line | None = None
    """Where the program states it."""
    restarts_at_higher_level: bool = False
    """Whether a certificate at a higher level starts the time anew for this one too."""
    afterwards: Text
    """What has to be done once the time is over."""


class Privilege(Record):
    """What somebody currently certified at a level or above may do."""

    id: Identifier
    """A short name."""
    says: Line
    """What they may do, in words."""
    source: Line | None = None
    """Where the program states it."""
