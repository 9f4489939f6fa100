"""The committed JSON Schemas."""

import json
import subprocess
import sys
from pathlib import Path


def test_schemas_are_what_the_records_say(repository: Path) -> None:
    """``casebook schema --check`` finds no difference."""
    done = subprocess.run(
        [Path(sys.executable).parent / "casebook", "schema", "--check"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_schemas_describe_what_users_write(repository: Path) -> None:
    """There is a schema of a portfolio, a case study, an observation and a program."""
    schemas = {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
        for path in (repository / "schemas").glob("*.schema.json")
    }
    assert {"portfolio", "case-study", "observation", "program"} <= set(schemas)
    assert all("properties" in schema for schema in schemas.values())
