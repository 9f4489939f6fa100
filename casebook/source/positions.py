"""Reads where the structures of the shipped anatomy lie on the figure of a body."""

import csv
from functools import cache
from pathlib import Path
from typing import cast, get_args

from casebook.domain.work.positions import Place, Position, Positions, Unsided, View
from casebook.errors import MachineError
from casebook.resources import anatomy_dir

_COLUMNS = ("name", "view", "x", "y", "rx", "ry", "tilt", "unsided")


@cache
def load_positions() -> Positions:
    """Return the shipped positions, read once per process.

    Raises:
        MachineError: The table is missing or damaged.

    Source:
        The README beside the table describes its columns.
    """
    return read_positions(anatomy_dir() / "positions.csv")


def read_positions(path: Path) -> Positions:
    """Read a table of positions; `load_positions` says more."""
    try:
        with path.open(encoding="utf-8", newline="") as table:
            lines = csv.reader(table, strict=True)
            _expect_heading(next(lines, None))
            return Positions.of([_position(line) for line in lines])
    except (OSError, ValueError, csv.Error) as problem:
        raise MachineError(
            f"the table of positions {path} cannot be read: {problem}",
            hint="install casebook again",
        ) from problem


def _expect_heading(line: list[str] | None) -> None:
    if line != list(_COLUMNS):
        raise ValueError(f"the heading is not {','.join(_COLUMNS)}")


def _position(line: list[str]) -> tuple[str, Position | None]:
    if len(line) != len(_COLUMNS):
        raise ValueError(f"{line[:1]} has {len(line)} columns, not {len(_COLUMNS)}")
    name, view, x, y, *ellipse, unsided = line
    if not any(line[1:]):
        return name, None
    if view not in get_args(View) or (unsided or "both") not in get_args(Unsided):
        raise ValueError(f"{name} has an unknown view or side")
    rx, ry, tilt = (float(value or 0) for value in ellipse)
    place = Place(cast("View", view), float(x), float(y), rx, ry, tilt)
    return name, Position(place, cast("Unsided", unsided or "both"))
