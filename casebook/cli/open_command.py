"""``casebook open``."""

from pathlib import Path

import click

from casebook.cli.options import EXISTING, program_option
from casebook.cli.terminal import say, tell
from casebook.cli.verify_command import verification_text
from casebook.workflow.open import open_submission


@click.command("open")
@click.argument("file", type=EXISTING)
@click.argument("folder", type=EXISTING)
@program_option
def open_command(file: Path, folder: Path, program_path: Path | None) -> None:
    """Write a submission back out as a portfolio.

    Verifies FILE first. FOLDER must not be there yet; it appears whole or not at all.
    """
    opened = open_submission(file, folder, program_path)
    if not opened.verification.ok:
        tell(verification_text(opened.verification))
    say(f"{folder}  {len(opened.written)} files")
