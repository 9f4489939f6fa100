"""Reads the anatomy that ships with casebook: Uberon's muscles and the project's own entries."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

from casebook.domain.work.anatomy import Anatomy, Structure, StructureKind
from casebook.domain.work.cycles import Naming
from casebook.errors import MachineError
from casebook.resources import anatomy_dir


@cache
def load_anatomy() -> Anatomy:
    """Return the shipped anatomy, read once per process.

    The project's synonyms come before Uberon's, so that a term means what
    practitioners mean by it: "inferior oblique" is a muscle below the skull here,
    and one of the eye in Uberon.

    Raises:
        MachineError: The tables are missing or damaged.

    Source:
        The README beside the tables describes their columns.
    """
    return read_anatomy(anatomy_dir())


def structure_naming(anatomy: Anatomy | None = None) -> Naming:
    """The naming that makes synonyms one structure; unknown names are compared as written."""
    known = anatomy or load_anatomy()

    def name(written: str) -> str:
        found = known.find(written)
        return found.name if found else written.casefold()

    return name


def read_anatomy(folder: Path) -> Anatomy:
    """Build an anatomy from the four tables in a folder; `load_anatomy` says more."""
    try:
        display = dict(_rows(folder / "display_names.csv", 2))
        muscles = list(_rows(folder / "muscles.csv", 4))
        own = list(_rows(folder / "structures.csv", 6))
        synonyms = list(_rows(folder / "synonyms.csv", 2))
        return Anatomy.of(
            [
                *(
                    _muscle(display.get(name, name), uberon, fma)
                    for uberon, name, fma, _ in muscles
                ),
                *(_own_entry(row) for row in own),
            ],
            [
                *((name, display.get(name, name)) for _, name, _, _ in muscles),
                *((term, name) for term, name in synonyms),
                *(
                    (term, display.get(name, name))
                    for _, name, _, terms in muscles
                    if terms
                    for term in terms.split(";")
                ),
            ],
        )
    except (OSError, ValueError, KeyError, csv.Error) as problem:
        raise MachineError(
            f"the anatomy tables in {folder} cannot be read: {problem}",
            hint="install casebook again",
        ) from problem


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as table:
        lines = csv.reader(table, strict=True)
        next(lines, None)
        for line in lines:
            if len(line) != columns:
                raise csv.Error(
                    f"{path.name}, line {lines.line_num}: {len(line)} columns, not {columns}"
                )
            yield line


def _muscle(name: str, uberon: str, fma: str) -> Structure:
    return Structure(id=uberon, name=name, kind="muscle", fma=fma or None)


def _own_entry(row: list[str]) -> Structure:
    identifier, name, kind, region, part_of, _note = row
    return Structure(
        id=identifier,
        name=name,
        kind=cast("StructureKind", kind),
        region=region or None,
        part_of=part_of or None,
    )
