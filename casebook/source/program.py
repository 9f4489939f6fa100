"""Reads a program: its file, and the rubrics and comment banks beside it."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from casebook import resources
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Severity
from casebook.diagnostics.place import Place
from casebook.domain.handed_in import kind_fault
from casebook.domain.portfolio import Piece
from casebook.domain.program.comment_bank import CommentBank
from casebook.domain.program.program import Program, ProgramFile
from casebook.domain.program.rubric import Rubric
from casebook.errors import CasebookError, UsageError
from casebook.files import name_fault
from casebook.limits import LARGEST_READ_BYTES, LOGO_BYTES
from casebook.source.allowance import Allowance
from casebook.source.folder import DiskFolder, Folder
from casebook.source.load import load
from casebook.source.pictures import picture_fault, picture_remedy
from casebook.source.reader import quoted

PROGRAM_FILE: Final = "program.yaml"

_EDITORS_LINE: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?# yaml-language-server:[^\r\n]*(?:\r\n|\r|\n|\Z)"
)


@dataclass(frozen=True, slots=True)
class ProgramReading:
    """What a program's files gave.

    ``program`` is made of what could be read, so that one fault does not hide the others.
    ``files`` holds the content of each file by its path: the program's own and those it names.
    """

    program: Program | None
    findings: tuple[Finding, ...]
    main: Piece[ProgramFile] | None = None
    rubrics: tuple[Piece[Rubric], ...] = ()
    comment_banks: tuple[Piece[CommentBank], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether everything was read as it is written: nothing is judged by half a program."""
        return self.program is not None and not any(
            each.severity is Severity.ERROR for each in self.findings
        )


def shipped_programs() -> tuple[str, ...]:
    """The ids of the programs that ship with casebook."""
    return tuple(
        sorted(path.parent.name for path in resources.programs_dir().glob(f"*/{PROGRAM_FILE}"))
    )


def is_shipped_id(reference: str) -> bool:
    """Whether a portfolio's ``program`` names a shipped program and not a file."""
    return "/" not in reference and not reference.endswith((".yaml", ".yml"))


def find_program(
    reference: str, folder: Folder, place: Place, *, allowance: Allowance | None = None
) -> ProgramReading:
    """Read the program that a portfolio or mark sheet names.

    Args:
        reference: The id of a shipped program, or the name of a file in ``folder``.
        folder: The portfolio's folder.
        place: Where the name stands, for findings about the name itself.
        allowance: What its files may have; as much as a portfolio when left out.
    """
    if is_shipped_id(reference):
        return _shipped_program(reference, place)
    try:
        if folder.holds(reference):
            return _read_named(reference, folder, place, allowance)
        fault = codes.UNKNOWN_PROGRAM.at(
            place,
            f"there is no file {quoted(reference)} in this folder",
            "`casebook new --program FILE` copies a program into a portfolio",
        )
    except UsageError as error:
        fault = codes.OUTSIDE_FOLDER.at(place, str(error), error.hint)
    except CasebookError as error:
        fault = codes.UNREADABLE.at(place, str(error), error.hint)
    return ProgramReading(None, (fault,))


def folder_naming(reference: str, near: Path) -> DiskFolder:
    """The folder that a mark sheet's ``program`` is relative to.

    Args:
        reference: What the sheet calls its program.
        near: The sheet's folder: the program lies in it, or in one of the two above it.
    """
    around = (near, near / os.pardir, near / os.pardir / os.pardir)
    folders = [Path(os.path.normpath(each)) for each in around]
    sound = not is_shipped_id(reference) and name_fault(reference) is None
    found = (each for each in folders if sound and (each / reference).is_file())
    return DiskFolder(next(found, near))


def _shipped_program(reference: str, place: Place) -> ProgramReading:
    shipped = shipped_programs()
    if reference in shipped:
        return read_program(DiskFolder(resources.programs_dir() / reference))
    close = get_close_matches(reference.casefold(), shipped, n=1)
    meant = f"did you mean `{close[0]}`?" if close else f"shipped: {', '.join(shipped)}."
    fault = codes.UNKNOWN_PROGRAM.at(
        place,
        f"no program {quoted(reference)} ships with casebook",
        f"{meant} A program of your own is named by its file: program/program.yaml",
    )
    return ProgramReading(None, (fault,))


def _read_named(
    reference: str, folder: Folder, place: Place, allowance: Allowance | None
) -> ProgramReading:
    if fault := kind_fault(reference, "program"):
        return ProgramReading(None, (_unwanted(reference, fault, place),))
    try:
        return read_program(folder, reference, allowance)
    except CasebookError as error:
        return ProgramReading(None, (codes.UNREADABLE.at(place, str(error), error.hint),))


def read_program(
    folder: Folder, name: str = PROGRAM_FILE, allowance: Allowance | None = None
) -> ProgramReading:
    """Read a program file and its rubrics, which are named relative to it.

    Args:
        folder: Where its files are.
        name: The program file's.
        allowance: What they may have; as much as a portfolio when left out.

    Raises:
        CasebookError: The program file itself cannot be read.
    """
    allowance = allowance or Allowance()
    files = {name: folder.read(name, LARGEST_READ_BYTES)}
    if fault := allowance.fault_of_text(name, len(files[name])):
        return ProgramReading(None, (fault,), files=files)
    loaded = load(name, files[name], expect="program")
    if loaded.piece is None:
        return ProgramReading(None, loaded.findings, files=files)
    findings = list(loaded.findings)
    around = name.rpartition("/")[0]
    if fault := allowance.fault_of_nodes(name, loaded.nodes):
        return ProgramReading(None, (*findings, fault), files=files)
    reader = _Beside(folder, around, loaded.piece, files, findings, allowance)
    rubrics: tuple[Piece[Rubric], ...] = reader.pieces("rubrics", "rubric")
    banks: tuple[Piece[CommentBank], ...] = reader.pieces("comment_banks", "comment-bank")
    logo, faults = _logo(loaded.piece, folder, around)
    files.update(logo)
    findings += faults
    whole = len(rubrics) == len(loaded.piece.record.rubrics) and not (faults or allowance.spent)
    program = (
        Program(
            rules=loaded.piece.record,
            rubrics=tuple(piece.record for piece in rubrics),
            comment_banks=tuple(piece.record for piece in banks),
            digest=_digest(_rules_among(files, loaded.piece, around), around),
            logo=next(iter(logo.values()), None),
        )
        if whole
        else None
    )
    return ProgramReading(program, tuple(findings), loaded.piece, rubrics, banks, files)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Reads the files that a program names, keeping their contents and findings."""

    folder: Folder
    around: str
    main: Piece[ProgramFile]
    files: dict[str, bytes]
    findings: list[Finding]
    allowance: Allowance

    def pieces(self, key: str, kind: str) -> tuple[Piece[Any], ...]:
        found: list[Piece[Any]] = []
        for index, relative in enumerate(getattr(self.main.record, key)):
            if self.allowance.spent:
                break
            name = _beside(self.around, relative)
            try:
                content = self.folder.read(name, LARGEST_READ_BYTES)
            except CasebookError as error:
                place = self.main.places.of(key, index)
                self.findings.append(codes.MISSING_ATTACHMENT.at(place, str(error), error.hint))
                continue
            if fault := kind_fault(name, "program"):
                place = self.main.places.of(key, index)
                self.findings.append(_unwanted(relative, fault, place))
                continue
            if above := self.allowance.fault_of_text(name, len(content)):
                self.findings.append(above)
                break
            self.files[name] = content
            loaded = load(name, content, expect=kind)
            self.findings.extend(loaded.findings)
            if above := self.allowance.fault_of_nodes(name, loaded.nodes):
                self.findings.append(above)
            if loaded.piece is not None:
                found.append(loaded.piece)
        return tuple(found)


def _rules_among(
    files: Mapping[str, bytes], main: Piece[ProgramFile], around: str
) -> dict[str, bytes]:
    """A program's files but for its comment banks, which rule nothing."""
    banks = {_beside(around, each) for each in main.record.comment_banks}
    return {name: content for name, content in files.items() if name not in banks}


def _logo(
    main: Piece[ProgramFile], folder: Folder, around: str
) -> tuple[dict[str, bytes], list[Finding]]:
    """The logo's file by its name, where the program has one, or what is wrong with it."""
    relative = main.record.look.logo
    if relative is None:
        return {}, []
    place = main.places.of("look", "logo")
    name = _beside(around, relative)
    try:
        content = folder.read(name, LOGO_BYTES)
    except CasebookError as error:
        return {}, [codes.MISSING_ATTACHMENT.at(place, str(error), error.hint)]
    if wrong := kind_fault(name, "program"):
        return {}, [_unwanted(relative, wrong, place)]
    if why := picture_fault(content):
        fault = codes.NOT_AN_IMAGE.at(place, f"`{relative}` {why}", picture_remedy(why))
        return {}, [fault]
    return {name: content}, []


def _unwanted(relative: str, fault: str, place: Place) -> Finding:
    return codes.UNWANTED_KIND.at(place, f"`{relative}` {fault}", "give the file another name")


def _beside(around: str, relative: str) -> str:
    return f"{around}/{relative}" if around else relative


def _digest(files: Mapping[str, bytes], around: str) -> str:
    """Hash names (relative to the program's own folder), lengths and contents."""
    total = hashlib.sha512()
    for name in sorted(files):
        own_name = name[len(around) + 1 :] if around else name
        for part in (own_name.encode("utf-8", "surrogateescape"), _rules_in(files[name])):
            total.update(f"{len(part)}:".encode())
            total.update(part)
    return total.hexdigest()


def _rules_in(content: bytes) -> bytes:
    """A program's file without the line that tells an editor where the file's schema lies.

    Why: that place differs from folder to folder, and says nothing about the rules.
    """
    return _EDITORS_LINE.sub(b"", content, count=1)
