"""``casebook new``."""

from pathlib import Path

import click

from casebook.cli.options import EXISTING
from casebook.cli.terminal import dress, say, tell
from casebook.workflow.new import new_portfolio, new_sample

_SAMPLE = "nkt-level-1"


@click.command("new")
@click.argument("folder", type=EXISTING)
@click.option(
    "--program", default="nkt", show_default=True,
    help="The program: one that ships with casebook, or the path of a program file.",
)  # fmt: skip
@click.option("--level", type=click.IntRange(1, 20), default=1, show_default=True,
              help="The level applied for.")  # fmt: skip
@click.option(
    "--sample", is_flag=False, flag_value=_SAMPLE, default=None, metavar="[NAME]",
    help=f"Copy a complete sample instead: {_SAMPLE} when no name is given, or reflexology.",
)  # fmt: skip
def new_command(folder: Path, program: str, level: int, sample: str | None) -> None:
    """Make a portfolio folder to fill in, or a copy of a sample.

    FOLDER must not be there yet. Its files say in plain words what belongs where.
    """
    made = new_sample(folder, sample) if sample else new_portfolio(folder, program, level)
    for name in made:
        if not name.startswith(".") and "/." not in name:
            say(str(folder / name))
    begin = "casebook check" if sample else f"read {folder / 'START-HERE.txt'}, then casebook check"
    tell(f"next: {dress(f'{begin} {folder}', 'hint')}")
