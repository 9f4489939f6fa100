"""JSON Schemas of the file formats, for editors: made from the records, never by hand."""

import json
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from casebook.domain.record import Record
from casebook.source.anatomy import load_anatomy
from casebook.source.load import KINDS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_files() -> dict[str, str]:
    """The text of every schema file, by its name."""
    return {
        f"{kind}.schema.json": json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"
        for kind in KINDS
    }


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of file, with the anatomy's names for completion."""
    model: type[Record] = KINDS[kind]
    schema = TypeAdapter(model).json_schema(
        by_alias=True, mode="validation", schema_generator=_ForEditors
    )
    _offer_structures(schema)
    return {
        "$schema": DIALECT,
        "$id": f"{kind}.schema.json",
        "title": f"casebook: {kind}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


class _ForEditors(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes of names: editors show the key itself."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's form
        return False

    def model_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 - pydantic's form
        made = super().model_schema(schema)
        made.pop("title", None)
        return made


def _offer_structures(schema: dict[str, Any]) -> None:
    """Let editors complete the names of structures while any other name stays possible."""
    names = list(load_anatomy().names)
    found = False
    for definition in (schema, *schema.get("$defs", {}).values()):
        properties = definition.get("properties", {})
        for key in ("structure", "test", "release", "retest", "activate"):
            if key in properties:
                about = properties[key].get("description")
                properties[key] = {"$ref": "#/$defs/StructureName"}
                if about:
                    properties[key]["description"] = about
                found = True
    if found:
        schema["$defs"]["StructureName"] = {
            "anyOf": [{"enum": names}, {"type": "string", "minLength": 1, "maxLength": 120}]
        }
