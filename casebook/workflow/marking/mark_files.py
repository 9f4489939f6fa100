"""Reads many files of marks: mark sheets, sealed marks, and observed sessions where they count.

What cannot be read is left out and named: one bad file never hides the others.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from casebook.bundle.signing.signers import SignerPolicy
from casebook.bundle.signing.sshsig import MARKS
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report
from casebook.diagnostics.place import Place
from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks, chain_faults
from casebook.domain.portfolio import Piece
from casebook.domain.program.program import Program
from casebook.domain.work.observation import Observation
from casebook.errors import CasebookError, UsageError
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.load import Loaded, load
from casebook.source.named_files import NamedFile, files_named
from casebook.source.portfolio import portfolio_around
from casebook.source.program import is_shipped_id
from casebook.workflow.examination import Checked, LeftOut, has_faults_of_form
from casebook.workflow.marking.sealed_file import SEALED_SUFFIX
from casebook.workflow.score import program_of, sound_program
from casebook.workflow.signatures import signature_fault

_SUFFIXES: Final = (".yaml", ".yml", SEALED_SUFFIX)


@dataclass(frozen=True, slots=True)
class MarkFile:
    """One grader's marks on one piece of work, as a file.

    Attributes:
        path: As it was named or found.
        content: What stands in it.
        piece: The sheet or the session; of sealed marks the sheet as it was sealed last.
        sealed: The chain of the sheet; None where nobody sealed it.
    """

    path: Path
    content: bytes
    piece: Piece[Observation] | Piece[MarkSheet]
    sealed: SealedMarks | None

    @property
    def shown(self) -> str:
        """What messages call the file."""
        return os.path.normpath(self.path)


@dataclass(slots=True)
class MarkFiles:
    """A pile of files that is read one by one, and what was found on the way.

    Attributes:
        named: The program to go by, instead of the one that each file names.
        with_sessions: Whether the marks in observed sessions count too.
        signers: Whose signatures count; every file has to be signed by its own grader then.
        left_out: Files that do not count, and why.
        read: How many files of marks there were.
    """

    named: Program | None = None
    with_sessions: bool = False
    signers: SignerPolicy | None = None
    left_out: list[LeftOut] = field(default_factory=list, init=False)
    read: int = field(default=0, init=False)
    _findings: list[Finding] = field(default_factory=list, init=False)
    _sources: dict[str, bytes] = field(default_factory=dict, init=False)
    _programs: dict[tuple[str, str], Program | CasebookError] = field(
        default_factory=dict, init=False
    )

    @property
    def checked(self) -> Checked:
        """What was told of the files."""
        return Checked(Report.of(self._findings, self.read), self._sources)

    def tell(self, shown: str, content: bytes, findings: Iterable[Finding]) -> None:
        """Keep findings, and the text they speak of."""
        if found := list(findings):
            self._findings += found
            self._sources[shown] = content

    def leave_out(self, path: Path, why: str) -> None:
        """Keep why a file does not count."""
        self.left_out.append(LeftOut(os.path.normpath(path), why))

    def each(self, paths: Iterable[Path]) -> Iterator[MarkFile]:
        """Every file that can be read, in the order of their paths.

        Args:
            paths: Files, and folders that are searched for them.

        Raises:
            UsageError: A file that was named is not there, or has no marks.
        """
        for file in files_named(paths, _SUFFIXES):
            try:
                content = read_bytes(file.path, LARGEST_READ_BYTES)
            except CasebookError as error:
                if file.itself:
                    raise
                self.leave_out(file.path, str(error).removeprefix(f"{file.path} "))
                continue
            read = self._read(file, content)
            if read is not None:
                yield read

    def program(self, file: MarkFile) -> Program:
        """The program to judge by.

        Raises:
            CasebookError: There is none, or it has faults.
        """
        if self.named is not None:
            return self.named
        reference, place = "", os.path.realpath(portfolio_around(file.path) or file.path.parent)
        if isinstance(file.piece.record, MarkSheet):
            reference = file.piece.record.program
            place = "" if is_shipped_id(reference) else os.path.realpath(file.path.parent)
        # Why kept: a thousand sheets name the same program, and reading it takes longer than them.
        if (reference, place) not in self._programs:
            self._programs[reference, place] = _program(file)
        found = self._programs[reference, place]
        if isinstance(found, CasebookError):
            raise found
        return found

    def _read(self, file: NamedFile, content: bytes) -> MarkFile | None:
        shown = os.path.normpath(file.path)
        loaded = load(shown, content)
        if self._is_other(loaded):
            if file.itself:
                raise _without_marks(file.path, loaded, with_sessions=self.with_sessions)
            return None
        self.read += 1
        if loaded.piece is None or has_faults_of_form(loaded.findings):
            self.tell(shown, content, loaded.findings)
            self.leave_out(file.path, "it has faults of form, which come first")
            return None
        record = loaded.piece.record
        if isinstance(record, SealedMarks):
            return self._sealed(file, content, loaded.piece)
        if self.signers is not None:
            self._leave_out_unsealed(file, record)
            return None
        return MarkFile(file.path, content, loaded.piece, None)

    def _sealed(
        self, file: NamedFile, content: bytes, piece: Piece[SealedMarks]
    ) -> MarkFile | None:
        """Sealed marks that hold, and are signed as they have to be."""
        record, shown = piece.record, os.path.normpath(file.path)
        if faults := chain_faults(record):
            self.leave_out(file.path, f"its seal does not hold: {faults[0]}")
            return None
        wanted = self.signers.demanding(record.grader) if self.signers else None
        if fault := signature_fault(file.path, content, MARKS, wanted):
            told = codes.NOT_SIGNED.at(Place(shown), f"the file {fault}", fault.remedy)
            self.tell(shown, content, [told])
            self.leave_out(file.path, "it is not signed as it has to be")
            return None
        sheet = Piece(shown, record.sheet(), piece.places)
        return MarkFile(file.path, content, sheet, record)

    def _leave_out_unsealed(self, file: NamedFile, record: MarkSheet | Observation) -> None:
        """Leave out what has no signature; a draft beside what was sealed needs no word."""
        if isinstance(record, Observation):
            self.leave_out(file.path, "the marks in a session's record are not signed")
        elif file.itself or not os.path.lexists(file.path.with_suffix(SEALED_SUFFIX)):
            self.leave_out(
                file.path,
                "it is not sealed, and so not signed; `casebook mark seal --sign` does both",
            )

    def _is_other(self, loaded: Loaded[Any]) -> bool:
        """Whether a file is of another kind, or none of casebook's; broken ones are not known."""
        if loaded.kind == "observation":
            return not self.with_sessions
        if loaded.kind is not None:
            return loaded.kind not in {"mark-sheet", "sealed-marks"}
        return any(each.code == codes.WRONG_KIND.id for each in loaded.findings)


def _program(file: MarkFile) -> Program | CasebookError:
    try:
        return sound_program(program_of(file.piece, file.path))
    except CasebookError as error:
        return error


def _without_marks(path: Path, loaded: Loaded[Any], *, with_sessions: bool) -> UsageError:
    wanted = "mark sheets, sealed marks" + (" and observed sessions" if with_sessions else "")
    return UsageError(
        f"{path}: {loaded.called} has no marks to count here",
        hint=f"name {wanted}, or a folder that holds them",
    )
