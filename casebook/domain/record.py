"""What every record of casebook shares: frozen, closed, bounded.

A YAML scalar reaches these types as the text that was written (``casebook.source``
converts nothing), so each type says here how its text is read.
"""

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from casebook.limits import ID_CHARACTERS, LINE_CHARACTERS, PATH_CHARACTERS, TEXT_CHARACTERS

MISSING_TEXT: Final = "…"
"""Stands for a text that is missing, such as a title; nothing is rendered or scored with it."""

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
"""Days outside are slips of the pen; inside, months can be counted on without an overflow."""

_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK: Final = re.compile(r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)")


class Record(BaseModel):
    """Frozen and closed: an unknown key is an error, never dropped in silence.

    What stands below a field in the code is what it means (``casebook.domain.meanings``).
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )


def _read_date(value: object) -> object:
    """Take ISO dates alone: pydantic would also read "12" as seconds since 1970."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value.strip()):
        return value.strip()
    raise PydanticCustomError("iso_date", "a date is written year-month-day, such as 2026-03-02")


def _read_clock(value: object) -> object:
    """Read "mm:ss" or "h:mm:ss" as seconds."""
    if isinstance(value, int):
        return value
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError(
            "clock", "a time in the session is minutes and seconds since its start, such as 07:45"
        )
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _on_a_day(moment: str) -> str:
    """Refuse a moment of a day that no calendar has."""
    try:
        date.fromisoformat(moment.partition("T")[0])
    except ValueError:
        raise PydanticCustomError("moment", "there is no such day in the calendar") from None
    return moment


def clock(seconds: int) -> str:
    """Write seconds since the session's start as "mm:ss", or "h:mm:ss" from an hour on."""
    hours, rest = divmod(seconds, 3600)
    text = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{text}" if hours else text


Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LINE_CHARACTERS, pattern=r"^[^\r\n]*$"),
]
"""One line of text."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_CHARACTERS)]
"""Prose in CommonMark; ``[@key]`` cites the reference with that id."""

Sentences = Annotated[str, StringConstraints(min_length=1, max_length=10 * TEXT_CHARACTERS)]
"""What casebook says, with texts that others wrote inside."""

Identifier = Annotated[
    str, StringConstraints(max_length=ID_CHARACTERS, pattern=r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$")
]
"""A short name made of small letters, digits, hyphens, dots and underscores."""

IdReference = Annotated[
    str, StringConstraints(min_length=1, max_length=ID_CHARACTERS, pattern=r"^[^\r\n]*$")
]
"""The id of something that another file holds.

Why looser than an id itself: a wrong one is held against the ids that there are, and gets an
answer out of them.
"""

RelativePath = Annotated[str, StringConstraints(min_length=1, max_length=PATH_CHARACTERS)]
"""A path inside the portfolio folder, with forward slashes."""

IsoDate = Annotated[
    date,
    Field(ge=FIRST_DAY, le=LAST_DAY),
    BeforeValidator(
        _read_date,
        json_schema_input_type=Annotated[str, Field(json_schema_extra={"format": "date"})],
    ),
]
"""A day, written year-month-day."""

ClockTime = Annotated[
    int,
    BeforeValidator(
        _read_clock,
        json_schema_input_type=Annotated[
            str, Field(pattern=r"^(\d{1,2}:)?[0-5]?\d:[0-5]\d$", examples=["07:45"])
        ],
    ),
    Field(ge=0, le=86_400),
]
"""Seconds since the session's start, written "mm:ss"."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal."""

Moment = Annotated[
    str,
    StringConstraints(
        pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"
    ),
    AfterValidator(_on_a_day),
]
"""A moment in UTC: 2026-07-01T10:30:00Z. As text, moments sort by time."""

FormatOne = Annotated[
    Literal[1], BeforeValidator(lambda value: 1 if str(value).strip() == "1" else value)
]
"""The first version of a file format."""

Days = Annotated[int, Field(ge=0, le=3_660)]
MOST: Final = 1_000_000

ScaleValue = Annotated[float, Field(ge=-MOST, le=MOST)]
"""A number on somebody's scale; far more than any scale has, and few enough digits to print."""

Difference = Annotated[float, Field(gt=0, le=MOST)]
"""How far two numbers on a scale lie apart."""

Percent = Annotated[float, Field(ge=0, le=100)]
