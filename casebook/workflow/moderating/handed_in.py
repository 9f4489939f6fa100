"""Mark sheets as an office has them before it: sealed, or as their graders wrote them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.signing.signers import SignerPolicy
from casebook.bundle.signing.sshsig import MARKS
from casebook.domain.canonical import brief
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks, chain_faults
from casebook.errors import CasebookError, UsageError
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.load import KINDS, load
from casebook.source.named_files import NamedFile, files_named
from casebook.workflow.marking.sealed_file import SEALED_SUFFIX
from casebook.workflow.signatures import signature_fault

_SHEET_SUFFIXES: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One grader's marks on one piece of work.

    Attributes:
        path: The file.
        named: Whether the file was given by its own name, and not found in a folder.
        sheet: The marks as they are now.
        sealed: The chain they come from; None for a sheet that is not sealed.
    """

    path: str
    named: bool
    sheet: MarkSheet
    sealed: SealedMarks | None

    @property
    def submission(self) -> str | None:
        """The digest of the submission that was judged."""
        return self.sheet.submission

    @property
    def moment(self) -> str | None:
        """When the marks were sealed first."""
        return self.sealed.entries[0].moment if self.sealed else None


@dataclass(frozen=True, slots=True)
class UnusableMarks:
    """A file whose marks cannot be used, and why.

    Attributes:
        submission: The digest of the submission it is about, where that can be told.
        says: The file and what is wrong with it, in a sentence.
    """

    submission: str | None
    says: str


@dataclass(frozen=True, slots=True)
class Pile:
    """All marks that were handed in.

    Attributes:
        marks: What can be heard.
        unusable: Files whose marks cannot be used.
        drafts: Sheets in the folders that nobody has sealed; their marks count for nothing.
    """

    marks: tuple[HandedIn, ...]
    unusable: tuple[UnusableMarks, ...]
    drafts: tuple[HandedIn, ...] = ()

    def about(self, submission: str) -> tuple[HandedIn, ...]:
        """The marks on one submission; a sheet that names none may be about any."""
        return tuple(each for each in self.marks if each.submission in {submission, None})

    def unusable_about(self, submission: str) -> tuple[str, ...]:
        """What is wrong with other files that say that they are about this submission."""
        return tuple(each.says for each in self.unusable if each.submission == submission)


def read_pile(
    paths: Sequence[Path], *, unsealed: bool = False, signers: SignerPolicy | None = None
) -> Pile:
    """Read sealed marks, and where they are wanted sheets that are not sealed.

    Args:
        paths: Files, and folders that are searched for them.
        unsealed: Whether to take sheets as they were written. One that lies beside its sealed
            marks is passed over then, and in a folder it is passed over anyway.
        signers: Whose signatures count; all sealed marks have to be signed by their graders then.

    Raises:
        UsageError: A file is missing or holds no marks, or marks that nobody sealed are to count
            where signatures are asked for.
    """
    if unsealed and signers is not None:
        raise UsageError(
            "marks that are not sealed are not signed either", hint="leave --unsealed out"
        )
    marks: dict[tuple[object, ...], HandedIn] = {}
    unusable: list[UnusableMarks] = []
    drafts: list[HandedIn] = []
    for file in _unsealed_beside(files_named(paths, (SEALED_SUFFIX, *_SHEET_SUFFIXES))):
        if not (unsealed or file.itself) and file.path.name.endswith(_SHEET_SUFFIXES):
            drafts += _drafts(file.path)
            continue
        try:
            read = _read(file, signers, unsealed=unsealed)
        except CasebookError as error:
            if file.itself:
                raise
            read = UnusableMarks(None, error.advised)
        if isinstance(read, UnusableMarks):
            unusable.append(read)
        elif read is not None:
            # Why by content: the same file twice is one sheet, whatever its copies are called.
            content = read.sealed.seal if read.sealed else read.sheet.model_dump_json()
            marks.setdefault((read.submission, content), read)
    return Pile(tuple(marks.values()), tuple(unusable), tuple(drafts))


def _unsealed_beside(files: Iterable[NamedFile]) -> Iterator[NamedFile]:
    """The files without those sheets in folders that lie beside their sealed marks."""
    every = tuple(files)
    there = {each.path for each in every}
    for each in every:
        sealed = each.path.with_name(f"{each.path.stem}{SEALED_SUFFIX}")
        if each.itself or sealed not in there:
            yield each


def _drafts(path: Path) -> Iterator[HandedIn]:
    """A sheet that nobody has sealed; what cannot be read is none."""
    try:
        loaded = load(str(path), read_bytes(path, LARGEST_READ_BYTES))
    except CasebookError:
        return
    record = loaded.piece.record if loaded.piece else None
    if isinstance(record, MarkSheet):
        yield HandedIn(str(path), named=False, sheet=record, sealed=None)


def _read(
    file: NamedFile, signers: SignerPolicy | None, *, unsealed: bool
) -> HandedIn | UnusableMarks | None:
    """The marks in a file; None for a file of another kind that was found in a folder."""
    path, named = file.path, file.itself
    content = read_bytes(path, LARGEST_READ_BYTES)
    loaded = load(str(path), content)
    if loaded.kind in KINDS and loaded.kind not in {"sealed-marks", "mark-sheet"}:
        if not named:
            return None
        raise UsageError(
            f"{path}: {loaded.called} holds no marks",
            hint="name sealed marks, as `casebook mark seal` makes them, or folders with them",
        )
    record = loaded.piece.record if loaded.piece else None
    if loaded.findings or record is None:
        return _unreadable(path, record)
    if isinstance(record, SealedMarks):
        wanted = signers.demanding(record.grader) if signers else None
        if fault := signature_fault(path, content, MARKS, wanted):
            return UnusableMarks(record.submission, f"{path} {fault}; {fault.remedy}")
        return _opened(path, record, named=named)
    assert isinstance(record, MarkSheet)  # noqa: S101 - no other kind is left
    if not unsealed:
        return UnusableMarks(
            record.submission, f"{path} is not sealed; `casebook mark seal {path}` seals it"
        )
    return HandedIn(str(path), named, record, None)


def _unreadable(path: Path, record: object) -> UnusableMarks:
    about = record.submission if isinstance(record, SealedMarks | MarkSheet) else None
    return UnusableMarks(
        about, f"{path} cannot be read as it is written; `casebook check {path}` says why"
    )


def _opened(path: Path, sealed: SealedMarks, *, named: bool) -> HandedIn | UnusableMarks:
    faults = chain_faults(sealed)
    if faults:
        return UnusableMarks(
            sealed.submission,
            f"{path} is not as it was sealed: {'; '.join(faults)}; `casebook mark history {path}` "
            "shows it, and the grader has to be asked",
        )
    return HandedIn(str(path), named, sealed.sheet(), sealed)


def stray_marks(pile: Pile, submissions: Iterable[str], *, named: bool = False) -> Iterator[str]:
    """Marks about none of some submissions, in a sentence each.

    Args:
        pile: All marks.
        submissions: The submissions' digests.
        named: Whether to tell only of files that were given by their own names.
    """
    known = set(submissions)
    for each in pile.marks:
        stray = each.submission is not None and each.submission not in known
        if stray and (each.named or not named):
            yield f"{each.path} is about another submission ({brief(str(each.submission))})"
    for lost in pile.unusable:
        if lost.submission is None or (lost.submission not in known and not named):
            yield lost.says
