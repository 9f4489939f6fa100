"""``casebook rubric``."""

import sys
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from casebook.cli.options import (
    PATH,
    date_option,
    force_option,
    format_option,
    tell_report,
)
from casebook.cli.output.rubric_text import comments_text, comparison_text, comparison_values
from casebook.cli.terminal import clean, complain, dress, say, say_json, tell, width_of
from casebook.diagnostics.finding import Report
from casebook.diagnostics.writers import report_values
from casebook.domain.program.rubric import WorkKind
from casebook.exchange.adoption import Wishes
from casebook.exchange.foreign import RubricFormat
from casebook.workflow.rubrics.exchange import export_rubric, import_rubric, write_imported
from casebook.workflow.rubrics.finding import FoundRubric, comments_on, diff_rubrics, find_rubric

_FORMATS: Final = click.Choice(["canvas", "moodle", "case"])
_NOTE: Final = "note:"
_JUDGES: Final = click.Choice(["case-study", "observation"])

_Command = Callable[..., Any]


def _output_option(help_text: str) -> Callable[[_Command], _Command]:
    return click.option("-o", "--output", type=PATH, required=True, help=help_text)


@click.group("rubric")
def rubric_command() -> None:
    """Compare, import and export rubrics; list reusable comments."""


@rubric_command.command("diff")
@click.argument("old")
@click.argument("new")
@format_option
def diff_command(old: str, new: str, form: str) -> None:
    """Tell what differs between two rubrics.

    Says of each difference whether a result could change by it. OLD and NEW are rubric files, or
    program:rubric such as nkt:case-study. A finished result carries the digest of the rubric it
    was reached by, and stays as it is. Ends with 1 when the two differ.
    """
    found = [find_rubric(each) for each in (old, new)]
    rubrics = [each.rubric for each in found if each.rubric is not None]
    if len(rubrics) < len(found):
        _stop_at_faults(found, form, "nothing is compared")
    comparison = diff_rubrics(*rubrics)
    if form == "json":
        say_json(comparison_values(comparison))
    else:
        say(comparison_text(comparison))
    raise SystemExit(1 if comparison.changes else 0)


@rubric_command.command("import")
@click.argument("path", metavar="FILE", type=PATH)
@click.option(
    "--from", "source", type=_FORMATS, default=None,
    help="The format of the file; told by its content when left out.",
)  # fmt: skip
@click.option(
    "--rubric", "name", default=None, help="The title of the one meant, where a file holds several."
)
@click.option("--id", "rubric_id", default=None, help="The id to give it; made of its title else.")
@click.option(
    "--judges", type=_JUDGES, default=None, help="What it judges; case-study when left out."
)
@click.option(
    "--pass-percent", type=click.FloatRange(0, 100), default=None,
    help="The percentage from which the work passes, which few formats hold.",
)  # fmt: skip
@_output_option("The rubric file to write, such as rubric.yaml.")
@force_option
@format_option
def import_command(
    path: Path,
    *,
    source: RubricFormat | None,
    name: str | None,
    rubric_id: str | None,
    judges: WorkKind | None,
    pass_percent: float | None,
    output: Path,
    force: bool,
    form: str,
) -> None:
    """Make a rubric of one from Canvas, Moodle or a CASE framework.

    FILE is a Canvas rubric CSV, a Moodle-style CSV (criterion, level, level_description, score),
    or 1EdTech CASE JSON. Says on stderr everything that could not be kept as it was. Ends with 1,
    and the findings, when the file holds no rubric that can be read.
    """
    imported = import_rubric(path, Wishes(rubric_id, judges, pass_percent), source, name)
    if imported.rubric is None:
        if form == "json":
            say_json({"written": None, "changes": [], **report_values(imported.checked.report)})
        else:
            tell_report(imported.checked)
        complain("no rubric is written", "mend the file, or export it again from its program")
        raise SystemExit(1)
    write_imported(imported, output, path, force=force)
    _say_written(output, imported.changes, form, "changes")


@rubric_command.command("export")
@click.argument("rubric")
@click.option("--to", type=_FORMATS, required=True, help="The format to write.")
@_output_option("The file to write: .csv for canvas and moodle, .json for case.")
@date_option
@force_option
@format_option
def export_command(
    rubric: str, *, to: RubricFormat, output: Path, on: date, force: bool, form: str
) -> None:
    """Write a rubric as Canvas, Moodle or CASE frameworks read it.

    RUBRIC is a rubric's file, or program:rubric such as nkt:case-study. Says on stderr what the
    other program will not get.
    """
    found = find_rubric(rubric)
    if found.rubric is None:
        _stop_at_faults([found], form, "no file is written")
    losses = export_rubric(found.rubric, to, output, on, force=force)
    _say_written(output, losses, form, "losses")


@rubric_command.command("comments")
@click.argument("rubric")
@click.option("--bank", type=PATH, default=None, help="A comment bank's file, not the program's.")
@format_option
def comments_command(rubric: str, bank: Path | None, form: str) -> None:
    """List the comments that graders reuse with a rubric.

    RUBRIC is program:rubric such as nkt:case-study; with --bank, a rubric's file will do. A mark
    names a comment by the id that stands before it.
    """
    judged, comments = comments_on(rubric, bank)
    if form == "json":
        say_json(comments.model_dump(mode="json", exclude_none=True))
    else:
        say(comments_text(judged, comments))


def _say_written(output: Path, said: tuple[str, ...], form: str, key: str) -> None:
    if form == "json":
        say_json({"written": str(output), key: list(said)})
        return
    say(clean(output))
    width = width_of(sys.stderr)
    for each in said:
        note = f"{_NOTE} {clean(each)}"
        lines = textwrap.wrap(note, width, subsequent_indent="  ") if width else [note]
        tell("\n".join((f"{dress(_NOTE, 'note')}{lines[0].removeprefix(_NOTE)}", *lines[1:])))


def _stop_at_faults(found: list[FoundRubric], form: str, outcome: str) -> NoReturn:
    reports = [each.checked for each in found if each.rubric is None]
    if form == "json":
        findings = [each for one in reports for each in one.report.findings]
        say_json(report_values(Report.of(findings, len(reports))))
    else:
        for each in reports:
            tell_report(each)
    complain(f"{outcome}: the faults of the rubric come first", "mend them, then try again")
    raise SystemExit(1)
