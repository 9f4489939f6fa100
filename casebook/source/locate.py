"""From a pydantic error to the place in the file, and to the fields it speaks of."""

import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casebook.diagnostics.place import Loc, Places
from casebook.domain.meanings import meaning_of
from casebook.domain.record import Record


def errors_in(error: ValidationError) -> list[ErrorDetails]:
    """Everything that validation found, but for what only follows from something deeper.

    Why: a tuple with one bad item is also called too short, as if the item were not there.
    """
    details = error.errors(include_url=False)
    above = {each["loc"][:end] for each in details for end in range(len(each["loc"]))}
    return [each for each in details if each["type"] != "too_short" or each["loc"] not in above]


def way_in_file(places: Places, loc: Loc) -> Loc:
    """Walk an error's ``loc``, going deeper only where the file does.

    A union adds the name of its member to ``loc``, and a key of a mapping adds "[key]"; the file
    has neither. This needs no list of such names as long as none of them is a field's name.
    """
    way: Loc = ()
    for part in loc:
        if (*way, part) in places.values:
            way = (*way, part)
    return way


def records_at(model: type[Record], loc: Loc) -> tuple[type[Record], ...]:
    """The records that can stand at ``loc`` inside ``model``, counted with union names in it."""
    here: tuple[type[Record], ...] = (model,)
    for part in loc:
        if isinstance(part, int):
            continue
        deeper = [
            record
            for owner in here
            if part in owner.model_fields
            for record in _records_in(owner.model_fields[part].annotation)
        ]
        if any(part in owner.model_fields for owner in here):
            here = tuple(dict.fromkeys(deeper))
        else:
            here = tuple(owner for owner in here if _is_member(owner, part)) or here
    return here


def describe(model: type[Record], loc: Loc) -> str | None:
    """What belongs at ``loc``, in the words of the nearest field's own description."""
    for end in range(len(loc), 0, -1):
        for owner in records_at(model, loc[: end - 1]):
            if meaning := meaning_of(owner, str(loc[end - 1])):
                return meaning
    return None


@cache
def homes_of(model: type[Record], key: str) -> tuple[str, ...]:
    """The parts of a file that know a key, for one that was written elsewhere."""
    return tuple(f"`{part}`" for part, owner in _parts(model) if part and key in owner.model_fields)


@cache
def _parts(model: type[Record], part: str = "") -> tuple[tuple[str, type[Record]], ...]:
    """Each part of a file and the record that stands there, from the top down."""
    below = (
        each
        for name, field in model.model_fields.items()
        for record in _records_in(field.annotation)
        for each in _parts(record, f"{part}.{name}" if part else name)
    )
    return ((part, model), *below)


def _is_member(record: type[Record], name: str) -> bool:
    """Whether ``name`` is what a union calls this record."""
    key = record.model_fields.get(name.rpartition("-")[0])
    return (key is not None and key.is_required()) or any(
        get_origin(field.annotation) is Literal and name in get_args(field.annotation)
        for field in record.model_fields.values()
    )


def _records_in(annotation: Any) -> list[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    origin = get_origin(annotation)
    if origin is Annotated:
        return _records_in(get_args(annotation)[0])
    if origin in (Union, types.UnionType, list, tuple, dict):
        return [found for part in get_args(annotation) for found in _records_in(part)]
    return []
