"""Editors accept what casebook accepts, and underline what it refuses."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from casebook.source.json_schema import COMPUTED, DIALECT, schema_files, schema_of
from casebook.source.load import KINDS, load
from casebook.workflow.new import new_portfolio


class _EditorsLoader(yaml.SafeLoader):
    """Types values as YAML 1.2's core schema does, which editors use: days stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - so PyYAML declares it


for _name, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    _EditorsLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )
_EditorsLoader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
_EditorsLoader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))

CASE = """
kind: case-study
format: 1
id: a
title: Back
client: {pseudonym: Client A}
"""


def underlined(text: str | bytes) -> list[str]:
    """The ways to the values that an editor underlines."""
    data = yaml.load(text, _EditorsLoader)
    validator = jsonschema.Draft202012Validator(
        schema_of(data["kind"]), format_checker=jsonschema.FormatChecker()
    )
    return [".".join(map(str, error.absolute_path)) for error in validator.iter_errors(data)]


def refused(text: str) -> list[str]:
    return [each.code for each in load("x.yaml", text.encode()).findings]


def sound_files(repository: Path) -> list[Path]:
    folders = (
        "samples/nkt-level-1", "samples/reflexology", "samples/grading",
        "casebook/programs", "tests/portfolios",
    )  # fmt: skip
    return [path for each in folders for path in sorted((repository / each).rglob("*.yaml"))]


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    files = schema_files()
    assert set(files) == {f"{kind}.schema.json" for kind in (*KINDS, *COMPUTED)}
    for kind in (*KINDS, *COMPUTED):
        schema = json.loads(files[f"{kind}.schema.json"])
        assert schema == schema_of(kind)
        assert schema["$schema"] == DIALECT
        jsonschema.Draft202012Validator.check_schema(schema)


def test_schemas_stay_small_enough_to_be_loaded_as_one_types() -> None:
    assert {name for name, text in schema_files().items() if len(text) > 120_000} == set()


@pytest.mark.slow
def test_no_sound_file_is_underlined(repository: Path) -> None:
    paths = sound_files(repository)
    assert len(paths) > 15
    marked = {str(path): underlined(path.read_bytes()) for path in paths}
    assert {path: ways for path, ways in marked.items() if ways} == {}


def test_what_is_at_fault_in_its_form_is_underlined(repository: Path) -> None:
    """Each flawed sample with an unknown, missing or misfitting value, as far as it is YAML."""
    seen = 0
    for path in sorted((repository / "samples" / "flawed").rglob("*.yaml")):
        loaded = load(path.name, path.read_bytes())
        found = {each.code for each in loaded.findings}
        broken = any(code.startswith("CB1") for code in found)
        if loaded.kind in KINDS and not broken and found & {"CB201", "CB202", "CB203", "CB205"}:
            assert underlined(path.read_bytes()), path
            seen += 1
    assert seen >= 3


@pytest.mark.parametrize(
    "more",
    [
        "keywords: [2019, back]",
        "keywords:",
        "introduction: >-\n",
        "introduction: >\n  Ends in a line break.\n",
        "presentation: {diagnoses: [{diagnosis: Sprain, made_by: physician, when: 2019}]}",
        "presentation:",
        "sessions: [{day: 0, measures: {nprs: , psfs: 3.3, own: 4}, homework: }]",
        "sessions: [{day: 0, adverse_events: [{event: sore, severity: mild, resolved: yes}]}]",
        "sessions: [{day: 0, adverse_events: [{event: sore, severity: mild, resolved: no}]}]",
        "sessions: [{day: 0, steps: [{test: QL, result: fires, blinded: true, grade: 4}]}]",
        "sessions: [{day: 0, rom: [{joint: hip, plane: flexion, degrees: 90.5, side: }]}]",
        "consent: {scope: [record], signed: 2026-03-02, form: a.pdf, expires: }",
        "program_sections: {foot-reading: Warm., safety-check: }",
        "patterns: [{inhibited: {structure: no such muscle}, facilitated: {structure: jaw}}]",
        "references: [{id: a, text: A, doi: 10.1000/182, url: }]",
    ],
)
def test_what_casebook_takes_is_not_underlined(more: str) -> None:
    """As YAML 1.2 types it: numbers and yes for texts, empty keys, a text with its line break."""
    assert refused(CASE + more) == []
    assert underlined(CASE + more) == []


@pytest.mark.parametrize(
    "text,way",
    [
        (CASE.replace("title: Back", "title:"), "title"),
        (CASE.replace("title: Back", 'title: "a\\nb"'), "title"),
        (CASE.replace("client: {pseudonym: Client A}", ""), ""),
        (CASE + "colour: red", ""),
        (CASE + "sessions: [{day: -1}]", "sessions.0.day"),
        (CASE + "sessions: [{day: soon}]", "sessions.0.day"),
        (CASE + "sessions: [{day: 0, measures: {nprs: much}}]", "sessions.0.measures.nprs"),
        (CASE + "consent: {scope: [record], signed: 2.3.2026, form: a.pdf}", "consent"),
        (CASE + "consent: {scope: [all], signed: 2026-03-02, form: a.pdf}", "consent"),
        (CASE + "sessions: [{day: 0, steps: [{result: fires}]}]", "sessions.0.steps.0"),
        (CASE + "sessions: [{day: 0, steps: [{test: QL, result: weak}]}]", "sessions.0.steps.0"),
        (CASE + "sessions: [{day: 0, steps: [{test: QL, result: fires, blinded: maybe}]}]",
         "sessions.0.steps.0"),
    ],
)  # fmt: skip
def test_what_casebook_refuses_is_underlined(text: str, way: str) -> None:
    assert refused(text) != []
    assert way in underlined(text)


def test_editors_complete_structures_and_measures() -> None:
    schema = schema_of("case-study")
    structures, anything = schema["$defs"]["StructureName"]["anyOf"]
    assert "gluteus maximus" in structures["enum"]
    assert anything["type"] == "string"
    session = schema["$defs"]["Session"]["properties"]
    assert session["measures"]["properties"]["nprs"]["description"] == (
        "Numeric Pain Rating Scale, 0 to 10."
    )
    assert session["measures"]["properties"]["vas"]["description"].endswith("0 to 100 mm.")


def test_every_key_is_explained() -> None:
    """A key has a description, or leads to a record that has one."""
    for kind in KINDS:
        schema = schema_of(kind)
        for record in (schema, *schema.get("$defs", {}).values()):
            for key, value in record.get("properties", {}).items():
                assert "description" in value or "$ref" in json.dumps(value), (kind, key)


@pytest.mark.parametrize(
    "program,later_days",
    [("nkt", []), ("samples/reflexology/program", ["sessions.1.day", "sessions.2.day"])],
)
def test_in_a_new_portfolio_only_what_every_file_needs_is_underlined(
    program: str, later_days: list[str], tmp_path: Path, repository: Path
) -> None:
    """What the program asks for besides may stay empty for now, to an editor."""
    reference = program if program == "nkt" else str(repository / program)
    new_portfolio(tmp_path / "mine", reference, 1)
    expected = {
        "portfolio": ["candidate.name", "course"],
        "case-study": ["consent", *later_days, "title"],
        "observation": ["consent", "date", "examiner.name"],
    }
    paths = [path for path in (tmp_path / "mine").rglob("*.yaml") if "program" not in path.parts]
    assert len(paths) >= 5
    for path in paths:
        content = path.read_bytes()
        kind = load(path.name, content).kind
        assert sorted(underlined(content)) == expected[str(kind)]
