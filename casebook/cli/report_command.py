"""``casebook report``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook.cli.options import (
    PATH,
    force_option,
    format_option,
    program_option,
    signers_at,
    signers_option,
    table_format_option,
    tell_report,
)
from casebook.cli.page_options import html_option, pdf_option, theme_option
from casebook.cli.terminal import clean, complain, progress, say, say_json, tell
from casebook.domain.program.look import Theme

if TYPE_CHECKING:
    from casebook.workflow.render import Form
    from casebook.workflow.reporting.office import Rows

results_argument = click.argument("results", nargs=-1, required=True, type=PATH)


@click.group("report")
def report_command() -> None:
    """Make feedback reports, and summaries of graders and results."""


@report_command.command("feedback")
@results_argument
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The folder for the reports; beside each result when left out.",
)  # fmt: skip
@pdf_option
@html_option
@theme_option
@click.option(
    "--program", "program_path", type=PATH, default=None,
    help="The program whose logo and present look the reports take.",
)  # fmt: skip
@signers_option
@force_option
@format_option
def feedback_command(
    results: tuple[Path, ...],
    *,
    output: Path | None,
    pages: "Form | None",
    theme: Theme | None,
    program_path: Path | None,
    signers_path: Path | None,
    force: bool,
    form: str,
) -> None:
    """Make each candidate's feedback report on a result.

    RESULTS are issued results, and folders that hold some. A report gives the result with its
    reasons, what to do next and until when an appeal is possible, and each criterion with the
    level reached, the next one and what graders wrote. With --signers, a result has to be signed
    by one of them. Prints the files made; ends with 1 when a result has none.
    """
    from casebook.workflow.reporting.feedback import make_feedback

    signers = signers_at(signers_path)
    with progress() as tell_progress:
        made = make_feedback(
            results,
            output=output,
            forms=(pages,) if pages else ("pdf", "html"),
            program_path=program_path,
            theme=theme,
            force=force,
            progress=tell_progress,
            signers=signers,
        )
    tell_report(made.checked)
    for path in made.withheld:
        complain(
            f"{path} is not complete, and nothing is released before it is",
            "`casebook moderate` says whose mark is needed",
        )
    if made.other_rules:
        count = len(made.other_rules)
        which = "a result was" if count == 1 else f"{count} results were"
        tell(f"{which} made by another version of the program; only its look was taken")
    if form == "json":
        say_json({"written": [str(each) for each in made.written], "withheld": made.withheld})
    else:
        for each in made.written:
            say(clean(each))
    raise SystemExit(0 if made.checked.report.acceptable and not made.withheld else 1)


@report_command.command("graders")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--grader", default=None, help="The id or name of the only grader to sum up.")
@signers_option
@table_format_option
@program_option
def graders_command(
    paths: tuple[Path, ...],
    *,
    grader: str | None,
    signers_path: Path | None,
    form: str,
    program_path: Path | None,
) -> None:
    """Sum up what each grader marked, beside what was agreed.

    PATHS are issued results, sealed marks, mark sheets, and folders that are searched for them.
    Sealed marks without a result stay closed: only their days and changes are counted. With
    --signers, results have to be signed by one of them, and marks sealed and signed by their
    grader. Ends with 1 when a file could not be counted.
    """
    from casebook.cli.output.report_text import graders_table, graders_text, graders_values
    from casebook.workflow.reporting.graders import sum_up_graders

    summary = sum_up_graders(paths, program_path, grader, signers_at(signers_path))
    tell_report(summary.checked)
    for each in summary.left_out:
        complain(f"{each.path} is left out: {each.why}")
    if form == "json":
        say_json(graders_values(summary))
    elif form == "csv":
        from casebook.exchange.tables import csv_bytes

        click.echo(csv_bytes(graders_table(summary)), nl=False)
    else:
        say(graders_text(summary))
    raise SystemExit(0 if summary.checked.report.acceptable and not summary.left_out else 1)


@report_command.command("office")
@results_argument
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The file for the tables: .xlsx for a workbook of both, .csv for one of them.",
)  # fmt: skip
@click.option(
    "--rows", type=click.Choice(["submissions", "works"]), default="submissions",
    show_default=True, help="Which table a CSV file holds.",
)  # fmt: skip
@signers_option
@force_option
@format_option
def office_command(
    results: tuple[Path, ...],
    *,
    output: Path | None,
    rows: "Rows",
    signers_path: Path | None,
    force: bool,
    form: str,
) -> None:
    """Sum up results in figures, and as tables for a spreadsheet.

    RESULTS are issued results, and folders that hold some. The tables have a row for each
    submission and for each piece of work; a result that an appeal has replaced says so. With
    --signers, a result has to be signed by one of them. Ends with 1 when a file could not be read.
    """
    from casebook.cli.output.report_text import office_text, office_values
    from casebook.workflow.reporting.office import sum_up_results, write_tables

    summary = sum_up_results(results, output, signers_at(signers_path))
    if output is not None:
        write_tables(summary, output, rows=rows, force=force)
    tell_report(summary.checked)
    if form == "json":
        written = [] if output is None else [str(output)]
        say_json({"written": written, **office_values(summary)})
    else:
        say(office_text(summary.overview))
        if output is not None:
            tell(f"written: {clean(output)}")
    raise SystemExit(0 if summary.checked.report.acceptable else 1)
