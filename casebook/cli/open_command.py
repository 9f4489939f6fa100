"""``casebook open``."""

from pathlib import Path

import click

from casebook.cli.options import PATH, format_option, program_option
from casebook.cli.reader_options import reader_options
from casebook.cli.terminal import clean, dress, say, say_json, tell, typed
from casebook.cli.verify_command import verification_text
from casebook.workflow.open import open_submission
from casebook.workflow.plain_values import verification_values
from casebook.workflow.reader import Reader


@click.command("open")
@click.argument("file", type=PATH)
@click.argument("folder", type=PATH)
@program_option
@reader_options
@format_option
def open_command(
    file: Path, folder: Path, *, program_path: Path | None, reader: Reader, form: str
) -> None:
    """Write a submission or a packet back out as a portfolio.

    FILE is a submission, sealed or not, or a packet.pdf, which carries its sources. Verifies it
    first, and refuses files that are damaged or not those that were sent. FOLDER must not be
    there yet; it appears whole or not at all. Work that is not acceptable is opened too; that
    ends with 1, after saying what does not hold.
    """
    opened = open_submission(file, folder, program_path, reader)
    if form == "json":
        say_json(
            {
                **verification_values(opened.verification),
                "folder": str(opened.place if folder.is_symlink() else folder),
                "files": list(opened.written),
            }
        )
    else:
        if not opened.verification.ok:
            tell(verification_text(opened.verification))
        elif opened.verification.of_packet:
            compare = dress(f"casebook verify {typed(file)} --documents", "hint")
            tell(f"the packet's pages were not compared with these files: {compare} does that")
        if folder.is_symlink():
            tell(f"{clean(folder)} is a link; the files are in {clean(opened.place)}")
        say(f"{clean(folder)}  {dress(f'{len(opened.written)} files', 'dim')}")
    raise SystemExit(0 if opened.verification.ok else 1)
