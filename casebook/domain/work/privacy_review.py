"""A privacy review: who looked through a portfolio for what may identify, and what they let stand.

It says that somebody looked, at exactly which files. It does not say that nothing is left.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from casebook.domain.record import Digest, FormatOne, IsoDate, Line, Record, RelativePath

RuleId = Annotated[str, StringConstraints(pattern=r"^HIPAA-[A-R]$")]
"""A Safe Harbor kind by its letter in 45 CFR 164.514(b)(2)(i)."""

LineNumber = Annotated[int, Field(ge=1, le=1_000_000)]
"""A line or a column, counted from 1."""


class ReviewedFile(Record):
    """A file that was looked through, known by its bytes."""

    path: RelativePath
    """Its path in the portfolio."""
    sha256: Digest
    """SHA-256 of its bytes."""


class AcceptedFinding(Record):
    """Something that was found and may stand.

    The words themselves are not repeated here: the record travels.
    """

    path: RelativePath
    """The file."""
    line: LineNumber
    """The line in it."""
    column: LineNumber
    """The column in it."""
    rule: RuleId
    """What it looked like: HIPAA-C."""
    reason: Line
    """Why it may stand."""


class PrivacyReview(Record):
    """What one person looked through on one day."""

    kind: Literal["privacy-review"]
    """Always privacy-review."""
    format: FormatOne
    """Always 1."""
    casebook: Line
    """The version of casebook that searched."""
    by: Line
    """Who looked, and takes responsibility for what may stand."""
    on: IsoDate
    """The day."""
    files: Annotated[list[ReviewedFile], Field(min_length=1, max_length=4_000)]
    """Every file that is handed in, as it was."""
    accepted: Annotated[list[AcceptedFinding], Field(max_length=10_000)] = []
    """What was found and may stand, with reasons."""
    looked_at: Annotated[list[RelativePath], Field(max_length=4_000)] = []
    """Files that no search can look into, which the person looked at themselves."""
