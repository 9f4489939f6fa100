"""``casebook advance``."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from casebook.cli.options import (
    DAY,
    PATH,
    date_option,
    format_option,
    program_option,
    signers_at,
    signers_option,
    tell_report,
)
from casebook.cli.output.advance_text import advancing_text
from casebook.cli.terminal import complain, say, say_json
from casebook.workflow.advance import Advancing, Aim, advance_candidates


@click.command("advance")
@click.argument("results", nargs=-1, required=True, type=PATH)
@click.option(
    "--level",
    type=int,
    default=None,
    help="The level to go on from, instead of the highest one with a result.",
)
@click.option(
    "--class",
    "class_on",
    type=DAY,
    default=None,
    help="The first day of the next level's class, to see whether the certificate suits it.",
)
@signers_option
@date_option
@program_option
@format_option
def advance_command(
    *,
    results: tuple[Path, ...],
    level: int | None,
    class_on: date | None,
    signers_path: Path | None,
    on: date,
    program_path: Path | None,
    form: str,
) -> None:
    """Say who is certified, and who may go on to the next level.

    RESULTS are issued results, or folders of them, of one candidate or many; where a result was
    followed by another, the newest counts. Each requirement of the next level is told with why,
    what next, and the earliest date. Ends with 0 when everybody may go on or has reached the last
    level, and with 1 otherwise; what is only advised changes nothing. Results of one version of a
    program have to be by the same rules. With --signers, a result counts that one of them has
    signed.
    """
    signers = signers_at(signers_path, on)
    advancing = advance_candidates(results, Aim(on, level, class_on), program_path, signers)
    tell_report(advancing.checked)
    if form == "json":
        say_json(_values(advancing))
    else:
        if advancing.candidates:
            say(advancing_text(advancing))
        for sentence in (*advancing.left_out, *advancing.gaps):
            complain(sentence)
    raise SystemExit(0 if advancing.goes_on else 1)


def _values(advancing: Advancing) -> dict[str, Any]:
    return {
        "goes_on": advancing.goes_on,
        "candidates": [
            {
                "certified": each.certified,
                "goes_on": each.goes_on,
                **each.model_dump(mode="json", exclude_none=True),
            }
            for each in advancing.candidates
        ],
        "left_out": advancing.left_out,
        "gaps": advancing.gaps,
    }
