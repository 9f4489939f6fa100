"""Rubrics as 1EdTech CASE writes them: a CFRubric with its criteria and their levels, in JSON.

Source:
    Competencies and Academic Standards Exchange (CASE) Service 1.1, information model, 7.1.26
    CFRubric, 7.1.27 CFRubricCriterion, 7.1.29 CFRubricCriterionLevel. A criterion has no title of
    its own there, so its ``category`` holds ours. What CASE has no field for stands in
    ``extensions``, which 1.1 keeps free for it; other programs pass over that.
"""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from casebook.diagnostics.finding import Finding
from casebook.domain.program.rubric import Criterion, Level, Rubric
from casebook.domain.record import Record
from casebook.exchange.foreign import (
    ForeignCriterion,
    ForeignLevel,
    ForeignReading,
    ForeignRubric,
    fault,
)
from casebook.exchange.points import shown
from casebook.limits import FOREIGN_DEPTH

NAMESPACE: Final = uuid.UUID("28f04e53-a540-522c-a863-976b179822f7")
"""Of the identifiers made here (RFC 9562, version 5). It never changes: identifiers would."""

OURS: Final = "casebook"
"""The key in ``extensions`` under which casebook keeps what CASE has no field for."""

_RUBRIC_KEYS: Final = ("id", "judges", "pass_percent", "sem_percent", "global_ratings")
_CRITERION_KEYS: Final = ("id", "must_pass", "from_protocol")
_LEVEL_KEYS: Final = ("from_figure",)

_CRITERIA: Final = ("CFRubricCriteria", "CFRubricCriterion")
"""The second is the key that Moodle's own importer of such files looks for."""

_AROUND: Final = ("CFRubrics", "CFRubric", "CFDefinitions", "CFPackage", "CFPackages")

_NUMBER: Final = re.compile(r"\d{1,20}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,2})?")


def is_case(content: bytes) -> bool:
    """Whether a file looks like JSON rather than like a table."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def write_case(rubric: Rubric, on: date) -> bytes:
    """A rubric as CASE JSON, changed last on the day given.

    Its identifiers follow from what the rubric says: the same rubric has the same ones
    everywhere, and a changed one has others, so that no platform takes it for the old one.
    """
    itself = uuid.uuid5(NAMESPACE, rubric.digest)
    changed = f"{on.isoformat()}T00:00:00+00:00"
    values = {
        "extensions": {OURS: {"format": 1, **_ours(rubric, _RUBRIC_KEYS)}},
        **_named(itself),
        "title": rubric.title,
        "lastChangeDateTime": changed,
        "CFRubricCriteria": [
            _criterion_values(criterion, position, itself, changed)
            for position, criterion in enumerate(rubric.criteria, 1)
        ],
    }
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()


def read_case(path: str, content: bytes) -> ForeignReading:
    """The rubrics of a CASE file: one by itself, or all of a package that can be read."""
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_int=str)
    except UnicodeDecodeError:
        return _refused(path, 1, "the file is not UTF-8 text", "export it again")
    except json.JSONDecodeError as error:
        return _refused(path, error.lineno, f"this is no JSON: {error.msg}", "export it again")
    except RecursionError:
        return _refused(path, 1, "this JSON is nested too deep", "export it again")
    found = [_read_rubric(path, each) for each in _rubrics_in(data)]
    if not found:
        return _refused(path, 1, "this JSON holds no CFRubric", f"it has a key {_CRITERIA[0]}")
    return ForeignReading(
        tuple(each for one in found for each in one.rubrics),
        tuple(each for one in found for each in one.findings),
    )


def _criterion_values(
    criterion: Criterion, position: int, rubric: uuid.UUID, changed: str
) -> dict[str, Any]:
    itself = uuid.uuid5(rubric, f"{position} {criterion.id}")
    return {
        **_named(itself),
        "category": criterion.title,
        "description": criterion.asks,
        "weight": criterion.weight,
        "position": position,
        "rubricId": str(rubric),
        "lastChangeDateTime": changed,
        "extensions": {OURS: _ours(criterion, _CRITERION_KEYS)},
        "CFRubricCriterionLevels": [
            _level_values(level, place, itself, changed)
            for place, level in enumerate(criterion.levels, 1)
        ],
    }


def _level_values(
    level: Level, position: int, criterion: uuid.UUID, changed: str
) -> dict[str, Any]:
    ours = _ours(level, _LEVEL_KEYS)
    return {
        **_named(uuid.uuid5(criterion, str(level.level))),
        "quality": level.label,
        "description": level.describes,
        "score": level.level,
        "position": position,
        "rubricCriterionId": str(criterion),
        "lastChangeDateTime": changed,
        **({"extensions": {OURS: ours}} if ours else {}),
    }


def _named(itself: uuid.UUID) -> dict[str, str]:
    return {"identifier": str(itself), "uri": itself.urn}


def _ours(record: Record, keys: Sequence[str]) -> dict[str, Any]:
    values = record.model_dump(mode="json", exclude_defaults=True)
    return {key: values[key] for key in keys if key in values}


def _rubrics_in(data: Any, depth: int = 0) -> list[Mapping[str, Any]]:  # noqa: ANN401 - a file's
    """The rubrics of a file, out of whatever package they lie in."""
    if depth > FOREIGN_DEPTH:
        return []
    if isinstance(data, list):
        return [found for each in data for found in _rubrics_in(each, depth + 1)]
    if not isinstance(data, dict):
        return []
    if _get(data, *_CRITERIA) is not None:
        return [data]
    return [found for key in _AROUND for found in _rubrics_in(_get(data, key), depth + 1)]


def _read_rubric(path: str, data: Mapping[str, Any]) -> ForeignReading:
    title = _text(data, "title")
    called = f"the rubric {title!r}" if title else "the rubric"
    findings: list[Finding] = []
    criteria = [
        criterion
        for place, each in enumerate(_in_position(_get(data, *_CRITERIA)), 1)
        if (criterion := _read_criterion(path, each, f"{called}, criterion {place}", findings))
    ]
    if not criteria and not findings:
        findings.append(_nothing(path, called, "no criteria"))
    if findings:
        return ForeignReading(findings=tuple(findings))
    remarks = []
    if about := _text(data, "description"):
        remarks.append(f"the rubric's description, which casebook has no place for: {about[:200]}")
    if any(_get(each, "CFItemURI") for each in _in_position(_get(data, *_CRITERIA))):
        remarks.append("CFItemURI: casebook keeps no link from a criterion to a framework's item")
    if any(each.weight is not None for each in criteria) and not _extension(data):
        remarks.append("weight is read as the criterion's share of the whole, whatever its scores")
    rubric = ForeignRubric(
        title or None, tuple(criteria), remarks=tuple(remarks), ours=_extension(data)
    )
    return ForeignReading((rubric,))


def _read_criterion(
    path: str, data: Mapping[str, Any], called: str, findings: list[Finding]
) -> ForeignCriterion | None:
    category, description = _text(data, "category"), _text(data, "description")
    levels = []
    for place, each in enumerate(_in_position(_get(data, "CFRubricCriterionLevels")), 1):
        score = _number(_text(each, "score"))
        if score is None:
            findings.append(
                fault(path, 1, f"{called}, level {place} has no score that is 0 or more",
                      "casebook judges by points; export a rubric with scores")
            )  # fmt: skip
            continue
        levels.append(_read_level(each, score))
    if not levels:
        findings.append(_nothing(path, called, "no levels"))
        return None
    weight = _number(_text(data, "weight"))
    # Why: of the two texts a criterion may have, platforms fill one; either is its title then.
    return ForeignCriterion(
        title=category or description or called.rpartition(", ")[2].capitalize(),
        asks=description if category else "",
        levels=tuple(levels),
        weight=float(weight) if weight else None,
        ours=_extension(data),
    )


def _read_level(data: Mapping[str, Any], score: Fraction) -> ForeignLevel:
    quality, description = _text(data, "quality"), _text(data, "description")
    name = quality or description.partition("\n")[0] or f"{shown(score)} points"
    return ForeignLevel(name, description, score, _extension(data).get("from_figure"))


def _in_position(data: Any) -> Sequence[Mapping[str, Any]]:  # noqa: ANN401 - a file's
    """Criteria or levels by their ``position``, else in the order of the file."""
    found = [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []
    positions = [_number(_text(each, "position")) for each in found]
    if any(position is None for position in positions):
        return found
    order = sorted(range(len(found)), key=lambda index: positions[index] or Fraction(0))
    return [found[index] for index in order]


def _extension(data: Mapping[str, Any]) -> Mapping[str, Any]:
    extensions = _get(data, "extensions")
    ours = _get(extensions, OURS) if isinstance(extensions, dict) else None
    return ours if isinstance(ours, dict) else {}


def _get(data: Mapping[str, Any], *names: str) -> Any:  # noqa: ANN401 - a file's
    """The value of a key by any of some names; some programs begin keys with a capital."""
    for name in names:
        for key, value in data.items():
            if key.casefold() == name.casefold():
                return value
    return None


def _text(data: Mapping[str, Any], name: str) -> str:
    value = _get(data, name)
    return value.strip() if isinstance(value, str) else ""


def _number(text: str) -> Fraction | None:
    """A JSON number that is not negative; else None."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def _nothing(path: str, called: str, what: str) -> Finding:
    return fault(path, 1, f"{called} has {what}", "export the rubric again, with all of its parts")


def _refused(path: str, line: int, message: str, hint: str) -> ForeignReading:
    return ForeignReading(findings=(fault(path, line, message, hint),))
