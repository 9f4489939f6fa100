"""``casebook check``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import PATH, date_given, date_option, say_report
from casebook.cli.terminal import dress, say, say_json, tell, typed
from casebook.cli.watching import watch_option, watch_turns
from casebook.diagnostics.writers import github_report, report_values
from casebook.workflow.check import check_paths
from casebook.workflow.examination import Checked

_MANY_FINDINGS = 30


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
@watch_option
@date_option
@click.pass_context
def check_command(
    ctx: click.Context, paths: tuple[Path, ...], *, form: str, watch: bool, on: date
) -> None:
    """Report every problem in files or portfolios.

    PATHS are portfolio folders, or single files of any kind that casebook reads. Each problem is
    shown with its place, a code that docs/findings.md explains, and what to do about it. Ends
    with 1 when there is an error; warnings alone end with 0.
    """
    if watch:
        watch_turns(paths, lambda: _say(ctx, paths, check_paths(paths, on), form))
        return
    checked = check_paths(paths, on)
    _say(ctx, paths, checked, form)
    raise SystemExit(0 if checked.report.acceptable else 1)


def _say(
    ctx: click.Context, paths: tuple[Path, ...], checked: Checked, form: str
) -> tuple[Path, ...]:
    """Say what was found; it writes no file."""
    if form == "json":
        say_json(report_values(checked.report))
    elif form == "github":
        say(github_report(checked.report))
    else:
        say_report(checked)
        if first := _file_to_begin_with(paths, checked):
            one = dress(f"casebook check {typed(first)}{date_given(ctx)}", "hint")
            tell(f"one file at a time: {one}")
    return ()


def _file_to_begin_with(paths: tuple[Path, ...], checked: Checked) -> str | None:
    """The first file with a finding, where a folder has too many findings to read at once."""
    findings = checked.report.findings
    found = {each.place.path for each in findings}
    if len(findings) < _MANY_FINDINGS or len(found) == 1 or not any(map(Path.is_dir, paths)):
        return None
    return findings[0].place.path
