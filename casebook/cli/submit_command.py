"""``casebook submit``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import PATH, date_option, force_option, format_option, tell_report
from casebook.cli.terminal import clean, complain, dress, progress, say, say_json
from casebook.diagnostics.writers import report_values
from casebook.render.together import second_process
from casebook.workflow.submit import Submitted, submit


@click.command("submit")
@click.argument("folder", type=PATH)
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The submission to make; build/submission.zip in the portfolio when left out.",
)  # fmt: skip
@date_option
@force_option
@format_option
def submit_command(folder: Path, *, output: Path | None, on: date, force: bool, form: str) -> None:
    """Check, score, render and bundle a portfolio: the main job.

    FOLDER is the portfolio. Refuses, with every finding, when the portfolio is not acceptable as
    it stands; otherwise makes one zip that holds the sources, the attachments, the PDFs and the
    results. The same folder and --date give the same bytes.
    """
    with progress() as tell_progress, second_process() as second:
        done = submit(folder, on, output=output, force=force, progress=tell_progress, second=second)
    if form == "json":
        say_json(_values(done))
    else:
        tell_report(done.checked)
        for line in _lines(done):
            say(line)
    if done.path is None:
        complain("nothing is submitted", "mend the errors above, then submit again")
        raise SystemExit(1)


def _lines(done: Submitted) -> list[str]:
    lines = []
    for evaluation in done.evaluations:
        percent = f" {evaluation.shown_percent} %" if evaluation.shown_percent else ""
        lines.append(f"{clean(evaluation.work)}: {evaluation.result}{percent}")
    if done.path is not None:
        size = done.path.stat().st_size / 1000
        lines.append(f"{dress(str(done.path), 'good')}  {dress(f'{size:,.0f} kB', 'dim')}")
    return lines


def _values(done: Submitted) -> dict[str, object]:
    return {
        "submitted": done.path is not None,
        "path": str(done.path) if done.path else None,
        "results": {each.work: each.result for each in done.evaluations},
        **report_values(done.checked.report),
    }
