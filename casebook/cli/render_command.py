"""``casebook render``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import EXISTING, date_option, force_option, write_findings
from casebook.cli.terminal import progress, progress_done, say
from casebook.workflow.render import Form, render_path


@click.command("render")
@click.argument("path", type=EXISTING)
@click.option(
    "-o", "--output", type=EXISTING, default=None,
    help="The folder for the pages; build/ in the portfolio when left out.",
)  # fmt: skip
@click.option("--pdf", "forms", flag_value="pdf", help="Make PDFs alone.")
@click.option("--html", "forms", flag_value="html", help="Make HTML pages alone.")
@date_option
@force_option
def render_command(
    path: Path, output: Path | None, forms: Form | None, on: date, force: bool
) -> None:
    """Make the PDF and HTML pages.

    PATH is a case study, an observed session, or a portfolio folder; a portfolio also gets its
    packet. A draft can be rendered too, as long as its files can be read. Prints the files made.
    """
    try:
        rendering = render_path(
            path,
            on,
            output=output,
            forms=(forms,) if forms else ("pdf", "html"),
            force=force,
            progress=progress(),
        )
    finally:
        progress_done()
    if not rendering.written:
        write_findings(rendering.checked.report, rendering.checked.sources, to_stdout=False)
        raise SystemExit(1)
    for made in rendering.written:
        say(str(made))
