"""``casebook schema``."""

from pathlib import Path

import click

from casebook import resources
from casebook.cli.options import PATH, format_option
from casebook.cli.terminal import clean, complain, say, say_json
from casebook.workflow.schema import stale_schemas, write_schemas


@click.command("schema")
@click.option("--check", "only_check", is_flag=True, help="Compare only; write nothing.")
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The folder of the schemas; casebook's own when left out.",
)  # fmt: skip
@format_option
def schema_command(*, only_check: bool, output: Path | None, form: str) -> None:
    """Write or compare the JSON Schemas of the file formats.

    Editors complete and check files by these schemas. They are made from the records that
    casebook itself reads files with. --check ends with 1 when a schema is out of date.
    """
    folder = output or resources.schemas_dir()
    if only_check:
        stale = stale_schemas(folder)
        if form == "json":
            say_json({"ok": not stale, "stale": list(stale)})
        elif not stale:
            say(f"{clean(folder)}: up to date")
        if stale:
            complain(f"out of date: {', '.join(stale)}", "write them anew with `casebook schema`")
            raise SystemExit(1)
        return
    written = [str(path) for path in write_schemas(folder)]
    if form == "json":
        say_json({"written": written})
    else:
        for path in written:
            say(clean(path))
