"""A client's consent: to what, from when, until when, and where the signed form is kept."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.domain.record import IsoDate, Record, RelativePath, Text

Scope = Literal["record", "certifier", "publish"]
"""record: write the case down; certifier: show it to the certifying body; publish: to anyone."""


class Consent(Record):
    """What the client agreed to, in writing, before anything was recorded."""

    scope: Annotated[list[Scope], Field(min_length=1, max_length=3)]
    """What the client agreed to: record, certifier, publish."""
    signed: IsoDate
    """The day the client signed, as year-month-day."""
    form: RelativePath
    """The signed form, named by its path in this portfolio: attachments/ and its file name."""
    expires: IsoDate | None = None
    """The last day the consent holds; leave out when it has no end."""
    withdrawn: IsoDate | None = None
    """The day the client withdrew the consent, if that happened."""
    note: Text | None = None
    """Anything the client asked for, in their words."""

    @model_validator(mode="after")
    def _dates_in_order(self) -> "Consent":
        for name in ("expires", "withdrawn"):
            day = getattr(self, name)
            if day is not None and day < self.signed:
                raise PydanticCustomError(
                    "date_order",
                    "`{key}` lies before the day the consent was signed",
                    {"key": name},
                )
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the consent is signed, unexpired and not withdrawn on ``day``."""
        return (
            self.signed <= day
            and (self.expires is None or day <= self.expires)
            and (self.withdrawn is None or day < self.withdrawn)
        )
