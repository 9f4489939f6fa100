"""Lists, shows and checks programs."""

from collections.abc import Mapping
from pathlib import Path

from casebook import resources
from casebook.diagnostics.place import Place
from casebook.domain.program.program import Program
from casebook.errors import UsageError
from casebook.source.folder import DiskFolder
from casebook.source.named_files import folders_near
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
    """A program by its id, its file or its folder.

    Raises:
        UsageError: There is no such program, or it has faults.
    """
    program, _ = program_with_files(reference)
    return program


def program_with_files(reference: str) -> tuple[Program, Mapping[str, bytes]]:
    """The same, with its files by their names in its own folder.

    Raises:
        UsageError: There is no such program, or it has faults.
    """
    reading = program_reading(reference)
    if reading.program is None or not reading.sound:
        first = reading.findings[0]
        if own_program_file(reference) is None:
            raise UsageError(first.message, hint=first.hint)
        raise UsageError(
            f"the program {reference} has faults: {first.message}",
            hint=f"see `casebook program check {reference}`",
        )
    return reading.program, reading.files


def program_reading(reference: str) -> ProgramReading:
    """Read a program by its id, its file or its folder.

    Raises:
        CasebookError: The file cannot be read.
    """
    path = own_program_file(reference)
    if path is None:
        return find_program(reference, DiskFolder(Path()), Place(reference))
    return read_program(DiskFolder(path.parent), path.name)


def own_program_file(reference: str) -> Path | None:
    """The file of somebody's own program; None where a shipped program is named.

    What ships with casebook goes before a folder that happens to have its name.
    """
    if reference in shipped_programs():
        return None
    path = Path(reference)
    if path.is_dir():
        return path / PROGRAM_FILE
    return None if is_shipped_id(reference) and not path.is_file() else path


def program_path(reference: str) -> Path:
    """The path of a program's file, whoever made it.

    Raises:
        UsageError: No program of that id ships with casebook.
    """
    own = own_program_file(reference)
    if own is not None:
        return own
    if reference not in shipped_programs():
        show_program(reference)
    return resources.programs_dir() / reference / PROGRAM_FILE


def program_of_results(program_id: str, named: Program | None, result: Path) -> Program:
    """The rules that issued results go by: those named, the shipped ones, or those lying near.

    Args:
        program_id: The program that the results name.
        named: The rules to go by, where somebody named them.
        result: The file of one of the results.

    Raises:
        UsageError: Another program was named, or none, and it neither ships nor lies near.
    """
    if named is not None:
        if named.rules.id == program_id:
            return named
        raise UsageError(
            f"it is a result of the program {program_id}, and {named.rules.id} is named",
            hint=f"name the program {program_id}: --program FILE",
        )
    if program_id in shipped_programs():
        return show_program(program_id)
    near = _program_near(program_id, result)
    if near is not None:
        return near
    raise UsageError(
        f"the program {program_id} neither ships with casebook nor lies near the results",
        hint="name it: --program FILE",
    )


def _program_near(program_id: str, result: Path) -> Program | None:
    """A program of one's own, in a result's folder or in one of the two above it.

    There it is ``program.yaml``, by itself or in a folder called ``program``.
    """
    for folder in folders_near(result):
        for path in (folder / PROGRAM_FILE, folder / "program" / PROGRAM_FILE):
            if path.is_file():
                reading = program_reading(str(path))
                if reading.program is not None and reading.program.rules.id == program_id:
                    return show_program(str(path))
    return None
