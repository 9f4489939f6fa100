"""``casebook submit``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import (
    PATH,
    date_option,
    force_option,
    format_option,
    passphrase_option,
    seal_option,
    sign_option,
    signing_key,
    tell_report,
)
from casebook.cli.presses import no_cache_option, presses_for
from casebook.cli.terminal import clean, complain, dress, progress, say, say_json, tell
from casebook.workflow.plain_values import submitted_values
from casebook.workflow.sealing import recipient_meant
from casebook.workflow.submit import Submitted, submit


@click.command("submit")
@click.argument("folder", type=PATH)
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The submission to make; build/submission.zip in the portfolio when left out, with .age "
    "behind it when it is sealed.",
)  # fmt: skip
@sign_option
@passphrase_option
@seal_option
@no_cache_option
@date_option
@force_option
@format_option
def submit_command(
    folder: Path,
    *,
    output: Path | None,
    sign_path: Path | None,
    passphrase_file: Path | None,
    recipient: str | None,
    no_cache: bool,
    on: date,
    force: bool,
    form: str,
) -> None:
    """Check, score, render and bundle a portfolio: the main job.

    FOLDER is the portfolio. Refuses, with every finding, when the portfolio is not acceptable as
    it stands; otherwise makes one file that holds the sources, the attachments, the PDFs and the
    results. The same folder, --date and --sign key give the same zip, byte for byte; a sealed one
    differs each time, so that nobody can tell from outside whether two hold the same.
    """
    meant = recipient_meant(recipient) if recipient is not None else None
    key = signing_key(sign_path, passphrase_file)
    with presses_for(folder, no_cache=no_cache) as presses, progress() as tell_progress:
        done = submit(
            folder, on,
            output=output, force=force, progress=tell_progress,
            signing_key=key, recipient=meant, presses=presses,
        )  # fmt: skip
    if form == "json":
        say_json(submitted_values(done))
    else:
        tell_report(done.checked)
        for line in _lines(done):
            say(line)
    if done.plain_left is not None:
        tell(_plain_left(done.plain_left))
    if done.path is None:
        complain("nothing is submitted", "mend the errors above, then submit again")
        raise SystemExit(1)


def _plain_left(path: Path) -> str:
    return (
        f"{clean(path)} from before is {dress('not sealed', 'warning')}, and still there; "
        "hand in the sealed one, and delete it if you need it no more"
    )


def _lines(done: Submitted) -> list[str]:
    lines = []
    for evaluation in done.evaluations:
        percent = f" {evaluation.shown_percent} %" if evaluation.shown_percent else ""
        lines.append(f"{clean(evaluation.work)}: {evaluation.result}{percent}")
    if done.path is not None:
        size = done.path.stat().st_size / 1000
        lines.append(f"{dress(str(done.path), 'good')}  {dress(f'{size:,.0f} kB', 'dim')}")
        if done.signer is not None:
            lines.append(dress(f"  signed by the key {done.signer}", "dim"))
        if done.sealed_to is not None:
            lines.append(dress(f"  sealed to {done.sealed_to}", "dim"))
    return lines
