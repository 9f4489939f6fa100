"""Finds and reads the list of graders that a certifying office keeps beside its submissions."""

from pathlib import Path
from typing import Final

from casebook.domain.marking.graders import GradersFile
from casebook.errors import UnacceptableWork
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.load import load
from casebook.source.named_files import folders_near

GRADERS_FILE: Final = "graders.yaml"


def grader_list(submission: Path, named: Path | None = None) -> GradersFile | None:
    """The list of graders for a submission; None where there is none.

    Args:
        submission: The list lies beside it, or one or two folders further up.
        named: The list's own file, where it lies elsewhere.

    Raises:
        UnacceptableWork: It cannot be read as it is written.
        UsageError: The file that was named is not there.
    """
    if named is not None:
        return read_grader_list(named)
    near = (folder / GRADERS_FILE for folder in folders_near(submission))
    found = next((each for each in near if each.is_file()), None)
    return read_grader_list(found) if found else None


def read_grader_list(path: Path) -> GradersFile:
    """Read a list of graders.

    Raises:
        UnacceptableWork: It cannot be read as it is written.
        UsageError: There is no such file.
    """
    loaded = load(str(path), read_bytes(path, LARGEST_READ_BYTES), expect="graders")
    if loaded.kind not in {None, "graders"}:
        raise UnacceptableWork(
            f"{path} is a file of kind {loaded.kind}, and no list of graders",
            hint="name the file that begins with `kind: graders`",
        )
    if loaded.piece is None or loaded.findings:
        raise UnacceptableWork(
            f"the list of graders {path} cannot be read as it is written",
            hint=f"`casebook check {path}` says what is wrong with it",
        )
    record = loaded.piece.record
    assert isinstance(record, GradersFile)  # noqa: S101 - no other kind was expected
    return record
