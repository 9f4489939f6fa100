"""Lists, shows and checks programs."""

from pathlib import Path

from casebook import resources
from casebook.diagnostics.place import Place
from casebook.domain.program import Program
from casebook.errors import UsageError
from casebook.source.folder import DiskFolder
from casebook.source.program import (
    PROGRAM_FILE,
    ProgramReading,
    find_program,
    is_shipped_id,
    read_program,
    shipped_programs,
)


def list_programs() -> tuple[Program, ...]:
    """The programs that ship with casebook."""
    return tuple(show_program(program_id) for program_id in shipped_programs())


def show_program(reference: str) -> Program:
    """A program by its id, or by the path of its file.

    Raises:
        UsageError: There is no such program, or it has faults.
    """
    reading = program_reading(reference)
    if reading.program is None:
        first = reading.findings[0]
        raise UsageError(
            first.message, hint=first.hint or f"see `casebook program check {reference}`"
        )
    return reading.program


def program_reading(reference: str) -> ProgramReading:
    """Read a program by its id, its file or its folder."""
    path = Path(reference)
    if path.is_dir() and (path / PROGRAM_FILE).is_file():
        return read_program(DiskFolder(path))
    if path.is_file() or not is_shipped_id(reference):
        return read_program(DiskFolder(path.parent), path.name)
    return find_program(reference, DiskFolder(Path()), Place(reference))


def program_path(reference: str) -> Path:
    """The path of a program's file.

    Raises:
        UsageError: No program of that id ships with casebook.
    """
    if not is_shipped_id(reference) or Path(reference).exists():
        path = Path(reference)
        return path / PROGRAM_FILE if path.is_dir() else path
    if reference not in shipped_programs():
        show_program(reference)
    return resources.programs_dir() / reference / PROGRAM_FILE
