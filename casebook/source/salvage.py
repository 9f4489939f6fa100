"""What is left of broken data once its faults are taken out.

Why: one bad date must not hide the twenty other things a candidate has to mend. The faults
themselves have been found already, so nothing passes because of this.
"""

import copy
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from casebook.diagnostics.place import Loc, Places
from casebook.domain.record import MISSING_TEXT, Record
from casebook.source.locate import errors_in, way_in_file

RecordT = TypeVar("RecordT", bound=Record)

_ROUNDS: Final = 12

_NO_STAND_IN: Final = frozenset({"form", "program"})
"""Keys whose text names something else: a stand-in would be a name of nothing."""

_STAND_INS: Final = {"level": "1"}
"""Stand-ins for what is no text. Without a level a portfolio's other files could not be judged;
nothing that depends on the level is said while its own fault stands."""


def salvage(model: type[RecordT], data: dict[str, Any], places: Places) -> RecordT | None:
    """Validate without the values at fault; None when a part that every record needs is at fault.

    List items are never taken out one by one, since the places of those behind would be wrong:
    the whole list goes.
    """
    left = copy.deepcopy(data)
    filled: set[Loc] = set()
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(left)
        except ValidationError as error:
            faults = errors_in(error)
        for fault in faults:
            way = way_in_file(places, fault["loc"])
            if fault["type"] == "missing":
                key = str(fault["loc"][-1])
                way = way[:-1] if way and way[-1] == key else way
                if (*way, key) not in filled and _fill(left, way, key):
                    filled.add((*way, key))
                    continue
            if not _take_out(left, way):
                return None
    return None


def _fill(data: dict[str, Any], way: Loc, key: str) -> bool:
    """Put a stand-in for a missing value; False in a list, or where the way ends in no mapping."""
    around: Any = data
    for part in way:
        around = around.get(part) if isinstance(around, dict) else None
    if not isinstance(around, dict) or key in _NO_STAND_IN:
        return False
    around[key] = _STAND_INS.get(key, MISSING_TEXT)
    return True


def _take_out(data: dict[str, Any], way: Loc) -> bool:
    """Remove the value at ``way``, or the list around it; False when that is everything."""
    while way and isinstance(way[-1], int):
        way = way[:-1]
    if not way:
        return False
    around: Any = data
    for part in way[:-1]:
        if isinstance(around, dict) and part not in around:
            return True  # An earlier fault has taken it along.
        around = around[part]
    around.pop(way[-1], None)
    return True
