"""Options of the commands that make pages."""

import click

from casebook.domain.program.look import THEMES

pdf_option = click.option("--pdf", "pages", flag_value="pdf", help="Make PDFs alone.")
html_option = click.option("--html", "pages", flag_value="html", help="Make HTML pages alone.")
theme_option = click.option(
    "--theme",
    type=click.Choice(THEMES),
    default=None,
    help="Another look than the program's: journal, clinic, or large (large print).",
)
