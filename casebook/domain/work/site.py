"""A site of work: a structure of the body, on one side of it where it has sides."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from casebook.domain.record import Record

Side = Literal["left", "right", "both", "midline"]

StructureName = Annotated[str, StringConstraints(min_length=1, max_length=120)]
"""A muscle, ligament, scar or the jaw, by any name that ``casebook.domain.work.anatomy`` knows."""


class Site(Record):
    """A structure on one side of the body."""

    structure: StructureName
    """The muscle, ligament, scar, or the jaw. Common names such as "QL" are understood."""
    side: Side | None = None
    """left, right, both or midline."""
