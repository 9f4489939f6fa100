"""``casebook check``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import PATH, date_option, say_report
from casebook.cli.terminal import say, say_json
from casebook.diagnostics.writers import github_report, report_values
from casebook.workflow.check import check_paths


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, or annotations for GitHub.",
)
@date_option
def check_command(paths: tuple[Path, ...], form: str, on: date) -> None:
    """Report every problem in files or portfolios.

    PATHS are portfolio folders, or single files of any kind that casebook reads. Each problem is
    shown with its place, a code that docs/findings.md explains, and what to do about it. Ends
    with 1 when there is an error; warnings alone end with 0.
    """
    checked = check_paths(paths, on)
    if form == "json":
        say_json(report_values(checked.report))
    elif form == "github":
        say(github_report(checked.report))
    else:
        say_report(checked)
    raise SystemExit(0 if checked.report.acceptable else 1)
