"""``casebook unseal``."""

from pathlib import Path

import click

from casebook.cli.options import PATH, force_option, format_option, identity_option
from casebook.cli.reader_options import identities_at
from casebook.cli.terminal import dress, say, say_json
from casebook.workflow.reader import Reader
from casebook.workflow.unsealing import Unsealed, unseal_submission


@click.command("unseal")
@click.argument("file", type=PATH)
@identity_option
@click.option(
    "-o", "--output", type=PATH, default=None,
    help="The file to write; FILE without its .age when left out.",
)  # fmt: skip
@force_option
@format_option
def unseal_command(
    file: Path, *, identity_path: Path | None, output: Path | None, force: bool, form: str
) -> None:
    """Take the seal off a submission, for commands that read it unsealed.

    FILE is a submission that was sealed to you. `casebook verify` and `casebook open` read it as
    it is; all others want it unsealed. Refuses one that was made for somebody else. What is
    written can be read by anybody who has it: keep it as you keep your clients' records.
    """
    if identity_path is None:
        raise click.UsageError("it is opened with your identity: --identity FILE")
    reader = Reader(identities_at(identity_path))
    done = unseal_submission(file, reader, output, force=force)
    if form == "json":
        say_json(_values(done))
    else:
        size = done.path.stat().st_size / 1000
        say(f"{dress(str(done.path), 'good')}  {dress(f'{size:,.0f} kB', 'dim')}")


def _values(done: Unsealed) -> dict[str, object]:
    record = done.sent.record
    return {
        "path": str(done.path),
        "candidate": record.candidate,
        "sealed_to": record.sealed_to,
        "signer": record.signer,
    }
