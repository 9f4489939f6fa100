"""Mark sheets, seals and histories as text on a terminal."""

from collections.abc import Iterator, Sequence
from typing import Final

from casebook.cli.output.lines import cut, item, wrapped
from casebook.cli.terminal import clean, dress, typed
from casebook.domain.canonical import brief
from casebook.domain.marking.mark_changes import MarkChange
from casebook.domain.marking.marks import Mark, MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks
from casebook.domain.record import clock
from casebook.workflow.marking.history import Histories, History, HistoryEntry, Unreadable
from casebook.workflow.marking.new_sheets import NewSheets
from casebook.workflow.marking.sealing import Sealing

_SHOWN_VALUE: Final = 60


def new_sheets_text(made: NewSheets) -> str:
    """The files that were written, and what to do with them."""
    return "\n".join(_new_lines(made))


def sealing_text(sealings: Sequence[Sealing]) -> str:
    """What became of each sheet, and the seals to write down."""
    return "\n".join(line for each in sealings for line in _sealing(each))


def history_text(found: Histories) -> str:
    """Every entry of every file, and whether all of it holds."""
    return "\n".join(_history_lines(found))


def sheet_text(sealed: SealedMarks, sheet: MarkSheet) -> str:
    """One grader's marks with their notes."""
    return "\n".join(_sheet_lines(sealed, sheet))


def _new_lines(made: NewSheets) -> Iterator[str]:
    for path in made.sheets:
        yield f"{clean(path)}  {dress('mark sheet', 'dim')}"
    for path in made.copies:
        yield f"{clean(path)}  {dress('to read, without the name of its candidate', 'dim')}"
    for path in made.telling:
        yield from wrapped(
            f"{path} still names the candidate: the name or the contact stands in what was "
            "written, or in the id of the work. Have it handed in again without before a grader "
            "reads it.",
            "warning",
        )
    several = len(made.sheets) > 1
    named = typed(made.sheets[0].parent if several else made.sheets[0])
    them = "them" if several else "it"
    yield f"fill {them} in, then: {dress(f'casebook mark check {named}', 'hint')}"


def _sealing(sealing: Sealing) -> Iterator[str]:
    look = {"sealed": "good", "unchanged": "dim", "refused": "error"}[sealing.state]
    state = dress(sealing.state, look)
    yield f"{state}  {clean(sealing.sheet.path)}"
    if sealing.state != "refused" and sealing.sealed is not None:
        yield f"  {clean(sealing.sealed)}"
        yield f"  {dress(str(sealing.seal), 'place')}"
    if sealing.signature is not None:
        yield f"  {dress(f'signed: {sealing.signature}', 'dim')}"
    if sealing.why is not None:
        yield from wrapped(sealing.why, "hint", indent="  ")


def _history_lines(found: Histories) -> Iterator[str]:
    for each in found.files:
        yield from _unreadable(each) if isinstance(each, Unreadable) else _file(each)
        yield ""
    for digest in found.unknown:
        yield from wrapped(
            f"{brief(digest)} is in none of these histories: what was sealed under it has been "
            "taken away or replaced",
            "error",
        )
    if found.holds:
        yield dress("every entry is as it was sealed", "good")
    else:
        broken = sum(not each.holds for each in found.files)
        what = f"{broken} of {len(found.files)} files" if broken else "a digest that was known"
        yield dress(f"does not hold: {what}", "error")


def _unreadable(history: Unreadable) -> Iterator[str]:
    yield dress(str(history.path), "place")
    yield from wrapped(history.why, "error", indent="  ")


def _file(history: History) -> Iterator[str]:
    sealed = history.sealed
    yield dress(str(history.path), "place")
    yield f"  {clean(sealed.work)} by {clean(sealed.grader)}"
    yield dress(
        f"  submission {brief(sealed.submission)}, rubric {sealed.rubric} "
        f"{brief(sealed.rubric_digest)}",
        "dim",
    )
    for entry in history.entries:
        yield from _entry(entry, values=history.values)
    if history.signature is not None and history.signature.judged and history.signature.holds:
        yield from wrapped(history.signature.judged.why, "dim", indent="  ")
    for fault in history.faults:
        yield from wrapped(fault, "error", indent="  ")


def _entry(entry: HistoryEntry, *, values: bool) -> Iterator[str]:
    when = entry.moment.replace("T", " ").replace("Z", " UTC")
    yield f"  {entry.number}. {when}  {dress(brief(entry.digest), 'hint')}"
    yield from wrapped(entry.reason or "sealed", indent="     ")
    for change in entry.changes:
        yield from item(_change(change, values=values), "dim", indent="     ")


def _change(change: MarkChange, *, values: bool) -> str:
    name = f"{change.about}: {change.what}"
    if not values:
        return f"{name} changed"
    before, after = (_shown(each) for each in (change.before, change.after))
    return f"{name} {before} -> {after}"


def _shown(value: str | None) -> str:
    if value is None:
        return "none"
    return cut(" ".join(value.split()), _SHOWN_VALUE)


def _sheet_lines(sealed: SealedMarks, sheet: MarkSheet) -> Iterator[str]:
    entries = len(sealed.entries)
    number = f"{entries} {'entry' if entries == 1 else 'entries'}"
    yield f"{dress(sheet.work, 'place')}  marked by {clean(sheet.grader.name)}"
    yield dress(f"  {brief(sealed.seal)}, {number}, {sealed.entries[-1].moment}", "dim")
    widest = max((len(clean(mark.criterion)) for mark in sheet.marks), default=0)
    for mark in sheet.marks:
        yield from _mark(mark, widest)
    if sheet.global_rating is not None:
        yield f"  {'global rating'.ljust(widest)}  {clean(sheet.global_rating)}"
    if sheet.comments is not None:
        yield ""
        yield from wrapped(sheet.comments, indent="  ")


def _mark(mark: Mark, widest: int) -> Iterator[str]:
    level = "–" if mark.level is None else str(mark.level)
    yield f"  {clean(mark.criterion).ljust(widest)}  {dress(level, 'place')}"
    if mark.at is not None:
        yield dress(f"      at {clock(mark.at)}", "dim")
    if mark.place is not None:
        yield from wrapped(f"“{mark.place}”", "dim", indent="      ")
    if mark.reuse:
        yield from wrapped(f"reuses {', '.join(mark.reuse)}", "dim", indent="      ")
    if mark.note is not None:
        yield from wrapped(mark.note, indent="      ")
