"""Options that several commands share, and the report that several write."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from casebook.cli.terminal import dress, say, tell, width_of

if TYPE_CHECKING:
    from casebook.workflow.examination import Checked

PATH: Final = click.Path(path_type=Path)

_FIRST_YEAR: Final = 1980
_LAST_YEAR: Final = 2107
"""The years that the date of a file in a zip can have."""


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's form
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            day = datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-07-01", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(f"{value} is not between {_FIRST_YEAR} and {_LAST_YEAR}", param, ctx)
        return day


DAY: Final = _Day()
"""A day on the command line, written year-month-day."""


def today() -> date:
    """The day it is here: consents and deadlines are days where the user is."""
    return datetime.now().astimezone().date()


date_option = click.option(
    "--date",
    "on",
    type=DAY,
    default=today,
    show_default="today",
    help="The day to judge for: consents, deadlines, and the date that documents carry.",
)


def date_given(ctx: click.Context) -> str:
    """The day as it was given to a command, to be repeated behind another; empty by itself."""
    if ctx.get_parameter_source("on") in {None, ParameterSource.DEFAULT}:
        return ""
    return f" --date {ctx.params['on']}"


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people or JSON for programs.",
)

table_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, CSV for spreadsheets.",
)

force_option = click.option(
    "--force", is_flag=True, help="Overwrite files that casebook did not make."
)

program_option = click.option(
    "--program",
    "program_path",
    type=PATH,
    default=None,
    help="The program file to go by, instead of the one that is named or shipped.",
)

graders_option = click.option(
    "--graders",
    "graders_path",
    type=PATH,
    default=None,
    help="The office's list of graders; else a graders.yaml near the submission.",
)


def say_report(checked: "Checked") -> None:
    """Write findings to stdout, where they are the result."""
    say(_report_text(checked, width_of(sys.stdout)))


def tell_report(checked: "Checked") -> None:
    """Write findings to stderr, beside a result; nothing when there are none."""
    if checked.report.findings:
        tell(_report_text(checked, width_of(sys.stderr)))


def _report_text(checked: "Checked", width: int | None) -> str:
    from casebook.diagnostics.writers import text_report

    return text_report(checked.report, checked.sources, dress, width)
