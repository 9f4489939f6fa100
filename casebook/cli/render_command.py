"""``casebook render``."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from casebook.cli.options import (
    PATH,
    date_given,
    date_option,
    force_option,
    format_option,
    tell_report,
)
from casebook.cli.page_options import html_option, pdf_option, theme_option
from casebook.cli.presses import no_cache_option, presses_for
from casebook.cli.terminal import clean, complain, dress, progress, say, say_json, tell, typed
from casebook.cli.watching import watch_option, watch_turns
from casebook.diagnostics.writers import summary_line
from casebook.domain.program.look import Theme
from casebook.workflow.examination import Checked
from casebook.workflow.plain_values import rendering_values
from casebook.workflow.render import Form, Rendering, render_path


@click.command("render")
@click.argument("path", type=PATH)
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The folder for the pages; build/ in the portfolio when left out.",
)  # fmt: skip
@pdf_option
@html_option
@theme_option
@click.option(
    "--no-sources",
    "bare",
    is_flag=True,
    help="Leave your files out of the packet's PDF: for one that is passed on.",
)
@watch_option
@no_cache_option
@date_option
@force_option
@format_option
@click.pass_context
def render_command(
    ctx: click.Context,
    path: Path,
    *,
    output: Path | None,
    pages: Form | None,
    theme: Theme | None,
    bare: bool,
    watch: bool,
    no_cache: bool,
    on: date,
    force: bool,
    form: str,
) -> None:
    """Make the PDF and HTML pages.

    PATH is a case study, an observed session, or a portfolio folder; a portfolio also gets its
    packet, whose PDF carries the files it was made of. A draft can be rendered
    too, as long as its files can be read. Prints the files made; ends with 1, and the findings
    that stop it, when pages would lack something.
    """
    with presses_for(path, no_cache=no_cache) as presses:

        def turn() -> Rendering:
            with progress() as tell_progress:
                rendering = render_path(
                    path, on,
                    output=output, forms=(pages,) if pages else ("pdf", "html"), theme=theme,
                    sources=not bare, force=force, progress=tell_progress, presses=presses,
                )  # fmt: skip
            _say(ctx, path, rendering, rendering.changed if watch else rendering.written, form)
            return rendering

        if watch:
            watch_turns([path], lambda: turn().written, presses.start)
            return
        rendering = turn()
    if not rendering.written:
        raise SystemExit(1)


def _say(
    ctx: click.Context, path: Path, rendering: Rendering, pages: Iterable[Path], form: str
) -> None:
    """Say which pages were made, and what was found."""
    report = rendering.checked.report
    if form == "json":
        written = [str(made) for made in pages]
        say_json({**rendering_values(rendering), "written": written})
    elif rendering.written:
        for made in pages:
            say(clean(made))
        if rendering.withheld:
            tell(
                "the packet carries no sources while a client's consent is missing or does not hold"
            )
        if report.findings:
            check = f"casebook check {typed(path)}{date_given(ctx)}"
            tell(f"{summary_line(report, dress)}; see {dress(check, 'hint')}")
    else:
        tell_report(Checked(rendering.stopping, rendering.checked.sources))
    if not rendering.written:
        complain(*_stopped(rendering))


def _stopped(rendering: Rendering) -> tuple[str, str]:
    """That no pages were made, and what to do about it."""
    count = len(rendering.stopping.findings)
    which = "the finding above stops" if count == 1 else f"the {count} findings above stop"
    advice = "mend that, then render again"
    if rendering.readable is not None:
        advice += f"; one case alone can be made already: `casebook render {rendering.readable}`"
    return f"no pages are made: {which} them", advice
