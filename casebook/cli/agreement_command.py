"""``casebook agreement``."""

from pathlib import Path

import click

from casebook.cli.options import (
    PATH,
    program_option,
    signers_at,
    signers_option,
    table_format_option,
    tell_report,
)
from casebook.cli.terminal import complain, say, say_json
from casebook.workflow.statistics.agreement import measure_agreement


@click.command("agreement")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@table_format_option
@click.option("--details", is_flag=True, help="In text, show every figure of each criterion too.")
@signers_option
@program_option
def agreement_command(
    paths: tuple[Path, ...],
    *,
    form: str,
    details: bool,
    signers_path: Path | None,
    program_path: Path | None,
) -> None:
    """Say how far graders agree, and how far to trust their marks.

    PATHS are mark sheets, sealed marks, and folders that are searched for them. Sheets of one
    rubric are compared with one another: percent agreement, kappas, Krippendorff's alpha,
    intraclass correlations, phi with the number of graders that would be enough, the standard
    error, and the severity of each grader, each with its 95 % interval. What too few marks stand
    behind is refused with its reason. With --signers, marks count that are sealed and signed by
    their grader. Ends with 1 when a sheet or a mark does not count, or nothing can be compared.
    """
    reading = measure_agreement(paths, program_path, signers_at(signers_path))
    tell_report(reading.checked)
    if form == "text":
        from casebook.cli.output.agreement_text import agreement_text

        say(agreement_text(reading, details=details))
    else:
        from casebook.cli.output.agreement_values import agreement_table, agreement_values

        if form == "json":
            say_json(agreement_values(reading))
        else:
            from casebook.exchange.tables import csv_bytes

            click.echo(csv_bytes(agreement_table(reading)), nl=False)
        for each in reading.left_out:
            complain(f"{each.path} is left out: {each.why}")
    raise SystemExit(0 if reading.is_whole else 1)
