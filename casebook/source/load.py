"""Plain data to a record, or to findings that say what keeps it from being one."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Loc, Places
from casebook.domain.case_study import CaseStudy
from casebook.domain.marks import MarkSheet
from casebook.domain.observation import Observation
from casebook.domain.portfolio import Piece, PortfolioFile
from casebook.domain.program import ProgramFile
from casebook.domain.record import Record
from casebook.domain.rubric import Rubric
from casebook.source.locate import describe, records_at, way_in_file
from casebook.source.phrase import phrase
from casebook.source.reader import Reading, read_text
from casebook.source.salvage import salvage

RecordT = TypeVar("RecordT", bound=Record)

KINDS: Final[dict[str, type[Record]]] = {
    "portfolio": PortfolioFile,
    "case-study": CaseStudy,
    "observation": Observation,
    "mark-sheet": MarkSheet,
    "program": ProgramFile,
    "rubric": Rubric,
}
"""What the key ``kind`` of a file may say, and the record it stands for."""

NEWEST_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Loaded(Generic[RecordT]):
    """What one file gave: its record, and the findings.

    When there are findings the record holds what is left without the values at fault, or is
    None when too little is left.
    """

    piece: Piece[RecordT] | None
    findings: tuple[Finding, ...]
    kind: str | None = None
    """What the file says it is, even when the rest of it is broken."""


def load(path: str, content: bytes, *, expect: str | None = None) -> Loaded[Any]:
    """Read a file as whatever it says it is.

    Args:
        path: What findings call the file.
        content: The file's bytes.
        expect: The kind that has to stand here, when only one makes sense.
    """
    reading = read_text(path, content)
    if reading.data is None:
        return Loaded(None, reading.findings)
    kind = reading.data.get("kind")
    faults = (*reading.findings, *_faults_of_header(reading, expect))
    if any(fault.code in {codes.WRONG_KIND.id, codes.WRONG_FORMAT.id} for fault in faults):
        return Loaded(None, faults, kind if isinstance(kind, str) else None)
    model = KINDS[str(kind)]
    data = _without_blanks(reading.data)
    faults = (*faults, *_unknown_blanks(model, reading))
    record: Record | None
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = (*faults, *(_finding(model, reading, each) for each in details))
        record = salvage(model, data, reading.places)
    piece = Piece(path, record, reading.places) if record else None
    return Loaded(piece, faults, str(kind))


def _faults_of_header(reading: Reading, expect: str | None) -> list[Finding]:
    assert reading.data is not None  # noqa: S101 - the caller has looked
    kind, number = reading.data.get("kind"), reading.data.get("format")
    if kind is None or not isinstance(kind, str) or kind not in KINDS:
        wanted = f"write `kind: {expect}` first" if expect else f"one of: {', '.join(KINDS)}"
        close = get_close_matches(str(kind), KINDS, n=1)
        said = "the file does not say its kind" if kind is None else f"`{kind}` is no known kind"
        hint = f"did you mean `{close[0]}`?" if close else wanted
        return [codes.WRONG_KIND.at(reading.places.of("kind"), said, hint)]
    if expect and kind != expect:
        return [
            codes.WRONG_KIND.at(
                reading.places.of("kind"),
                f"this is a file of kind {kind}; a {expect} is expected here",
                "put it where it belongs, or correct its first line",
            )
        ]
    if number is None:
        return [
            codes.WRONG_FORMAT.at(
                reading.places.of_key("format"),
                "the file does not say its format",
                f"write `format: {NEWEST_FORMAT}`",
            )
        ]
    if str(number) != str(NEWEST_FORMAT):
        newer = str(number).isdigit() and int(str(number)) > NEWEST_FORMAT
        return [
            codes.WRONG_FORMAT.at(
                reading.places.of("format"),
                f"format {number} is newer than this casebook reads ({NEWEST_FORMAT})"
                if newer
                else f"`{number}` is no format of casebook",
                "install a newer casebook" if newer else f"write `format: {NEWEST_FORMAT}`",
            )
        ]
    return []


def _without_blanks(value: Any) -> Any:
    """Drop keys that were left empty, so that they are missing and not None."""
    if isinstance(value, dict):
        return {key: _without_blanks(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_without_blanks(each) for each in value]
    return value


def _unknown_blanks(model: type[Record], reading: Reading) -> Iterator[Finding]:
    """Find empty keys that nothing knows: dropped in silence, a mistyped text would be lost."""
    for way in _blanks(reading.data, ()):
        owners = records_at(model, way[:-1])
        if owners and not any(str(way[-1]) in owner.model_fields for owner in owners):
            yield _unknown(model, reading.places, way, way)


def _blanks(value: Any, way: Loc) -> Iterator[Loc]:
    if isinstance(value, dict):
        for key, each in value.items():
            if each is None:
                yield (*way, key)
            yield from _blanks(each, (*way, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _blanks(each, (*way, index))


def _finding(model: type[Record], reading: Reading, error: ErrorDetails) -> Finding:
    loc, places = error["loc"], reading.places
    way = way_in_file(places, loc)
    if error["type"] == "missing":
        return _missing(model, reading, way, loc)
    if error["type"] == "extra_forbidden":
        return _unknown(model, places, way, loc)
    code, message, hint = phrase(error, describe(model, loc) if loc else None)
    if error["type"] in {"step_kind", "event_kind"}:
        hint = _meant_step(reading.data, way, message) or hint
    return code.at(places.of(*way), message, hint)


def _missing(model: type[Record], reading: Reading, way: Loc, loc: Loc) -> Finding:
    key = str(loc[-1])
    blank = way and way[-1] == loc[-1]
    place = reading.places.of_key(*way)
    around = _title(way[:-1] if blank else way)
    fact = f"`{key}` is empty{around}" if blank else f"`{key}` is missing{around}"
    return codes.MISSING_KEY.at(place, fact, describe(model, loc))


def _unknown(model: type[Record], places: Places, way: Loc, loc: Loc) -> Finding:
    key = str(loc[-1])
    known = sorted({name for owner in records_at(model, loc[:-1]) for name in owner.model_fields})
    close = get_close_matches(key, known, n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(known)}"
    return codes.UNKNOWN_KEY.at(places.of_key(*way), f"nothing is known by the key `{key}`", hint)


def _meant_step(data: Any, way: Loc, message: str) -> str | None:
    for part in way:
        data = data[part]
    names = message.rpartition(":")[2].replace(" ", "").split(",")
    keys = data if isinstance(data, dict) else ()
    for key in keys:
        if close := get_close_matches(key, names, n=1):
            return f"`{key}`: did you mean `{close[0]}`?"
    return None


def _title(way: Loc) -> str:
    """Name the part of the file that a key is missing from, as `` in client``."""
    names = [f"{part + 1}." if isinstance(part, int) else str(part) for part in way]
    return f" in {' '.join(names)}" if names else ""
