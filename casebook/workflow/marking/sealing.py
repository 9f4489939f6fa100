"""Seals finished mark sheets, and adds changes to what is sealed. Nothing is overwritten."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Severity
from casebook.domain.canonical import values_of
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks, chain_faults, change, seal
from casebook.domain.record import TEXT_CHARACTERS
from casebook.errors import UnacceptableWork, UsageError
from casebook.files import turn_in, write_file, write_new_file
from casebook.workflow.grading import file_names
from casebook.workflow.marking.check_sheets import CheckedSheet, SheetSources, check_sheets
from casebook.workflow.marking.sealed_file import SEALED_SUFFIX, read_sealed, sealed_bytes

State = Literal["sealed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Sealing:
    """What became of one sheet.

    Attributes:
        sheet: The sheet.
        state: sealed; unchanged, when it was sealed before just as it is; or refused.
        sealed: The file of its sealed marks, where there is one.
        seal: The digest of the newest entry in that file.
        why: Why it was refused; its findings say more.
    """

    sheet: CheckedSheet
    state: State
    sealed: Path | None = None
    seal: str | None = None
    why: str | None = None


def seal_sheets(paths: Sequence[Path], sources: SheetSources, moment: str) -> tuple[Sealing, ...]:
    """Seal each finished sheet into a file of its own beside it.

    Args:
        paths: Sheets and folders of them.
        sources: What they are held against first.
        moment: Now, in UTC.

    Returns:
        What became of each, in the order of their files; one that is refused stops no other.

    Raises:
        UsageError: A path is not there or no mark sheet, or a folder holds none.
        MachineError: A file cannot be written; those before it are sealed.
    """
    return tuple(_seal(each, moment) for each in check_sheets(paths, sources, final=True))


def change_sealed(
    path: Path, sheet_path: Path, reason: str, sources: SheetSources, moment: str
) -> SealedMarks:
    """Add a changed sheet to sealed marks, with the reason.

    Raises:
        UnacceptableWork: The sealed marks do not hold, the sheet is not finished or about
            something else, or nothing was changed.
        UsageError: A file is not there, the moment lies before the newest entry, or the reason is
            empty or endless.
    """
    if path.is_symlink():
        raise UsageError(f"{path} is a link", hint="name the file of sealed marks itself")
    before = read_sealed(path)
    if faults := chain_faults(before.record):
        raise UnacceptableWork(
            f"{path} does not hold, so nothing can be added to it: {faults[0]}",
            hint=f"see `casebook mark history {path}`",
        )
    (checked,) = check_sheets([sheet_path], sources, final=True)
    sheet = _finished(checked)
    if values_of(sheet) == values_of(before.record.sheet()):
        raise UnacceptableWork(
            f"{sheet_path} says what is sealed already; there is nothing to change"
        )
    if moment < before.record.entries[-1].moment:
        raise UsageError(
            f"{moment} lies before the newest entry, which is of "
            f"{before.record.entries[-1].moment}",
            hint="is the clock of this machine right?",
        )
    if not reason.strip():
        raise UsageError("the reason is empty", hint="say in a sentence why the marks change")
    if len(reason) > TEXT_CHARACTERS:
        raise UsageError(
            f"the reason has {len(reason):,} characters; at most {TEXT_CHARACTERS:,} are kept",
            hint="say in a few sentences why the marks change",
        )
    try:
        after = change(before.record, sheet, moment, reason)
    except ValueError as error:
        raise UnacceptableWork(
            f"{sheet_path} cannot be added to {path}: it is about another work, submission, "
            "rubric or grader",
            hint=f"`casebook mark history {path}` says what the sealed marks are about",
        ) from error
    content = sealed_bytes(after)
    # Why a turn: two changes at one moment would each follow the same entry, and one be lost.
    with turn_in(path.parent):
        if read_sealed(path).content != before.content:
            raise UnacceptableWork(
                f"{path} was changed by somebody else just now; nothing was added",
                hint="look at it with `casebook mark history`, then repeat the command",
            )
        # Why force: what stands there is the beginning of what is written.
        write_file(path, content, force=True)
    return after


def sealed_path(sheet_path: Path, sheet: MarkSheet) -> Path:
    """Where a sheet's sealed marks stand: beside it, by its work and grader."""
    (name,) = file_names([sheet.work])
    return sheet_path.parent / f"{name}.{sheet.grader.id}{SEALED_SUFFIX}"


def _seal(checked: CheckedSheet, moment: str) -> Sealing:
    if checked.piece is None or not checked.sound:
        return Sealing(checked, "refused", why=_why_refused(checked))
    sheet = checked.piece.record
    target = sealed_path(checked.path, sheet)
    if os.path.lexists(target):
        return _sealed_before(checked, sheet, target)
    sealed = seal(sheet, moment)
    try:
        write_new_file(target, sealed_bytes(sealed))
    except UsageError:
        if not os.path.lexists(target):
            raise
        return _sealed_before(checked, sheet, target)
    return Sealing(checked, "sealed", target, sealed.seal)


def _finished(checked: CheckedSheet) -> MarkSheet:
    if checked.piece is None or not checked.sound:
        raise UnacceptableWork(
            f"{checked.path} is not finished, or not right",
            hint=f"see `casebook mark check {checked.path} --final`",
        )
    return checked.piece.record


def _why_refused(checked: CheckedSheet) -> str:
    """Of a sheet that is only not finished, what is left; of any other, that its faults say it."""
    left = checked.left_to_do
    if len(left) < sum(each.severity is Severity.ERROR for each in checked.findings):
        return "it is not right; see above"
    unmarked = sum(each.code == codes.UNMARKED.id for each in left)
    parts = [f"{unmarked} {'criterion wants' if unmarked == 1 else 'criteria want'} a mark"]
    others = [each.message for each in left if each.code != codes.UNMARKED.id]
    return f"it is not finished: {'; '.join((parts if unmarked else []) + others)}"


def _sealed_before(checked: CheckedSheet, sheet: MarkSheet, target: Path) -> Sealing:
    """Refuse to seal twice; a folder that is sealed again may hold what was sealed before."""
    try:
        there = read_sealed(target).record
    except (UnacceptableWork, UsageError) as error:
        return Sealing(checked, "refused", target, why=str(error))
    same = not chain_faults(there) and values_of(there.sheet()) == values_of(sheet)
    if same and not checked.named:
        return Sealing(checked, "unchanged", target, there.seal)
    why = f"it is sealed already, in {target}"
    if not same:
        why += (
            f'; to change sealed marks: casebook mark change {target} {checked.path} --reason "..."'
        )
    else:
        why += "; `casebook mark change` adds a change"
    return Sealing(checked, "refused", target, there.seal, why)
