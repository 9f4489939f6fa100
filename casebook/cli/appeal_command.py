"""``casebook appeal``."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook.cli.options import (
    DAY,
    PATH,
    format_option,
    passphrase_option,
    sign_option,
    signers_at,
    signers_option,
    signing_key,
    tell_report,
    today,
)
from casebook.cli.terminal import complain, say, say_json, tell, typed

if TYPE_CHECKING:
    from casebook.bundle.signing.keys import SigningKey

dated_option = click.option(
    "--date",
    "on",
    type=DAY,
    default=today,
    show_default="today",
    help="The day the appeal came, or was decided.",
)

output_option = click.option(
    "-o",
    "--output",
    type=PATH,
    default=None,
    help="The file to write; beside the one it is about when left out.",
)


@click.group("appeal")
def appeal_command() -> None:
    """Open an appeal against a result, decide it, show the line."""


@appeal_command.command("open")
@click.argument("result", type=PATH)
@click.option("--grounds", default=None, help="What the candidate says is wrong.")
@click.option("--grounds-file", type=PATH, default=None, help="A text file that says it.")
@click.option("--work", "works", multiple=True, help="The id of a work it is about; repeatable.")
@sign_option
@passphrase_option
@signers_option
@dated_option
@output_option
@format_option
def open_command(
    *,
    result: Path,
    grounds: str | None,
    grounds_file: Path | None,
    works: tuple[str, ...],
    sign_path: Path | None,
    passphrase_file: Path | None,
    signers_path: Path | None,
    on: date,
    output: Path | None,
    form: str,
) -> None:
    """Write a dated appeal against a result.

    The appeal names the result's digest. It is refused after the last day that the result gives,
    and where the program has no appeals. With --signers, one of them has to have signed the
    result.
    """
    from casebook.cli.output.appeal_text import appeal_values
    from casebook.workflow.appeals.opening import Grounds, grounds_text, open_appeal
    from casebook.workflow.signing import Signing

    text = grounds_text(grounds, grounds_file)
    signing = Signing(signing_key(sign_path, passphrase_file), signers_at(signers_path, on))
    opened = open_appeal(result, Grounds(text, works), on, output, signing=signing)
    if form == "json":
        say_json({"appeal": appeal_values(opened.appeal), **_signed_values(signing.key)})
    else:
        say(f"wrote {typed(opened.appeal.path)}{_signed(signing.key)}")
    tell(f"decide it with: casebook appeal decide {typed(opened.appeal.path)} {typed(result)}")


@appeal_command.command("decide")
@click.argument("appeal", type=PATH)
@click.argument("result", type=PATH)
@click.option(
    "--outcome",
    type=click.Choice(["upheld", "dismissed"]),
    required=True,
    help="upheld: the new marks count; dismissed: the old result is confirmed.",
)
@click.option("--by", required=True, help="Who decided: a name, or an id from the list of graders.")
@click.option("--reason", required=True, help="Why, as the candidate will read it.")
@click.option(
    "--with",
    "new_result",
    type=PATH,
    default=None,
    help="What `casebook moderate` made of the new marks; for an appeal that is upheld.",
)
@click.option(
    "--graders",
    type=PATH,
    default=None,
    help="The list of graders; else graders.yaml near the result.",
)
@click.option(
    "--submission",
    type=PATH,
    default=None,
    help="What the result is about, to see whom the candidate names as teacher or friend.",
)
@sign_option
@passphrase_option
@signers_option
@dated_option
@output_option
@format_option
def decide_command(
    *,
    appeal: Path,
    result: Path,
    outcome: str,
    by: str,
    reason: str,
    new_result: Path | None,
    graders: Path | None,
    submission: Path | None,
    sign_path: Path | None,
    passphrase_file: Path | None,
    signers_path: Path | None,
    on: date,
    output: Path | None,
    form: str,
) -> None:
    """Enter how an appeal ended, as a new result.

    The decision is written beside APPEAL as a file of its own, and the outcome as a new result
    that refers to the old one. Nothing is replaced. Whoever graded the work, or has to do with the
    candidate, cannot decide. With --signers, the appeal and the results have to be signed by one
    of them.
    """
    from casebook.cli.output.appeal_text import appeal_values, result_values
    from casebook.workflow.appeals.deciding import Ruling, decide_appeal
    from casebook.workflow.signing import Signing

    signing = Signing(signing_key(sign_path, passphrase_file), signers_at(signers_path, on))
    ruling = Ruling(
        outcome="upheld" if outcome == "upheld" else "dismissed",
        reason=reason,
        by=by,
        on=on,
        new_result=new_result,
        graders=graders,
        submission=submission,
        signing=signing,
    )
    decided = decide_appeal(appeal, result, ruling, output)
    if form == "json":
        written = {
            "appeal": appeal_values(decided.appeal),
            "result": result_values(decided.result),
        }
        say_json({**written, **_signed_values(signing.key)})
    else:
        signed = _signed(signing.key)
        say(f"wrote {typed(decided.appeal.path)}{signed}")
        say(f"wrote {typed(decided.result.path)}: {decided.result.record.result}{signed}")
    tell(f"{typed(decided.before.path)} stays as it is; the new result counts in its place")


@appeal_command.command("show")
@click.argument("files", nargs=-1, required=True, type=PATH)
@signers_option
@format_option
def show_command(files: tuple[Path, ...], *, signers_path: Path | None, form: str) -> None:
    """Show appeals with their grounds, and how they ended.

    FILES are appeals, or folders of them. Ends with 1 when one cannot be read, or with --signers
    when it is not signed by one of them.
    """
    from casebook.cli.output.appeal_text import appeal_text, appeal_values
    from casebook.workflow.appeals.history import shown_appeals

    shown = shown_appeals(files, signers_at(signers_path))
    tell_report(shown.checked)
    if form == "json":
        say_json([appeal_values(each) for each in shown.appeals])
    elif shown.appeals:
        say("\n\n".join(appeal_text(each) for each in shown.appeals))
    raise SystemExit(1 if shown.checked.report.findings else 0)


@appeal_command.command("history")
@click.argument("results", nargs=-1, required=True, type=PATH)
@click.option(
    "--known",
    multiple=True,
    help="A digest that somebody was told, whole or its first twelve signs; repeatable.",
)
@signers_option
@format_option
def history_command(
    results: tuple[Path, ...], *, known: tuple[str, ...], signers_path: Path | None, form: str
) -> None:
    """Show which result came after which, and whether it holds.

    RESULTS are folders, or results and appeals by themselves; of such, the line is looked for in
    their folder. Each line is told oldest first, and held to its digests. Ends with 1 when a file
    is missing or was changed, or with --signers is not signed by one of them.
    """
    from casebook.cli.output.appeal_text import history_text, history_values
    from casebook.workflow.appeals.history import appeal_history

    history = appeal_history(results, known, signers_at(signers_path))
    tell_report(history.checked)
    if form == "json":
        say_json(history_values(history))
    else:
        if history.lineage.lines:
            say(history_text(history))
        for sentence in history.problems:
            complain(sentence)
    raise SystemExit(0 if history.holds else 1)


def _signed_values(key: "SigningKey | None") -> dict[str, str | None]:
    return {"signed_by": key.public.fingerprint if key else None}


def _signed(key: "SigningKey | None") -> str:
    return f", signed by {key.public.fingerprint}" if key else ""
