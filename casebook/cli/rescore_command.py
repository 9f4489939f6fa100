"""``casebook rescore``."""

from pathlib import Path
from typing import Final, NoReturn

import click

from casebook.cli.options import (
    PATH,
    program_option,
    signers_at,
    signers_option,
    table_format_option,
    tell_report,
)
from casebook.cli.terminal import clean, complain, say, say_json, tell
from casebook.workflow.rubrics.finding import FoundRubric, find_rubric
from casebook.workflow.rubrics.rescoring import Rescoring, rescore_results

_NAMED: Final = 3
"""How many files of one reason are named."""


@click.command("rescore")
@click.argument("results", nargs=-1, required=True, type=PATH)
@click.option(
    "--rubric", required=True,
    help="The rubric to try: its file, or program:rubric such as nkt:case-study.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="List results too that would stay as they are.")
@table_format_option
@signers_option
@program_option
def rescore_command(
    results: tuple[Path, ...],
    *,
    rubric: str,
    every: bool,
    form: str,
    signers_path: Path | None,
    program_path: Path | None,
) -> None:
    """Preview what another wording of a rubric would change.

    RESULTS are issued results, and folders that hold some; where a result was followed by
    another, the newest counts. The levels that the graders gave are held against the rubric and
    moderated again by the program's policy. Nothing is ever written: a finished result stays what
    it is. With --signers, a result has to be signed by one of them. Ends with 0 when every result
    and every total would stay, and with 1 when one would not, or could not be looked at.
    """
    signers = signers_at(signers_path)
    found = find_rubric(rubric)
    if found.rubric is None:
        _stop_at_faults(found, form)
    rescoring = rescore_results(results, found.rubric, program_path, signers)
    tell_report(rescoring.checked)
    if form == "text":
        from casebook.cli.output.rescore_text import rescoring_text

        say(rescoring_text(rescoring, every=every))
    else:
        from casebook.cli.output.rescore_values import rescoring_table, rescoring_values

        if form == "json":
            say_json(rescoring_values(rescoring, every=every))
        else:
            from casebook.exchange.tables import csv_bytes

            click.echo(csv_bytes(rescoring_table(rescoring, every=every)), nl=False)
    _tell_the_rest(rescoring)
    raise SystemExit(0 if rescoring.changes_nothing else 1)


def _tell_the_rest(rescoring: Rescoring) -> None:
    for (why, hint), paths in _by_reason(rescoring).items():
        *some, last = paths[:_NAMED]
        more = len(paths) - _NAMED
        if more > 0:
            some, last = [*some, last], f"{more} more"
        who = f"{', '.join(some)} and {last}" if some else last
        complain(f"{who} {'is' if len(paths) == 1 else 'are'} left out: {why}", hint)
    if rescoring.replaced:
        tell(f"{_results(rescoring.replaced)} followed by a newer one, which is looked at instead")
    if rescoring.unconcerned:
        tell(f"{_results(rescoring.unconcerned)} not judged by {clean(rescoring.new.id)}")
    other = sum(each.other_rules for each in rescoring.results)
    if other:
        tell(
            f"{_results(other)} made by another version of the program; the marking policy used is "
            "the present one, which makes the same of the old wording"
        )


def _by_reason(rescoring: Rescoring) -> dict[tuple[str, str | None], list[str]]:
    """Why results are left out, and what to do -> their files."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for each in rescoring.left_out:
        found.setdefault((each.why, each.hint), []).append(each.path)
    return found


def _results(count: int) -> str:
    return "1 result was" if count == 1 else f"{count} results were"


def _stop_at_faults(found: FoundRubric, form: str) -> NoReturn:
    if form == "json":
        from casebook.diagnostics.writers import report_values

        say_json(report_values(found.checked.report))
    else:
        tell_report(found.checked)
    complain(
        "no result is looked at: the faults of the rubric come first", "mend them, then try again"
    )
    raise SystemExit(1)
