"""``casebook score``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import PATH, date_option, format_option, program_option, tell_report
from casebook.cli.output.cautions import tell_cautions
from casebook.cli.output.score_text import evaluation_text
from casebook.cli.terminal import complain, say, say_json
from casebook.diagnostics.finding import Report
from casebook.workflow.examination import Checked
from casebook.workflow.plain_values import scoring_values
from casebook.workflow.received import receive
from casebook.workflow.score import IN_EVALUATIONS, Scoring, score_path


@click.command("score")
@click.argument("path", type=PATH)
@format_option
@date_option
@program_option
@click.option(
    "--submission", type=PATH, default=None,
    help="The submission that a mark sheet is about, for criteria taken from a session's protocol.",
)  # fmt: skip
def score_command(
    path: Path, form: str, on: date, program_path: Path | None, submission: Path | None
) -> None:
    """Score an observed session or a grader's mark sheet.

    PATH is an observation, a mark sheet, or a portfolio folder with its observed sessions. Shows
    the protocol's cycles and their timing, each criterion's level, and the result with its
    reasons; as JSON, several works are listed below the result of all of them. Ends with 0 for a
    pass, and with 1 for a fail or while a result is incomplete.
    """
    received = receive(submission, on, program_path) if submission else None
    scoring = score_path(path, on, program_path, received.marked() if received else None)
    tell_report(_beside_evaluations(scoring))
    if form == "json":
        say_json(scoring_values(scoring))
    else:
        for number, work in enumerate(scoring.works):
            say(evaluation_text(work) if number == 0 else f"\n{evaluation_text(work)}")
    for sentence in scoring.unscored:
        complain(sentence)
    if received is not None and (says := received.rules_believed):
        tell_cautions([(received.path, says)])
    raise SystemExit(0 if scoring.result == "pass" else 1)


def _beside_evaluations(scoring: Scoring) -> Checked:
    """What was found, without what the evaluations say too."""
    report = scoring.checked.report
    if scoring.works:
        left = (each for each in report.findings if each.code not in IN_EVALUATIONS)
        report = Report.of(left, report.files)
    return Checked(report, scoring.checked.sources)
