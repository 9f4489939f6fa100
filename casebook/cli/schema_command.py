"""``casebook schema``."""

from pathlib import Path

import click

from casebook import resources
from casebook.cli.options import EXISTING
from casebook.cli.terminal import complain, say
from casebook.workflow.schema import stale_schemas, write_schemas


@click.command("schema")
@click.option("--check", "only_check", is_flag=True, help="Compare only; write nothing.")
@click.option(
    "-o", "--output", type=EXISTING, default=None,
    help="The folder of the schemas; casebook's own when left out.",
)  # fmt: skip
def schema_command(only_check: bool, output: Path | None) -> None:
    """Write or compare the JSON Schemas of the file formats.

    Editors complete and check files by these schemas. They are made from the records that
    casebook itself reads files with.
    """
    folder = output or resources.schemas_dir()
    if not only_check:
        for path in write_schemas(folder):
            say(str(path))
        return
    if stale := stale_schemas(folder):
        complain(f"out of date: {', '.join(stale)}", "write them anew with `casebook schema`")
        raise SystemExit(1)
    say(f"{folder}: up to date")
