"""JSON Schemas of the file formats, for editors: made from the records, never by hand.

An editor sees a file as YAML 1.2 types it, casebook as it is written. Where the two differ the
schema takes what casebook takes: ``yes`` is a text to an editor, ``2019`` a number, and a key
that was left empty a null.
"""

import json
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from casebook.domain.meanings import meaning_of
from casebook.domain.outcome.results import Eligibility, Evaluation
from casebook.domain.record import Record
from casebook.domain.work.measures import KNOWN_MEASURES, Measure
from casebook.domain.work.steps import STEP_KEYS
from casebook.source.anatomy import load_anatomy
from casebook.source.load import KINDS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

COMPUTED: Final[dict[str, type[Record]]] = {"evaluation": Evaluation, "eligibility": Eligibility}
"""What casebook encloses in a submission beside the candidate's files; nobody writes it by hand."""

_STRUCTURE_KEYS: Final = ("structure", *STEP_KEYS)
_MEASURE_KEYS: Final = ("measures", "measures_after")
_TRUTH: Final = (True, False, "yes", "no")

_ONE_LINE: Final = r"^[^\r\n]*$"
_ONE_LINE_TRIMMED: Final = r"^\s*[^\r\n]*\s*$"
"""A text behind > ends in a line break, which casebook takes away."""


def schema_files() -> dict[str, str]:
    """The text of every schema file, by its name."""
    return {schema_name(kind): schema_text(kind) for kind in (*KINDS, *COMPUTED)}


def schema_name(kind: str) -> str:
    """The name of the schema file of one kind of file."""
    return f"{kind}.schema.json"


@cache
def schema_text(kind: str) -> str:
    """The text of that file."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of file, with the anatomy's and the measures' names to complete."""
    schema = TypeAdapter({**KINDS, **COMPUTED}[kind]).json_schema(
        by_alias=True, mode="validation", schema_generator=_ForEditors
    )
    if kind in KINDS:
        _fit_for_editors(schema)
    return {
        "$schema": DIALECT,
        "$id": f"{kind}.schema.json",
        "title": f"casebook: {kind}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _fit_for_editors(schema: dict[str, Any]) -> None:
    """Fit the schema of a file that people write, in place, to what an editor does with it."""
    records = (schema, *schema.get("$defs", {}).values())
    for record in records:
        _as_editors_see(record)
    offered = [_offer_names(record.get("properties", {})) for record in records]
    if any(offered):
        schema["$defs"]["StructureName"] = _structure_name()


class _ForEditors(GenerateJsonSchema):
    """Says what each key means, without the titles that pydantic makes of their names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's form
        return False

    def model_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 - pydantic's form
        made = super().model_schema(schema)
        made.pop("title", None)
        for name, field in schema["cls"].model_fields.items():
            if meaning := meaning_of(schema["cls"], name):
                made["properties"][field.alias or name].setdefault("description", meaning)
        return made


def _as_editors_see(schema: dict[str, Any]) -> None:
    """Loosen a record's schema, in place, to take what casebook takes."""
    required = schema.get("required", ())
    for key, value in schema.get("properties", {}).items():
        seen = _loosened(value)
        about = {"description": seen.pop("description")} if "description" in seen else {}
        schema["properties"][key] = about | (seen if key in required else _or_empty(seen))


def _loosened(schema: dict[str, Any]) -> dict[str, Any]:
    """A value's schema for a value as YAML 1.2 types it."""
    # Why: limits of days are written for pydantic, and JSON has no defaults that are nothing.
    kept = {key: value for key, value in schema.items() if key not in {"ge", "le", "default"}}
    if "items" in kept:
        kept["items"] = _loosened(kept["items"])
    if "patternProperties" in kept:
        kept["patternProperties"] = {
            pattern: _or_empty(_loosened(each))
            for pattern, each in kept["patternProperties"].items()
        }
    for key in ("anyOf", "oneOf"):
        if key in kept:
            kept[key] = [_loosened(each) for each in kept[key]]
    kept.pop("discriminator", None)
    if kept.get("type") == "boolean":
        del kept["type"]
        return {**kept, "enum": list(_TRUTH)}
    if kept.get("pattern") == _ONE_LINE:
        kept["pattern"] = _ONE_LINE_TRIMMED
    named = {"const", "enum", "format"} & kept.keys() or kept.get("pattern", _ONE_LINE_TRIMMED)
    if kept.get("type") == "string" and named == _ONE_LINE_TRIMMED:
        kept["type"] = ["string", "number"]
    return kept


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a key that may be left empty."""
    match schema:
        case {"anyOf": [dict(only), {"type": "null"}]}:
            around = {key: value for key, value in schema.items() if key != "anyOf"}
            return _or_empty({**only, **around})
        case {"enum": [*values]}:
            untyped = {key: value for key, value in schema.items() if key != "type"}
            return {**untyped, "enum": [*values, None]}
        case {"type": str(one)}:
            return {**_without_length(schema), "type": [one, "null"]}
        case {"type": [*several]}:
            return {**_without_length(schema), "type": [*several, "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _without_length(schema: dict[str, Any]) -> dict[str, Any]:
    """A text that may be empty: nothing stands below its key and >- yet."""
    return {key: value for key, value in schema.items() if key != "minLength"}


def _offer_names(properties: dict[str, Any]) -> bool:
    """Let editors complete structures and measures, while any other name stays possible."""
    offered = False
    for key, schema in properties.items():
        if key in _STRUCTURE_KEYS:
            about = {"description": schema["description"]} if "description" in schema else {}
            properties[key] = about | {"$ref": "#/$defs/StructureName"}
            offered = True
        elif key in _MEASURE_KEYS and "patternProperties" in schema:
            schema["properties"] = {
                measure.id: {"description": _range(measure)} for measure in KNOWN_MEASURES
            }
    return offered


def _range(measure: Measure) -> str:
    unit = f" {measure.unit}" if measure.unit else ""
    return f"{measure.name}, {measure.lowest:g} to {measure.highest:g}{unit}."


def _structure_name() -> dict[str, Any]:
    names = list(load_anatomy().names)
    return {"anyOf": [{"enum": names}, {"type": "string", "minLength": 1, "maxLength": 120}]}
