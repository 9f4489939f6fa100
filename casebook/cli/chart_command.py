"""``casebook chart``."""

from pathlib import Path

import click

from casebook.cli.options import PATH, force_option, program_option, tell_report
from casebook.cli.terminal import clean, complain, say
from casebook.workflow.chart import CHART_KINDS, ChartKind, chart_path, write_chart


@click.command("chart")
@click.argument("path", type=PATH)
@click.option("--kind", type=click.Choice(CHART_KINDS), required=True, help="Which chart to draw.")
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The SVG file to write; to stdout when left out.",
)  # fmt: skip
@program_option
@force_option
def chart_command(
    path: Path, *, kind: ChartKind, output: Path | None, program_path: Path | None, force: bool
) -> None:
    """Draw a chart as an SVG picture.

    \b
    Of a case study:         map, body, outcomes
    Of an observed session:  map, body, timeline, scores
    Of a mark sheet:         scores

    The map shows which structure does whose work, and what the retests found after its release;
    body, where these structures lie; the timeline, how each cycle kept its window; outcomes, each
    measure and range of motion by day, beside the change that matters and the error of
    measurement; scores, each criterion, and the total beside the pass mark. Ends with 1, and the
    findings, when the file has faults that come first.
    """  # noqa: D301 - click reads the backspace character as: leave these lines as they are
    charting = chart_path(path, kind, program_path)
    if charting.drawn is None:
        tell_report(charting.checked)
        complain(
            "no chart is drawn: the faults of the file come first", "mend them, then try again"
        )
        raise SystemExit(1)
    if output is None:
        click.echo(charting.drawn.encode("utf-8"), nl=False)
        return
    write_chart(charting.drawn, output, path, force=force)
    say(clean(output))
