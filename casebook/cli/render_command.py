"""``casebook render``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import PATH, date_option, force_option, format_option, tell_report
from casebook.cli.terminal import clean, complain, dress, progress, say, say_json, tell
from casebook.diagnostics.writers import report_values, summary_line
from casebook.workflow.render import Form, render_path


@click.command("render")
@click.argument("path", type=PATH)
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The folder for the pages; build/ in the portfolio when left out.",
)  # fmt: skip
@click.option("--pdf", "pages", flag_value="pdf", help="Make PDFs alone.")
@click.option("--html", "pages", flag_value="html", help="Make HTML pages alone.")
@date_option
@force_option
@format_option
def render_command(
    path: Path, *, output: Path | None, pages: Form | None, on: date, force: bool, form: str
) -> None:
    """Make the PDF and HTML pages.

    PATH is a case study, an observed session, or a portfolio folder; a portfolio also gets its
    packet. A draft can be rendered too, as long as its files can be read. Prints the files made;
    ends with 1, and the findings, when pages would lack something.
    """
    with progress() as tell_progress:
        rendering = render_path(
            path,
            on,
            output=output,
            forms=(pages,) if pages else ("pdf", "html"),
            force=force,
            progress=tell_progress,
        )
    report = rendering.checked.report
    if form == "json":
        written = [str(made) for made in rendering.written]
        say_json({"written": written, **report_values(report)})
    elif rendering.written:
        for made in rendering.written:
            say(clean(made))
        if report.findings:
            tell(f"{summary_line(report, dress)}; see {dress(f'casebook check {path}', 'hint')}")
    else:
        tell_report(rendering.checked)
    if not rendering.written:
        complain("no pages are made", "mend what cannot be read, then render again")
        raise SystemExit(1)
