"""``casebook submit``."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from casebook.cli.options import EXISTING, date_option, force_option, format_option, write_findings
from casebook.cli.terminal import complain, dress, progress, progress_done, say
from casebook.diagnostics.finding import Report
from casebook.diagnostics.writers import report_values
from casebook.render.together import second_process
from casebook.workflow.submit import Submitted, submit


@click.command("submit")
@click.argument("folder", type=EXISTING)
@click.option(
    "-o", "--output", type=EXISTING, default=None,
    help="The submission to make; build/submission.zip in the portfolio when left out.",
)  # fmt: skip
@date_option
@force_option
@format_option
def submit_command(folder: Path, output: Path | None, on: date, force: bool, form: str) -> None:
    """Check, score, render and bundle a portfolio: the main job.

    FOLDER is the portfolio. Refuses, with every finding, when the portfolio is not acceptable as
    it stands; otherwise makes one zip that holds the sources, the attachments, the PDFs and the
    results. The same folder and --date give the same bytes.
    """
    try:
        with second_process() as second:
            done = submit(
                folder, on, output=output, force=force, progress=progress(), second=second
            )
    finally:
        progress_done()
    shown = _below(folder, done.report)
    if form == "json":
        say(json.dumps(_values(done, shown), indent=2, ensure_ascii=False))
    else:
        sources = {os.path.normpath(folder / name): text for name, text in done.sources.items()}
        write_findings(shown, sources, to_stdout=False)
        for evaluation in done.evaluations:
            percent = "" if evaluation.percent is None else f" {evaluation.percent:.1f} %"
            say(f"{evaluation.work}: {evaluation.result}{percent}")
        if done.path is not None:
            size = done.path.stat().st_size / 1000
            say(f"{dress(str(done.path), 'good')}  {size:,.0f} kB")
    if done.path is None:
        complain("nothing is submitted", "mend the errors above, then submit again")
        raise SystemExit(1)


def _below(folder: Path, report: Report) -> Report:
    findings = (
        replace(each, place=replace(each.place, path=os.path.normpath(folder / each.place.path)))
        for each in report.findings
    )
    return Report.of(findings, report.files)


def _values(done: Submitted, shown: Report) -> dict[str, object]:
    return {
        "submitted": done.path is not None,
        "path": str(done.path) if done.path else None,
        "results": {each.work: each.result for each in done.evaluations},
        **report_values(shown),
    }
