"""Seals finished mark sheets, and adds changes to what is sealed. Nothing is overwritten."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.sshsig import MARKS
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Severity
from casebook.domain.canonical import values_of
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks, chain_faults, change, seal
from casebook.errors import UnacceptableWork, UsageError
from casebook.files import (
    sweep_orphans,
    telling_what_stands,
    turn_in,
)
from casebook.limits import TEXT_CHARACTERS
from casebook.workflow.grading import file_names
from casebook.workflow.marking.check_sheets import CheckedSheet, SheetSources, check_sheets
from casebook.workflow.marking.sealed_file import (
    SEALED_SUFFIX,
    SealedFile,
    read_sealed,
    sealed_bytes,
)
from casebook.workflow.signatures import (
    is_signed,
    refuse_unsigned,
    signature_beside,
    signature_path,
)
from casebook.workflow.signing import (
    ToSign,
    refuse_several_graders,
    sign_beside,
    write_anew,
    write_signed,
)

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
        signature: The file with its signature, where somebody signs.
    """

    sheet: CheckedSheet
    state: State
    sealed: Path | None = None
    seal: str | None = None
    why: str | None = None
    signature: Path | None = None


def seal_sheets(
    paths: Sequence[Path], sources: SheetSources, moment: str, key: SigningKey | None = None
) -> tuple[Sealing, ...]:
    """Seal each finished sheet into a file of its own beside it.

    Args:
        paths: Sheets and folders of them.
        sources: What they are held against first.
        moment: Now, in UTC.
        key: Who signs what is sealed, and what was sealed before just as it is.

    Returns:
        What became of each, in the order of their files; one that is refused stops no other.

    Raises:
        UsageError: A path is not there or no mark sheet, a folder holds none, or one key is to
            sign for several graders.
        MachineError: A file cannot be written; those before it are sealed.
    """
    sheets = check_sheets(paths, sources, final=True)
    if key is not None:
        judges = (each.piece.record.grader for each in sheets if each.piece is not None)
        refuse_several_graders(each.known_as for each in judges)
    sealings: list[Sealing] = []
    written: list[Path] = []
    with telling_what_stands(written):
        for sheet in sheets:
            sealing = _signed(_seal(sheet, moment, key), key)
            sealings.append(sealing)
            if sealing.state == "sealed" and sealing.sealed is not None:
                written.append(sealing.sealed)
    return tuple(sealings)


def change_sealed(  # noqa: PLR0913 - each an option of the command
    path: Path,
    sheet_path: Path,
    reason: str,
    sources: SheetSources,
    moment: str,
    *,
    key: SigningKey | None = None,
) -> SealedMarks:
    """Add a changed sheet to sealed marks, with the reason.

    Args:
        path: The sealed marks.
        sheet_path: The sheet as it is now.
        reason: Why the marks change.
        sources: What the sheet is held against first.
        moment: Now, in UTC.
        key: Who signs the marks as they are then.

    Raises:
        UnacceptableWork: The sealed marks do not hold, the sheet is not finished or about
            something else, or nothing was changed.
        UsageError: A file is not there, the moment lies before the newest entry, the reason is
            empty or endless, or the marks are signed and nobody signs the change, or another key.
    """
    if path.is_symlink():
        raise UsageError(f"{path} is a link", hint="name the file of sealed marks itself")
    sweep_orphans(path.parent)
    before = read_sealed(path)
    _refuse_closed(before, key)
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
    _refuse_odd_reason(reason)
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
        write_anew(path, ToSign(content, MARKS), key)
    return after


def sealed_path(sheet_path: Path, sheet: MarkSheet) -> Path:
    """Where a sheet's sealed marks stand: beside it, by its work and grader."""
    (name,) = file_names([sheet.work])
    return sheet_path.parent / f"{name}.{sheet.grader.id}{SEALED_SUFFIX}"


def _seal(checked: CheckedSheet, moment: str, key: SigningKey | None) -> Sealing:
    if checked.piece is None or not checked.sound:
        return Sealing(checked, "refused", why=_why_refused(checked))
    sheet = checked.piece.record
    target = sealed_path(checked.path, sheet)
    sweep_orphans(target.parent)
    if os.path.lexists(target):
        return _sealed_before(checked, sheet, target)
    sealed = seal(sheet, moment)
    try:
        write_signed({target: ToSign(sealed_bytes(sealed), MARKS)}, key)
    except UsageError:
        if not os.path.lexists(target):
            raise
        return _sealed_before(checked, sheet, target)
    return Sealing(checked, "sealed", target, sealed.seal)


def _refuse_closed(before: SealedFile, key: SigningKey | None) -> None:
    """Refuse to add to marks that do not hold, or whose signature nobody would renew."""
    path = before.path
    if faults := chain_faults(before.record):
        raise UnacceptableWork(
            f"{path} does not hold, so nothing can be added to it: {faults[0]}",
            hint=f"see `casebook mark history {path}`",
        )
    refuse_unsigned(path, before.content, MARKS, None)
    if not is_signed(path):
        return
    if key is None:
        raise UsageError(
            f"{path} is signed, and its signature would not fit what is added",
            hint="sign the change too: --sign KEY",
        )
    signer = signature_beside(path, before.content, MARKS).key
    if signer != key.public:
        raise UsageError(
            f"{path} is signed by another key, {signer.fingerprint if signer else 'not known'}",
            hint="only who signed the marks changes them; where that key is lost or replaced, "
            f"take {signature_path(path)} away first",
        )


def _refuse_odd_reason(reason: str) -> None:
    if not reason.strip():
        raise UsageError("the reason is empty", hint="say in a sentence why the marks change")
    if len(reason) > TEXT_CHARACTERS:
        raise UsageError(
            f"the reason has {len(reason):,} characters; at most {TEXT_CHARACTERS:,} are kept",
            hint="say in a few sentences why the marks change",
        )


def _signed(sealing: Sealing, key: SigningKey | None) -> Sealing:
    """Sign what was sealed, be it now or before: a run that came no further is mended so."""
    if key is None or sealing.state == "refused" or sealing.sealed is None:
        return sealing
    there = read_sealed(sealing.sealed)
    return replace(sealing, signature=sign_beside(there.path, there.content, key, MARKS))


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
