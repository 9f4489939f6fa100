"""Whether what somebody wrote could be read, so that one fault is not found twice.

A value at fault is left out of its record; the fault has a finding of its own. What lacks it must
not be called missing, too short or never cited on top of that.
"""

from typing import Any

from casebook.diagnostics.place import Loc
from casebook.domain.portfolio import Piece
from casebook.domain.record import MISSING_TEXT


def is_legible(piece: Piece[Any]) -> bool:
    """Whether everything written in the file came into its record."""
    return not any(is_broken(piece, way) for way in piece.places.keys)


def is_broken(piece: Piece[Any], way: Loc) -> bool:
    """Whether something is written at ``way``, or around it, that was no use for the record."""
    return any(_is_lost(piece, way[:cut]) for cut in range(1, len(way) + 1))


def _is_lost(piece: Piece[Any], way: Loc) -> bool:
    value = value_at(piece.record, way)
    if not piece.places.holds(*way) or is_written(value):
        return False
    # Why: keys that are all left empty make a mapping of nothing, and nothing of it is lost.
    return value != {} or piece.places.holds_below(*way)


def is_written(value: object) -> bool:
    """Whether a value of a record is more than nothing; zero and no are."""
    return value is not None and value not in ("", MISSING_TEXT, [], (), {})


def value_at(record: Any, way: Loc) -> Any:  # noqa: ANN401 - any field
    """The value at ``way`` in a record; None where the way does not lead to one."""
    for name in way:
        if isinstance(record, list | tuple):
            record = record[name] if isinstance(name, int) and name < len(record) else None
        elif isinstance(record, dict):
            record = record.get(name)
        else:
            record = getattr(record, str(name), None)
    return record
