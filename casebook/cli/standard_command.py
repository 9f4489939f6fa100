"""``casebook standard``."""

import re
from pathlib import Path
from typing import Any, Final

import click

from casebook.cli.options import (
    PATH,
    force_option,
    format_option,
    program_option,
    signers_at,
    signers_option,
    tell_report,
)
from casebook.cli.output.standard_text import standard_text
from casebook.cli.output.standard_values import standard_values
from casebook.cli.terminal import clean, say, say_json, tell
from casebook.errors import UsageError
from casebook.workflow.statistics.standard import set_standard
from casebook.workflow.statistics.standard_choices import METHODS, Choices, Method
from casebook.workflow.statistics.standard_picture import check_picture, write_picture

_NUMBER: Final = re.compile(r"[-+]?\d{1,9}(?:\.\d{1,9})?")


@click.command("standard")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--method", type=click.Choice(METHODS), required=True, metavar="METHOD",
    help="How to find the cut; see above.",
)  # fmt: skip
@click.option(
    "--borderline", metavar="ID", default=None,
    help="The global rating that means just good enough; the one called borderline if left out.",
)  # fmt: skip
@click.option(
    "--position", "positions", metavar="ID=NUMBER", multiple=True,
    help="Where a global rating lies on its scale, instead of the rubric's own position.",
)  # fmt: skip
@click.option(
    "--failing", metavar="ID", multiple=True,
    help="A rating that means clearly failing; all below borderline if left out.",
)  # fmt: skip
@click.option(
    "--passing", metavar="ID", multiple=True,
    help="A rating that means clearly passing; all above borderline if left out.",
)  # fmt: skip
@click.option(
    "--rubric", "rubric_id", metavar="ID", default=None,
    help="The rubric to take where files of several are given, or that the judges judged by.",
)  # fmt: skip
@signers_option
@program_option
@click.option(
    "--picture", type=PATH, default=None, help="The SVG file to draw borderline regression in."
)
@force_option
@format_option
def standard_command(
    paths: tuple[Path, ...],
    *,
    method: Method,
    borderline: str | None,
    positions: tuple[str, ...],
    failing: tuple[str, ...],
    passing: tuple[str, ...],
    rubric_id: str | None,
    signers_path: Path | None,
    program_path: Path | None,
    picture: Path | None,
    force: bool,
    form: str,
) -> None:
    """Propose a pass mark, from marks or from judges' estimates.

    PATHS are mark sheets, observed sessions and folders of them. For the methods of Angoff they
    are one CSV file with the columns round, judge, item, expected, and sheets to try the proposal
    on.

    \b
    borderline-regression  the total at borderline, on a line through all sheets
    borderline-group       the mean total of the sheets rated borderline
    contrasting-groups     where clearly failing and clearly passing part best
    angoff                 what judges expect of somebody who is just good enough
    modified-angoff        the same before and after a discussion

    It is only a proposal: nothing is written but the picture. With --signers, marks count that are
    sealed and signed by their grader. Ends with 1 when the method refuses, or when a file has
    faults.
    """  # noqa: D301 - click reads the backspace character as: leave these lines as they are
    choices = Choices(
        borderline=borderline,
        positions=_positions(positions),
        failing=failing,
        passing=passing,
        program_path=program_path,
        rubric_id=rubric_id,
        signers=signers_at(signers_path),
    )
    if picture is not None:
        check_picture(picture, method)
    setting = set_standard(paths, method, choices)
    drawn = picture is not None and write_picture(setting, picture, force=force)
    tell_report(setting.checked)
    if form == "json":
        say_json(_with_picture(standard_values(setting), picture if drawn else None))
    else:
        say(standard_text(setting))
        if drawn:
            tell(f"drawn: {clean(picture)}")
    refused = setting.proposal is None
    raise SystemExit(1 if refused or not setting.checked.report.acceptable else 0)


def _with_picture(values: dict[str, Any], picture: Path | None) -> dict[str, Any]:
    return values | ({"picture": str(picture)} if picture else {})


def _positions(written: tuple[str, ...]) -> dict[str, float]:
    positions: dict[str, float] = {}
    for each in written:
        rating, sign, number = (part.strip() for part in each.partition("="))
        if not (rating and sign and _NUMBER.fullmatch(number)):
            raise UsageError(
                f"--position {each!r} is not a rating and a number",
                hint="write it as borderline=0.33",
            )
        if rating in positions:
            raise UsageError(f"--position gives `{rating}` two positions", hint="keep one of them")
        positions[rating] = float(number)
    return positions
