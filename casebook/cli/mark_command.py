"""``casebook mark``."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import click

from casebook.cli.options import (
    PATH,
    date_option,
    force_option,
    format_option,
    graders_option,
    passphrase_option,
    program_option,
    say_report,
    sign_option,
    signers_at,
    signers_option,
    signing_key,
    tell_report,
)
from casebook.cli.output.cautions import tell_cautions
from casebook.cli.output.mark_text import history_text, new_sheets_text, sealing_text, sheet_text
from casebook.cli.output.mark_values import history_values, new_sheets_values, sealing_values
from casebook.cli.terminal import say, say_json, tell
from casebook.diagnostics.writers import report_values
from casebook.domain.canonical import values_of
from casebook.workflow.marking.check_sheets import (
    SheetSources,
    check_sheets,
    report_on,
    rules_believed,
)
from casebook.workflow.marking.history import histories, open_sealed
from casebook.workflow.marking.new_sheets import SheetChoices, new_sheets
from casebook.workflow.marking.sealing import change_sealed, seal_sheets
from casebook.workflow.reader import Reader

_MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"


class _Moment(click.ParamType[str]):
    name = "MOMENT"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's form
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str:
        try:
            return datetime.strptime(value, _MOMENT).replace(tzinfo=UTC).strftime(_MOMENT)
        except ValueError:
            self.fail(
                f"{value!r} is no moment in UTC; write it as 2026-07-01T10:30:00Z", param, ctx
            )


def _now() -> str:
    return datetime.now(UTC).strftime(_MOMENT)


_moment_option: Final = click.option(
    "--at",
    "moment",
    type=_Moment(),
    default=_now,
    show_default="now",
    help="The moment that the entry carries, in UTC.",
)
_submissions_option: Final = click.option(
    "--submission", "--submissions", "submissions", type=PATH, multiple=True,
    help="The submission that was marked, or a folder of them; each sheet finds its own.",
)  # fmt: skip
_own_option: Final = click.option(
    "--own", type=PATH, default=None, help="What you have sealed yourself on the same work."
)


@click.group("mark")
def mark_command() -> None:
    """Make, check, seal and open a grader's mark sheets."""


@mark_command.command("new")
@click.argument("submission", type=PATH)
@click.option("--grader", required=True, metavar="ID", help="Who marks: the id in graders.yaml.")
@click.option(
    "--work", "works", multiple=True, metavar="ID",
    help="A work to mark; left out, every case study, and sessions where several grade them.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=PATH, default=Path(), show_default="this folder",
    help="The folder that the sheets are put into.",
)  # fmt: skip
@graders_option
@program_option
@signers_option
@date_option
@force_option
@format_option
def new_command(
    submission: Path,
    *,
    grader: str,
    works: tuple[str, ...],
    output: Path,
    graders_path: Path | None,
    program_path: Path | None,
    signers_path: Path | None,
    on: date,
    force: bool,
    form: str,
) -> None:
    """Write a mark sheet for each work that a grader is to mark.

    SUBMISSION is a submission.zip, a packet.pdf or a portfolio folder. The sheets explain
    themselves. Where the program wants graders not to know whose work it is, they leave the name
    out, and a copy of each case study without it is put beside them. With --signers, the
    submission has to be signed by one of them. Ends with 1, and writes nothing, when the grader
    must not judge this candidate.
    """
    reader = Reader(signers=signers_at(signers_path, on))
    choices = SheetChoices(works, graders_path, program_path, force, reader)
    made = new_sheets(submission, grader, output, on, choices)
    if form == "json":
        say_json(new_sheets_values(made))
    else:
        say(new_sheets_text(made))
    if made.nameless:
        tell(
            "no list of graders was found (graders.yaml), so nobody looked yet whether this "
            "grader taught or treated the candidate"
        )
    tell_cautions((submission, says) for says in made.believed)
    raise SystemExit(1 if made.telling else 0)


@mark_command.command("check")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@_submissions_option
@click.option("--final", is_flag=True, help="Take what is left to do as errors, as for sealing.")
@graders_option
@program_option
@date_option
@format_option
def check_command(
    paths: tuple[Path, ...],
    *,
    submissions: tuple[Path, ...],
    final: bool,
    graders_path: Path | None,
    program_path: Path | None,
    on: date,
    form: str,
) -> None:
    """Say what is wrong in mark sheets, and what is left to do.

    PATHS are mark sheets and folders of them. With the submission, quotations are looked for in
    the work, and the grader is held against what the candidate declares. Ends with 1 when there
    is an error; what is left to do in a draft is a note.
    """
    sources = SheetSources(on, submissions, graders_path, program_path)
    sheets = check_sheets(paths, sources, final=final)
    checked = report_on(sheets)
    if form == "json":
        say_json(report_values(checked.report))
    else:
        say_report(checked)
    tell_cautions(rules_believed(sheets))
    raise SystemExit(0 if checked.report.acceptable else 1)


@mark_command.command("seal")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@_submissions_option
@graders_option
@_moment_option
@sign_option
@passphrase_option
@program_option
@date_option
@format_option
def seal_command(
    paths: tuple[Path, ...],
    *,
    submissions: tuple[Path, ...],
    graders_path: Path | None,
    moment: str,
    sign_path: Path | None,
    passphrase_file: Path | None,
    program_path: Path | None,
    on: date,
    form: str,
) -> None:
    """Seal finished mark sheets, each into a file beside it.

    PATHS are mark sheets and folders of them. Prints the digest of each seal: whoever writes it
    down can tell later whether the marks are still those. With --sign each is signed too, beside
    it, and all have to be of one grader. Nothing is overwritten. Ends with 1 when a sheet is
    refused; the others are sealed.
    """
    key = signing_key(sign_path, passphrase_file)
    sources = SheetSources(on, submissions, graders_path, program_path)
    sealings = seal_sheets(paths, sources, moment, key)
    refused = [each for each in sealings if each.state == "refused"]
    tell_report(report_on((each.sheet for each in refused), left_to_do=False))
    if form == "json":
        say_json(sealing_values(sealings))
    else:
        say(sealing_text(sealings))
    tell_cautions(rules_believed(each.sheet for each in sealings))
    raise SystemExit(1 if refused else 0)


@mark_command.command("change")
@click.argument("sealed", type=PATH)
@click.argument("sheet", type=PATH)
@click.option("--reason", required=True, help="Why the marks change; it stays in the history.")
@_submissions_option
@graders_option
@_moment_option
@sign_option
@passphrase_option
@program_option
@date_option
@format_option
def change_command(
    sealed: Path,
    sheet: Path,
    *,
    reason: str,
    submissions: tuple[Path, ...],
    graders_path: Path | None,
    moment: str,
    sign_path: Path | None,
    passphrase_file: Path | None,
    program_path: Path | None,
    on: date,
    form: str,
) -> None:
    """Add a changed mark sheet to sealed marks, with its reason.

    SEALED is the file of sealed marks, SHEET the mark sheet as it is now. What was sealed before
    stays in the file. Marks that are signed have to be signed anew, by the same key: --sign.
    """
    key = signing_key(sign_path, passphrase_file)
    sources = SheetSources(on, submissions, graders_path, program_path)
    after = change_sealed(sealed, sheet, reason, sources, moment, key=key)
    if form == "json":
        say_json({"sealed": str(sealed), "seal": after.seal, "entries": len(after.entries)})
    else:
        say(f"{after.seal}  entry {len(after.entries)}")


@mark_command.command("history")
@click.argument("paths", metavar="SEALED...", nargs=-1, required=True, type=PATH)
@click.option(
    "--known", multiple=True, metavar="DIGEST",
    help="A digest that was written down: it must be in one of the histories.",
)  # fmt: skip
@_own_option
@signers_option
@format_option
def history_command(
    paths: tuple[Path, ...],
    *,
    known: tuple[str, ...],
    own: Path | None,
    signers_path: Path | None,
    form: str,
) -> None:
    """Show and verify the history of sealed marks.

    SEALED are files of sealed marks and folders of them. Which marks were changed is told, and
    with --own from what to what. With --signers, each file has to be signed by its grader. Ends
    with 1 when an entry is not as it was sealed, a signature does not count, or a known digest is
    missing.
    """
    found = histories(paths, known, own, signers_at(signers_path))
    if form == "json":
        say_json(history_values(found))
    else:
        say(history_text(found))
    raise SystemExit(0 if found.holds else 1)


@mark_command.command("show")
@click.argument("sealed", type=PATH)
@_own_option
@format_option
def show_command(sealed: Path, *, own: Path | None, form: str) -> None:
    """Open sealed marks, once your own are sealed.

    SEALED is a file of sealed marks; --own is yours on the same work, which may be the same
    file. Without it, or with one about something else, the marks stay closed and it ends with 1.
    """
    opened, sheet = open_sealed(sealed, own)
    if form == "json":
        say_json({"seal": opened.seal, **values_of(sheet)})
    else:
        say(sheet_text(opened, sheet))
