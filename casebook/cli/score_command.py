"""``casebook score``."""

import json
from datetime import date
from pathlib import Path

import click

from casebook.cli.options import (
    EXISTING,
    date_option,
    format_option,
    program_option,
    write_findings,
)
from casebook.cli.score_text import evaluation_text
from casebook.cli.terminal import say
from casebook.workflow.score import score_path


@click.command("score")
@click.argument("path", type=EXISTING)
@format_option
@date_option
@program_option
def score_command(path: Path, form: str, on: date, program_path: Path | None) -> None:
    """Score an observed session or a grader's mark sheet.

    PATH is an observation, a mark sheet, or a portfolio folder with its observed sessions. Shows
    the protocol's cycles and their timing, each criterion's level, and the result with its
    reasons. Ends with 0 for a pass, and with 1 for a fail or while a result is incomplete.
    """
    scoring = score_path(path, on, program_path)
    write_findings(scoring.checked.report, scoring.checked.sources, to_stdout=False)
    if form == "json":
        values = [each.model_dump(mode="json", exclude_none=True) for each in scoring.evaluations]
        single = not path.is_dir() and len(values) == 1
        say(json.dumps(values[0] if single else values, indent=2, ensure_ascii=False))
    else:
        for evaluation in scoring.evaluations:
            say(evaluation_text(evaluation))
    raise SystemExit(0 if scoring.passed else 1)
