"""What differs between two versions of one grader's marks."""

from collections.abc import Iterator, Mapping

from casebook.domain.marking.marks import Mark, MarkSheet
from casebook.domain.record import Record, clock

_OF_A_MARK = ("level", "note", "reuse", "at", "place")
_OF_THE_SHEET = ("global_rating", "comments", "conflict", "candidate", "program")
_OF_A_GRADER = ("name", "credentials")


class MarkChange(Record):
    """One value that is another now."""

    about: str
    """The criterion's id, or ``sheet`` for what the whole sheet says."""
    what: str
    """The key whose value changed: level, note, place, …"""
    before: str | None
    """The value as text; None where there was none."""
    after: str | None


def changes_between(before: MarkSheet, after: MarkSheet) -> tuple[MarkChange, ...]:
    """Every value that differs, mark by mark in the order of the older sheet."""
    return (*_changed_marks(before, after), *_changed_sheet(before, after))


def _changed_marks(before: MarkSheet, after: MarkSheet) -> Iterator[MarkChange]:
    old = {mark.criterion: mark for mark in before.marks}
    new = {mark.criterion: mark for mark in after.marks}
    for criterion in dict.fromkeys((*old, *new)):
        yield from _differences(
            criterion, _said(old.get(criterion)), _said(new.get(criterion)), _OF_A_MARK
        )


def _changed_sheet(before: MarkSheet, after: MarkSheet) -> Iterator[MarkChange]:
    old, new = ({key: getattr(each, key) for key in _OF_THE_SHEET} for each in (before, after))
    yield from _differences("sheet", old, new, _OF_THE_SHEET)
    old, new = (
        {key: getattr(each.grader, key) for key in _OF_A_GRADER} for each in (before, after)
    )
    yield from _differences("grader", old, new, _OF_A_GRADER)


def _differences(
    about: str, old: Mapping[str, str | None], new: Mapping[str, str | None], keys: tuple[str, ...]
) -> Iterator[MarkChange]:
    for key in keys:
        if old.get(key) != new.get(key):
            yield MarkChange(about=about, what=key, before=old.get(key), after=new.get(key))


def _said(mark: Mark | None) -> dict[str, str | None]:
    """A mark's values as texts; nothing of one that is not there."""
    if mark is None:
        return {}
    return {
        "level": None if mark.level is None else str(mark.level),
        "note": mark.note,
        "reuse": ", ".join(mark.reuse) or None,
        "at": None if mark.at is None else clock(mark.at),
        "place": mark.place,
    }
