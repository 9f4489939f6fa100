"""``casebook schema`` writes schemas, or says which are out of date."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from click.testing import Result

Run: TypeAlias = Callable[..., Result]


def test_schemas_are_written_where_they_are_wanted(run: Run, tmp_path: Path) -> None:
    result = run("schema", "-o", tmp_path)
    assert result.exit_code == 0
    assert f"{tmp_path / 'portfolio.schema.json'}" in result.stdout.splitlines()
    values = json.loads(run("schema", "-o", tmp_path, "--format", "json").stdout)
    assert len(values["written"]) == len(list(tmp_path.iterdir()))


def test_what_is_up_to_date_ends_with_0(run: Run, tmp_path: Path) -> None:
    run("schema", "-o", tmp_path)
    result = run("schema", "--check", "-o", tmp_path)
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path}: up to date\n")
    checked = run("schema", "--check", "-o", tmp_path, "--format", "json")
    assert json.loads(checked.stdout) == {"ok": True, "stale": []}


def test_what_is_out_of_date_ends_with_1(run: Run, tmp_path: Path) -> None:
    run("schema", "-o", tmp_path)
    (tmp_path / "rubric.schema.json").write_text("{}", "utf-8")
    result = run("schema", "--check", "-o", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "out of date: rubric.schema.json" in result.stderr
    checked = run("schema", "--check", "-o", tmp_path, "--format", "json")
    assert checked.exit_code == 1
    assert json.loads(checked.stdout) == {"ok": False, "stale": ["rubric.schema.json"]}


def test_without_a_folder_casebooks_own_are_compared(run: Run) -> None:
    assert run("schema", "--check").stdout.endswith("schemas: up to date\n")
