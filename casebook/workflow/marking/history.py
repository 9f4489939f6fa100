"""Reads the history of sealed marks, tells whether it holds, and opens them where that is fair."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.bundle.signing.signers import SignerPolicy
from casebook.bundle.signing.sshsig import MARKS
from casebook.domain.marking.mark_changes import MarkChange, changes_between
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks, about, chain_faults
from casebook.errors import UnacceptableWork, UsageError
from casebook.source.named_files import files_named
from casebook.workflow.known_digests import known_digests, not_among
from casebook.workflow.marking.sealed_file import SEALED_SUFFIX, SealedFile, read_sealed
from casebook.workflow.signatures import (
    SignatureBeside,
    is_signed,
    refuse_unsigned,
    signature_beside,
)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of a chain.

    Attributes:
        number: Its place, from 1.
        moment: When it was entered, in UTC.
        reason: Why marks were changed; None for the first.
        digest: Its seal.
        changes: What differs from the entry before.
    """

    number: int
    moment: str
    reason: str | None
    digest: str
    changes: tuple[MarkChange, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The history of one file of sealed marks.

    Attributes:
        path: The file.
        sealed: What it holds.
        entries: Its entries, oldest first.
        faults: What does not hold, a sentence each.
        values: Whether marks may be shown: whoever asks has sealed their own.
        signature: What the signature beside it comes to; None where there is none, and none is
            asked for.
    """

    path: Path
    sealed: SealedMarks
    entries: tuple[HistoryEntry, ...]
    faults: tuple[str, ...]
    values: bool
    signature: SignatureBeside | None = None

    @property
    def holds(self) -> bool:
        """Whether all of it is as it was sealed."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot be read as sealed marks, and why."""

    path: Path
    why: str

    @property
    def holds(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True, slots=True)
class Histories:
    """What several files hold.

    Attributes:
        files: One for each file, in the order they were named.
        unknown: Of the digests that somebody wrote down, those that no file holds.
    """

    files: tuple[History | Unreadable, ...]
    unknown: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every file holds, and every digest that was written down is in one."""
        return not self.unknown and all(each.holds for each in self.files)


def histories(
    paths: Sequence[Path],
    known: Sequence[str] = (),
    own: Path | None = None,
    signers: SignerPolicy | None = None,
) -> Histories:
    """Read and verify the history of sealed marks.

    Args:
        paths: Their files, and folders of them.
        known: Digests that somebody wrote down when marks came in: whole, or their beginnings.
        own: The sealed marks of whoever asks; then the marks' values are told too.
        signers: Whose signatures count; the marks have to be signed by their grader then.

    Raises:
        UnacceptableWork: Own marks are not on the same work.
        UsageError: A file is not there or of another kind, a folder holds none, or a digest is
            none.
    """
    wanted = known_digests(known)
    files = tuple(_history(path, own, signers) for path in _files(paths))
    digests = {
        entry.digest
        for each in files
        if isinstance(each, History) and each.holds
        for entry in each.entries
    }
    return Histories(files, not_among(wanted, digests))


def open_sealed(path: Path, own: Path | None) -> tuple[SealedMarks, MarkSheet]:
    """Open sealed marks for somebody who has sealed their own on the same work.

    Raises:
        UnacceptableWork: Own marks are missing, do not hold, or are on something else.
        UsageError: A file is not there or of another kind.
    """
    sealed = _sound(path)
    _refuse_unfair(path, sealed, own)
    return sealed, sealed.sheet()


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = files_named([path], (SEALED_SUFFIX,))
        if not inside:
            raise UsageError(
                f"{path} holds no sealed marks", hint="`casebook mark seal` makes them"
            )
        yield from (each.path for each in inside)


def _history(path: Path, own: Path | None, signers: SignerPolicy | None) -> History | Unreadable:
    try:
        there = read_sealed(path)
    except UnacceptableWork as error:
        return Unreadable(path, str(error).removeprefix(f"{path} "))
    sealed = there.record
    if own is not None:
        _refuse_unfair(path, sealed, own)
    faults = chain_faults(sealed)
    signature = _signature(there, signers)
    if signature is not None and signature.fault is not None:
        faults = (*faults, f"the file {signature.fault}")
    sheets = [_sheet(sealed, number) for number in range(1, len(sealed.entries) + 1)]
    entries: list[HistoryEntry] = []
    before: MarkSheet | None = None
    for entry, sheet in zip(sealed.entries, sheets, strict=True):
        changes = changes_between(before, sheet) if before and sheet else ()
        entries.append(
            HistoryEntry(entry.number, entry.moment, entry.reason, entry.digest, changes)
        )
        before = sheet
    return History(path, sealed, tuple(entries), faults, own is not None, signature)


def _signature(there: SealedFile, signers: SignerPolicy | None) -> SignatureBeside | None:
    if signers is None and not is_signed(there.path):
        return None
    wanted = signers.demanding(there.record.grader) if signers else None
    return signature_beside(there.path, there.content, MARKS, wanted)


def _sheet(sealed: SealedMarks, number: int) -> MarkSheet | None:
    """The sheet in an entry; None where an envelope holds none, which is a fault of the chain."""
    try:
        return sealed.sheet(number)
    except ValueError:
        return None


def _sound(path: Path) -> SealedMarks:
    there = read_sealed(path)
    if faults := chain_faults(there.record):
        raise UnacceptableWork(
            f"{path} does not hold: {faults[0]}", hint=f"see `casebook mark history {path}`"
        )
    refuse_unsigned(path, there.content, MARKS, None)
    return there.record


def _refuse_unfair(path: Path, sealed: SealedMarks, own: Path | None) -> None:
    """Refuse to open marks for somebody who has not sealed their own on the same work."""
    if own is None:
        raise UnacceptableWork(
            f"{path} stays closed: nobody reads another's marks before sealing their own",
            hint="show it what you have sealed on this work: --own FILE; the office reads sealed "
            "marks through `casebook moderate`",
        )
    mine = _sound(own)
    if about(mine)[:4] != about(sealed)[:4]:
        raise UnacceptableWork(
            f"{path} stays closed: {own} is about another submission, work or rubric",
            hint="show it what you have sealed on this very work",
        )
