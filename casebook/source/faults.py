"""A validation error as a finding: its place in the file, what is wrong, and the remedy."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Loc, Places
from casebook.domain.record import Record
from casebook.domain.work.observation import EVENT_KEYS
from casebook.source.locate import describe, errors_in, homes_of, records_at, way_in_file
from casebook.source.phrase import phrase, what_belongs
from casebook.source.reader import Reading, quoted

MOST_LISTED: Final = 100
"""Faults of form listed for one file: nobody mends more at once, and each costs time to word."""

_MOST_HOMES: Final = 2
_LONGEST_EXAMPLE: Final = 120


def faults_of(
    model: type[Record], reading: Reading, error: ValidationError | None
) -> list[Finding]:
    """Say everything that keeps data from being a record, up to ``MOST_LISTED`` faults.

    Args:
        model: The record it should be.
        reading: The file's data and places.
        error: What validation found; None when it found nothing.
    """
    details = errors_in(error) if error else []
    blanks = list(_unknown_blanks(model, reading))
    found = [
        *(
            _bare_word(reading, way) or _unknown(model, reading.places, way, way)
            for way in blanks[:MOST_LISTED]
        ),
        *(_finding(model, reading, each) for each in details[:MOST_LISTED]),
    ][:MOST_LISTED]
    left = len(blanks) + len(details) - len(found)
    if left > 0:
        found.append(
            codes.MORE_FAULTS.at(
                found[-1].place,
                f"{left:,} more faults like these are not listed",
                "mend these first; is this file one of casebook's?",
            )
        )
    return found


def _unknown_blanks(model: type[Record], reading: Reading) -> Iterator[Loc]:
    """Find empty keys that nothing knows: dropped in silence, a mistyped text would be lost."""
    for way in reading.places.keys:
        if way in reading.places.blanks and _at(reading.data, way) is None:
            owners = records_at(model, way[:-1])
            if owners and not any(str(way[-1]) in owner.model_fields for owner in owners):
                yield way


def _finding(model: type[Record], reading: Reading, error: ErrorDetails) -> Finding:
    loc, places = error["loc"], reading.places
    way = way_in_file(places, loc)
    if error["type"] == "missing":
        return _missing(places, way, str(loc[-1]), describe(model, loc))
    if error["type"] == "union_tag_not_found":
        return _missing(places, way, str(error["ctx"]["discriminator"]).strip("'"), None)
    if error["type"] == "extra_forbidden":
        return _unknown(model, places, way, loc)
    if error["input"] is None:
        return codes.MISSING_KEY.at(
            places.of(*way),
            f"nothing is written here{_around(way)}",
            "write what belongs there, or remove it",
        )
    code, message, hint = phrase(error, describe(model, loc) if loc else None)
    if error["type"] in {"step_kind", "event_kind"}:
        hint = _meant_step(_at(reading.data, way), records_at(model, loc)) or hint
    key = (error.get("ctx") or {}).get("key")
    return code.at(places.of(*way, key) if key else places.of(*way), message, hint)


def _missing(places: Places, way: Loc, key: str, about: str | None) -> Finding:
    if way and way[-1] == key:
        fact, hint = f"`{key}` is empty{_around(way[:-1])}", what_belongs(about)
    else:
        fact, hint = f"`{key}` is missing{_around(way)}", f"add `{key}`; {what_belongs(about)}"
    return codes.MISSING_KEY.at(places.of_key(*way), fact, hint)


def _unknown(model: type[Record], places: Places, way: Loc, loc: Loc) -> Finding:
    key = str(loc[-1])
    known = sorted({name for owner in records_at(model, loc[:-1]) for name in owner.model_fields})
    homes = homes_of(model, key)
    close = get_close_matches(key.casefold(), known, n=1)
    if key in EVENT_KEYS and not set(EVENT_KEYS).isdisjoint(known):
        hint = f"a step does one thing; begin another item with `- {key}:`"
    elif 0 < len(homes) <= _MOST_HOMES:
        hint = f"it belongs in {' or '.join(homes)}; does its indent say so?"
    elif close:
        hint = f"did you mean `{close[0]}`?"
    else:
        hint = f"known here: {', '.join(known)}"
    return codes.UNKNOWN_KEY.at(
        places.of_key(*way), f"nothing is known by the key {quoted(key)}{_around(way[:-1])}", hint
    )


def _bare_word(reading: Reading, way: Loc) -> Finding | None:
    """A key in braces without its colon: what is left of a text with a comma."""
    key, value = reading.places.keys[way], reading.places.values[way]
    if (key.end_line, key.end_column) != (value.line, value.column):
        return None
    before = list(_at(reading.data, way[:-1]))
    last = before[before.index(way[-1]) - 1] if before[0] != way[-1] else None
    begun = _at(reading.data, (*way[:-1], last)) if last else None
    example = f': {last}: "{begun}, {way[-1]}"' if isinstance(begun, str) else ""
    return codes.UNKNOWN_KEY.at(
        reading.places.of_key(*way),
        f"{quoted(str(way[-1]))} has no value{_around(way[:-1])}",
        f"a text with a comma stands in quotes{example[:_LONGEST_EXAMPLE]}",
    )


def _meant_step(data: Any, steps: Iterable[type[Record]]) -> str | None:
    """Guess at the key that should have told a step's kind."""
    known = {name for step in steps for name in step.model_fields}
    for key, value in data.items() if isinstance(data, dict) else ():
        if key in EVENT_KEYS and value is None:
            return f"`{key}` is empty; write the name behind it"
        if key in known:
            continue
        if close := get_close_matches(key, EVENT_KEYS, n=1):
            return f"{quoted(key)}: did you mean `{close[0]}`?"
    return None


def _at(data: Any, way: Loc) -> Any:
    for part in way:
        data = data[part]
    return data


def _around(way: Loc) -> str:
    """Name the part of a file that a place lies in, to be put behind what is wrong there."""
    if not way:
        return ""
    last, before = way[-1], way[-2] if len(way) > 1 else None
    if isinstance(last, int):
        return f" in item {last + 1} of `{before}`"
    return f" in {quoted(last)}"
