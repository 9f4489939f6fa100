"""Options that several commands share."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click

from casebook.cli.terminal import dress, say, tell

EXISTING: Final = click.Path(path_type=Path)


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ANN401
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-07-01", param, ctx)


def today() -> date:
    """The day it is here: consents and deadlines are days where the user is."""
    return datetime.now().astimezone().date()


date_option = click.option(
    "--date",
    "on",
    type=_Day(),
    default=today,
    show_default="today",
    help="The day to judge for: consents, deadlines, and the date that documents carry.",
)

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people or JSON for programs.",
)

force_option = click.option(
    "--force", is_flag=True, help="Overwrite files that casebook did not make."
)

program_option = click.option(
    "--program",
    "program_path",
    type=EXISTING,
    default=None,
    help="The program file to go by, instead of the one that is named or shipped.",
)


def write_findings(report: Any, sources: Any, *, to_stdout: bool) -> None:  # noqa: ANN401 - lazy
    """Write findings as text, with their lines on a terminal; to stderr beside a result."""
    import sys

    from casebook.diagnostics.writers import text_report

    stream = sys.stdout if to_stdout else sys.stderr
    write = say if to_stdout else tell
    if report.findings or to_stdout:
        write(text_report(report, sources if stream.isatty() else None, dress))
