"""``casebook redact``."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from casebook.cli.options import DAY, PATH, date_option, format_option
from casebook.cli.output.closing import closing
from casebook.cli.terminal import clean, dress, say, say_json, tell
from casebook.workflow.privacy.regions import regions_meant
from casebook.workflow.redacting.redact import Redacted, RedactionChoices, redact
from casebook.workflow.redacting.report import REPORT_TEXT, REPORT_VALUES


class _FirstDay(click.ParamType[tuple[str, date]]):
    name = "ID=YYYY-MM-DD"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's form
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, date]:
        case, found, day = str(value).partition("=")
        if not (found and case):
            self.fail(f"{value!r} does not say which case; write it as low-back-01=2026-03-04")
        return case, DAY.convert(day, param, ctx)


@click.command("redact")
@click.argument("folder", type=PATH)
@click.option(
    "-o", "--output", "target", type=PATH, required=True, help="The new folder for the copy."
)
@click.option(
    "--names", "names_path", type=PATH, default=None,
    help="Your private list of names; private-names.txt in the portfolio when left out.",
)  # fmt: skip
@click.option(
    "--first-day", "first_days", type=_FirstDay(), multiple=True,
    help="The date of a case's Day 0: dates in it become days; may be repeated.",
)  # fmt: skip
@click.option(
    "--region", "regions", multiple=True, metavar="XX",
    help="A country, by two letters, whose telephone numbers to look for first; may be repeated.",
)  # fmt: skip
@date_option
@format_option
def redact_command(
    folder: Path,
    *,
    target: Path,
    names_path: Path | None,
    first_days: tuple[tuple[str, date], ...],
    regions: tuple[str, ...],
    on: date,
    form: str,
) -> None:
    """Make a copy for publication, as far as clients agreed to it.

    FOLDER is the portfolio. Only case studies whose consent covers publication are copied, with
    marks such as [name] where names and identifiers stood, without consents, forms, marks and
    contact details, and with those pictures alone of which the figure says `publish: yes`. The
    copy is a draft: a person reads it before anybody publishes it.
    """
    choices = RedactionChoices(names_path, regions_meant(regions), dict(first_days))
    done = redact(folder, target, on, choices)
    if form == "json":
        values = json.loads(done.left_out.values())
        say_json({"folder": str(done.folder), "files": list(done.files), **values})
        return
    for line in _lines(done):
        say(line)
    for line in closing(
        "this is a draft: read every text and look at every picture before you publish it, then "
        f"take {REPORT_TEXT} and {REPORT_VALUES} out"
    ):
        tell(line)


def _lines(done: Redacted) -> list[str]:
    lines = []
    for case in done.left_out.cases:
        taken, doubts = len(case.taken), len(case.doubts)
        again = f", {doubts} to look at again" if doubts else ""
        source = dress(f"from {case.piece.path}", "dim")
        lines.append(f"{case.name}  {taken} taken out{again}  {source}")
    lines += [f"not published: {clean(e.path)}: {clean(e.why)}" for e in done.left_out.withheld]
    lines.append(f"{dress(str(done.folder / REPORT_TEXT), 'good')}  says what and why")
    return lines
