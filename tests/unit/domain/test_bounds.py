"""Every text and list of a record has an upper bound, and every record is frozen and closed."""

from collections.abc import Iterator
from typing import Any

import pytest

from casebook.domain.record import Record
from casebook.source.load import KINDS


def schemas(value: Any, way: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401
    """Every part of a core schema that validates something, with the way to it."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield way, value
        for key, each in value.items():
            if key not in {
                "metadata",
                "serialization",
                "expected",
                "config",
                "function",
                "json_schema_input_schema",
            }:
                yield from schemas(each, f"{way}.{key}")
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from schemas(each, f"{way}[{index}]")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_texts_and_lists_are_bounded(kind: str) -> None:
    """No text, list or mapping in a file may be endless."""
    found = [
        (way, schema)
        for way, schema in schemas(KINDS[kind].__pydantic_core_schema__)
        if schema["type"] in {"str", "list", "tuple", "dict"}
    ]
    assert len(found) >= 5
    unbounded = [
        way for way, schema in found if "max_length" not in schema and "pattern" not in schema
    ]
    assert unbounded == []


def test_numbers_are_bounded() -> None:
    """No number may have hundreds of digits, or grow beyond what a number can be."""
    found = [
        (f"{kind}{way}", schema)
        for kind, record in KINDS.items()
        for way, schema in schemas(record.__pydantic_core_schema__)
        if schema["type"] == "float"
    ]
    assert len(found) > 10
    unbounded = [way for way, schema in found if "le" not in schema or not {"ge", "gt"} & {*schema}]
    assert unbounded == []


def test_every_record_is_closed_and_frozen() -> None:
    """Each record, results included, is frozen, forbids unknown keys and hides its input."""
    records = list(Record.__subclasses__())
    for record in records:
        records.extend(record.__subclasses__())
    own = [record for record in records if record.__module__.startswith("casebook.")]
    assert len(own) > 50
    for record in own:
        config = record.model_config
        assert config.get("frozen")
        assert config.get("extra") == "forbid"
        assert config.get("hide_input_in_errors")
