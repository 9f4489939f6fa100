"""Reads a program: its file and the rubrics beside it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from casebook import resources
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Piece
from casebook.domain.program import Program, ProgramFile
from casebook.domain.rubric import Rubric
from casebook.errors import CasebookError
from casebook.source.folder import DiskFolder, Folder
from casebook.source.load import load
from casebook.source.reader import FILE_BYTES

PROGRAM_FILE: Final = "program.yaml"


@dataclass(frozen=True, slots=True)
class ProgramReading:
    """What a program's files gave.

    ``files`` holds the content of each file by its path: the program's own and its rubrics'.
    """

    program: Program | None
    findings: tuple[Finding, ...]
    main: Piece[ProgramFile] | None = None
    rubrics: tuple[Piece[Rubric], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def shipped_programs() -> tuple[str, ...]:
    """The ids of the programs that ship with casebook."""
    return tuple(
        sorted(path.parent.name for path in resources.programs_dir().glob(f"*/{PROGRAM_FILE}"))
    )


def is_shipped_id(reference: str) -> bool:
    """Whether a portfolio's ``program`` names a shipped program and not a file."""
    return "/" not in reference and not reference.endswith((".yaml", ".yml"))


def find_program(reference: str, folder: Folder, place: Place) -> ProgramReading:
    """Read the program that a portfolio or mark sheet names.

    Args:
        reference: The id of a shipped program, or the name of a file in ``folder``.
        folder: The portfolio's folder.
        place: Where the name stands, for findings about the name itself.
    """
    if is_shipped_id(reference):
        shipped = shipped_programs()
        if reference not in shipped:
            close = get_close_matches(reference, shipped, n=1)
            hint = f"did you mean `{close[0]}`?" if close else f"shipped: {', '.join(shipped)}"
            message = f"no program `{reference}` ships with casebook"
            return ProgramReading(
                None,
                (codes.UNKNOWN_PROGRAM.at(place, message, f"{hint}; or name a program file"),),
            )
        return read_program(DiskFolder(resources.programs_dir() / reference))
    try:
        found = folder.holds(reference)
    except CasebookError as error:
        return ProgramReading(
            None, (codes.OUTSIDE_FOLDER.at(place, str(error), error.hint),), files={}
        )
    if not found:
        return ProgramReading(
            None,
            (
                codes.UNKNOWN_PROGRAM.at(
                    place,
                    f"there is no file `{reference}` in this folder",
                    "`casebook new --program FILE` copies a program into a portfolio",
                ),
            ),
        )
    return read_program(folder, reference)


def read_program(folder: Folder, name: str = PROGRAM_FILE) -> ProgramReading:
    """Read a program file and its rubrics, which are named relative to it.

    Raises:
        CasebookError: The program file itself cannot be read.
    """
    files = {name: folder.read(name, FILE_BYTES)}
    loaded = load(name, files[name], expect="program")
    if loaded.piece is None:
        return ProgramReading(None, loaded.findings, files=files)
    findings = list(loaded.findings)
    rubrics: list[Piece[Rubric]] = []
    around = name.rpartition("/")[0]
    for index, relative in enumerate(loaded.piece.record.rubrics):
        rubric_name = f"{around}/{relative}" if around else relative
        try:
            content = folder.read(rubric_name, FILE_BYTES)
        except CasebookError as error:
            place = loaded.piece.places.of("rubrics", index)
            findings.append(codes.MISSING_ATTACHMENT.at(place, str(error), error.hint))
            continue
        files[rubric_name] = content
        rubric = load(rubric_name, content, expect="rubric")
        findings.extend(rubric.findings)
        if rubric.piece is not None:
            rubrics.append(rubric.piece)
    whole = len(rubrics) == len(loaded.piece.record.rubrics)
    program = (
        Program(
            rules=loaded.piece.record,
            rubrics=tuple(piece.record for piece in rubrics),
            digest=_digest(files, around),
        )
        if whole
        else None
    )
    return ProgramReading(program, tuple(findings), loaded.piece, tuple(rubrics), files)


def _digest(files: Mapping[str, bytes], around: str) -> str:
    """Hash names (relative to the program's own folder), lengths and contents."""
    total = hashlib.sha512()
    for name in sorted(files):
        own_name = name[len(around) + 1 :] if around else name
        for part in (own_name.encode(), files[name]):
            total.update(f"{len(part)}:".encode())
            total.update(part)
    return total.hexdigest()
