"""Marks that can no longer be changed in silence: a chain of entries, each sealed by its digest.

The first entry is the sheet as its grader finished it. A later one holds the whole sheet as
changed, with the day and the reason; nothing is overwritten. Each entry's digest covers what was
judged, by which rubric, by whom, when, and the digest of the entry before it, so that a change to
any of them shows in every digest after it. Whoever was told a digest (the office, when the sheet
came in; a result) can say later whether the marks are still those.
"""

import base64
import hashlib
import json
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from casebook.domain.canonical import canonical_json, values_of
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.record import (
    Digest,
    FormatOne,
    Identifier,
    IdReference,
    Moment,
    Record,
    Text,
)

CLOSED_CHARACTERS = 8_000_000


class SealedEntry(Record):
    """One entry: a sheet as it was at a moment."""

    number: Annotated[int, Field(ge=1, le=1_000)]
    """Its place in the chain, from 1."""
    moment: Moment
    """When it was entered, in UTC."""
    reason: Text | None = None
    """Why marks were changed; the first entry has none."""
    closed: Annotated[
        str,
        StringConstraints(min_length=1, max_length=CLOSED_CHARACTERS, pattern="^[A-Za-z0-9+/=]*$"),
    ]
    """The sheet as canonical JSON in base64.

    Why: nobody is to read another's marks by glancing at a file before sealing their own. It is a
    closed envelope, not a secret.
    """
    previous: Digest | None = None
    """The digest of the entry before."""
    digest: Digest
    """SHA-256 over what the chain is about and all of this entry."""


class SealedMarks(Record):
    """One grader's marks on one piece of work, with their whole history."""

    kind: Literal["sealed-marks"]
    """Always sealed-marks."""
    format: FormatOne
    """Always 1."""
    submission: Digest
    """The digest of the submission that was judged."""
    work: Identifier
    """The id of the case study or observation."""
    rubric: IdReference
    """The rubric's id."""
    rubric_digest: Digest
    """The rubric's digest."""
    grader: Identifier
    """The grader's id."""
    entries: Annotated[tuple[SealedEntry, ...], Field(min_length=1, max_length=1_000)]
    """The history, oldest first."""

    @property
    def seal(self) -> str:
        """The digest of the newest entry, which stands for the whole chain."""
        return self.entries[-1].digest

    def sheet(self, number: int | None = None) -> MarkSheet:
        """Open the envelope of an entry, the newest when no number is given.

        Raises:
            ValueError: It does not hold a mark sheet (pydantic's and JSON's errors are such too).
        """
        entry = self.entries[-1] if number is None else self.entries[number - 1]
        try:
            values = json.loads(base64.b64decode(entry.closed, validate=True))
        except RecursionError as error:
            raise ValueError("a mark sheet is not nested so deeply") from error
        return MarkSheet.model_validate(values)


def seal(sheet: MarkSheet, moment: str) -> SealedMarks:
    """Seal a finished sheet.

    Args:
        sheet: Complete: with submission, rubric digest and the grader's id.
        moment: Now, in UTC.

    Raises:
        ValueError: The sheet does not say what it is about.
    """
    if sheet.submission is None or sheet.rubric_digest is None or sheet.grader.id is None:
        raise ValueError("a sheet is sealed with its submission, its rubric and its grader")
    sealed = SealedMarks.model_construct(
        kind="sealed-marks",
        format=1,
        submission=sheet.submission,
        work=sheet.work,
        rubric=sheet.rubric,
        rubric_digest=sheet.rubric_digest,
        grader=sheet.grader.id,
        entries=(),
    )
    return _with_entry(sealed, sheet, moment, None)


def change(sealed: SealedMarks, sheet: MarkSheet, moment: str, reason: str) -> SealedMarks:
    """Add the sheet as changed; what was there before stays.

    Raises:
        ValueError: The sheet is about something else, or the moment lies before the last entry.
    """
    if about(sealed) != (
        sheet.submission, sheet.work, sheet.rubric, sheet.rubric_digest, sheet.grader.id,
    ):  # fmt: skip
        raise ValueError("the sheet is about another work, rubric or grader than the sealed marks")
    if moment < sealed.entries[-1].moment:
        raise ValueError("a change cannot be entered before the entry it follows")
    return _with_entry(sealed, sheet, moment, reason)


def about(sealed: SealedMarks) -> tuple[str, str, str, str, str]:
    """What a chain is about: submission, work, rubric, the rubric's digest, grader."""
    return (
        sealed.submission, sealed.work, sealed.rubric, sealed.rubric_digest, sealed.grader,
    )  # fmt: skip


def chain_faults(sealed: SealedMarks) -> tuple[str, ...]:
    """What does not hold in a chain, in a sentence each; nothing when all of it holds."""
    faults: list[str] = []
    previous: SealedEntry | None = None
    for place, entry in enumerate(sealed.entries, start=1):
        name = f"entry {place}"
        if entry.number != place:
            faults.append(f"{name} is numbered {entry.number}: an entry is missing or was moved")
        if entry.previous != (previous.digest if previous else None):
            faults.append(f"{name} does not follow the entry before it")
        if entry.digest != _digest(sealed, entry):
            faults.append(f"{name} is not as it was sealed")
        if previous and entry.moment < previous.moment:
            faults.append(f"{name} is dated before the entry it follows")
        if (entry.reason is None) != (previous is None):
            faults.append(
                f"{name} gives no reason" if previous else f"{name} gives a reason for no change"
            )
        faults += _faults_of_envelope(sealed, entry, name)
        previous = entry
    return tuple(faults)


def _faults_of_envelope(sealed: SealedMarks, entry: SealedEntry, name: str) -> list[str]:
    try:
        sheet = sealed.model_copy(update={"entries": (entry,)}).sheet()
    except ValueError:
        return [f"{name} holds no mark sheet"]
    written = (sheet.submission, sheet.work, sheet.rubric, sheet.rubric_digest, sheet.grader.id)
    if written != about(sealed):
        return [f"{name} holds a sheet about something else"]
    # Why: of JSON with one key twice, another reader may take the other value.
    if entry.closed != _closed(sheet):
        return [f"{name} holds a sheet in another form than casebook seals"]
    return []


def _closed(sheet: MarkSheet) -> str:
    return base64.b64encode(canonical_json(values_of(sheet))).decode()


def _with_entry(
    sealed: SealedMarks, sheet: MarkSheet, moment: str, reason: str | None
) -> SealedMarks:
    before = sealed.entries
    # Why a whole entry first: what is digested must be what a file read again holds, and reading
    # takes spaces off the edges of a text.
    draft = SealedEntry(
        number=len(before) + 1,
        moment=moment,
        reason=reason,
        closed=_closed(sheet),
        previous=before[-1].digest if before else None,
        digest="0" * 64,
    )
    entry = draft.model_copy(update={"digest": _digest(sealed, draft)})
    return SealedMarks.model_validate({**dict(sealed), "entries": (*before, entry)})


def _digest(sealed: SealedMarks, entry: SealedEntry) -> str:
    # Why not the entry as it is written: its keys may grow, and what was sealed must still hold.
    values = {
        "about": about(sealed),
        "number": entry.number,
        "moment": entry.moment,
        "reason": entry.reason,
        "closed": entry.closed,
        "previous": entry.previous,
    }
    return hashlib.sha256(canonical_json(values)).hexdigest()
