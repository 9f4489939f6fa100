"""``casebook new``."""

from pathlib import Path

import click
from click.core import ParameterSource

from casebook.cli.options import PATH, format_option
from casebook.cli.terminal import clean, dress, say, say_json, tell, typed
from casebook.workflow.new import SAMPLE_DAY, new_portfolio, new_sample

_SAMPLE = "nkt-level-1"


@click.command("new")
@click.argument("folder", type=PATH, required=False)
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
@format_option
@click.pass_context
def new_command(
    ctx: click.Context,
    *,
    folder: Path | None,
    program: str,
    level: int,
    sample: str | None,
    form: str,
) -> None:
    """Make a portfolio folder to fill in, or a copy of a sample.

    FOLDER must not be there yet. Its files say in plain words what belongs where.
    """
    if folder is None:
        advice = f"; did you mean `casebook new {sample} --sample`?" if sample else ""
        raise click.UsageError(f"name the folder to make{clean(advice)}", ctx)
    if sample:
        for name in ("program", "level"):
            if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT:
                raise click.UsageError(f"--{name} means nothing beside --sample", ctx)
        made = new_sample(folder, sample)
    else:
        made = new_portfolio(folder, program, level)
    if form == "json":
        say_json({"folder": str(folder), "files": list(made)})
        return
    for name in made:
        if not any(part.startswith(".") for part in name.split("/")):
            say(clean(folder / name))
    check = f"casebook check {typed(folder)}"
    if sample:
        told = dress(f"{check} --date {SAMPLE_DAY}", "hint")
        tell(f"next: {told}, the day this story ends; for a later one its deadlines have passed")
    else:
        told = dress(f"read {folder / 'START-HERE.txt'}, then {check}", "hint")
        tell(f"next: {told}")
