"""Schemas are written where they are wanted, and told from stale ones."""

from pathlib import Path

import pytest

from casebook.source.json_schema import schema_files
from casebook.workflow.schema import stale_schemas, write_schemas


def test_every_schema_is_written_and_then_up_to_date(tmp_path: Path) -> None:
    written = write_schemas(tmp_path)
    assert {path.name for path in written} == set(schema_files())
    assert stale_schemas(tmp_path) == ()


@pytest.mark.slow
def test_what_is_missing_changed_or_left_over_is_stale(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    (tmp_path / "rubric.schema.json").unlink()
    (tmp_path / "program.schema.json").write_text("{}", "utf-8")
    (tmp_path / "recipe.schema.json").write_text("{}", "utf-8")
    (tmp_path / "README.md").write_text("", "utf-8")
    assert stale_schemas(tmp_path) == (
        "program.schema.json", "rubric.schema.json", "recipe.schema.json",
    )  # fmt: skip
    write_schemas(tmp_path)
    assert stale_schemas(tmp_path) == ("recipe.schema.json",)
