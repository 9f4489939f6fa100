"""Reads what the vendored typefaces can print, from the list beside them and not from the files.

Why a list: looking into forty files would take a second, and needs a library for fonts.
"""

from functools import cache
from pathlib import Path

from casebook.domain.work.repertoire import CodePoints, Repertoire
from casebook.errors import MachineError
from casebook.resources import templates_dir


@cache
def load_repertoire() -> Repertoire:
    """Return what each file has letters for, read once per process.

    Raises:
        MachineError: The list is missing or damaged.
    """
    return read_repertoire(templates_dir() / "fonts" / "coverage.txt")


def read_repertoire(path: Path) -> Repertoire:
    """Read a list of files and their characters; ``load_repertoire`` says more."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        pairs = [line.split(": ", 1) for line in lines if not line.startswith("#")]
        return Repertoire({name: CodePoints.of(ranges) for name, ranges in pairs})
    except (OSError, ValueError) as problem:
        raise MachineError(
            f"the list of printable characters cannot be read: {path}: {problem}",
            hint="install casebook again",
        ) from problem
