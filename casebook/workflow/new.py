"""Makes a portfolio folder to fill in, or a copy of a complete sample."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from casebook import resources
from casebook.domain.program.program import CertificationLevel, Program
from casebook.errors import UsageError
from casebook.files import read_bytes, write_tree
from casebook.source.folder import DiskFolder
from casebook.source.json_schema import schema_files
from casebook.workflow.file_template import file_from_template
from casebook.workflow.programs import own_program_file, program_reading, show_program
from casebook.workflow.skeleton import (
    case_study_values,
    cases_asked_for,
    observation_values,
    portfolio_values,
)

SCHEMAS_FOLDER: Final = ".casebook/schemas"
PROGRAM_FOLDER: Final = "program"

SAMPLE_DAY: Final = "2026-07-01"
"""The day that the samples' stories end on; for later ones some of their deadlines have passed."""

_SAMPLE_BYTES: Final = 25_000_000
_SCHEMA_LINE: Final = re.compile(
    rb"\A(?P<start># yaml-language-server: \$schema=)(?![a-z]+://)[^\r\n]*?"
    rb"(?P<name>[a-z-]+\.schema\.json)(?=[ \t]*(?:[\r\n]|\Z))"
)


def new_portfolio(target: Path, program_reference: str, level_number: int) -> tuple[str, ...]:
    """Make a folder whose files say what belongs where; returns the files' names.

    Args:
        target: The folder to make.
        program_reference: A shipped program's id, or the path of a program's file or folder,
            which is copied into the portfolio.
        level_number: The level applied for.

    Raises:
        UsageError: The folder is there already, or there is no such program or level.
    """
    program = show_program(program_reference)
    level = program.level(level_number)
    if level is None:
        known = ", ".join(f"{each.level} ({each.name})" for each in program.rules.levels)
        raise UsageError(
            f"{program.rules.name} has no level {level_number}", hint=f"its levels: {known}"
        )
    own = own_program_file(program_reference)
    if own is None:
        files = _skeleton(program, level, program.rules.id)
    else:
        files = _skeleton(program, level, f"{PROGRAM_FOLDER}/{own.name}")
        copied = program_reading(program_reference).files
        files |= {f"{PROGRAM_FOLDER}/{name}": content for name, content in copied.items()}
    return _write(target, files)


def new_sample(target: Path, name: str) -> tuple[str, ...]:
    """Copy a sample portfolio; returns the files' names.

    Raises:
        UsageError: The folder is there already, or there is no such sample.
    """
    source = resources.sample_dir(name)
    names = DiskFolder(source).names()
    return _write(target, {each: read_bytes(source / each, _SAMPLE_BYTES) for each in names})


def _write(target: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write a portfolio, with the schemas that its files' first lines lead editors to."""
    schemas = {f"{SCHEMAS_FOLDER}/{name}": text.encode() for name, text in schema_files().items()}
    nearby = {name: _with_schema_nearby(name, content) for name, content in files.items()}
    write_tree(target, nearby | schemas)
    return tuple(sorted({*nearby, *schemas}))


def _with_schema_nearby(name: str, content: bytes) -> bytes:
    """Let a file's schema line lead into this portfolio, from whatever depth.

    A line that leads to the web, and a file without one, stay as they are.
    """
    up = "../" * name.count("/")
    nearby = f"{up}{SCHEMAS_FOLDER}/".encode()
    return _SCHEMA_LINE.sub(lambda found: found["start"] + nearby + found["name"], content)


def _skeleton(program: Program, level: CertificationLevel, reference: str) -> dict[str, bytes]:
    values = portfolio_values(program, level, reference)
    files = {
        "START-HERE.txt": file_from_template("START-HERE.txt", values),
        "portfolio.yaml": file_from_template("portfolio.yaml", values),
        "attachments/.keep": b"",
    }
    requirement = cases_asked_for(level)
    for number in range(1, (requirement.count if requirement else 0) + 1):
        case = case_study_values(program, level, number)
        files[f"cases/case-{number}.yaml"] = file_from_template("case-study.yaml", case)
    if values["has_observation"]:
        session = observation_values(program, level)
        files["observation.yaml"] = file_from_template("observation.yaml", session)
    return files
