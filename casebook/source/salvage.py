"""What is left of broken data once its faults are taken out.

Why: one bad date must not hide the twenty other things a candidate has to mend. The faults
themselves have been found already, so nothing passes because of this.
"""

import copy
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from casebook.diagnostics.place import Loc, Places
from casebook.domain.record import Record
from casebook.source.locate import way_in_file

RecordT = TypeVar("RecordT", bound=Record)

_ROUNDS: Final = 8


def salvage(model: type[RecordT], data: dict[str, Any], places: Places) -> RecordT | None:
    """Validate without the values at fault; None when a part that every record needs is at fault.

    List items are never taken out one by one, since the places of those behind would be wrong:
    the whole list goes.
    """
    left = copy.deepcopy(data)
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(left)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False, include_input=False)
        for fault in faults:
            way = way_in_file(places, fault["loc"])
            if fault["type"] == "missing" and way and way[-1] == fault["loc"][-1]:
                way = way[:-1]
            if not _take_out(left, way):
                return None
    return None


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
