"""``casebook program``."""

import click

from casebook.cli.options import format_option, say_report, today
from casebook.cli.output.program_text import program_text
from casebook.cli.terminal import clean, dress, say, say_json
from casebook.diagnostics.writers import report_values
from casebook.workflow.check import check_paths
from casebook.workflow.programs import list_programs, program_path, show_program


@click.group("program")
def program_command() -> None:
    """List, show and check programs: rules as files."""


@program_command.command("list")
@format_option
def list_command(form: str) -> None:
    """List the programs that ship with casebook."""
    programs = list_programs()
    if form == "json":
        say_json([program.rules.model_dump(mode="json", exclude_none=True) for program in programs])
        return
    for program in programs:
        levels = ", ".join(f"{each.level} {each.name}" for each in program.rules.levels)
        say(f"{dress(program.rules.id, 'place')}  {clean(program.rules.name)}  ({clean(levels)})")


@program_command.command("show")
@click.argument("program")
@format_option
def show_command(program: str, form: str) -> None:
    """Show what a program asks for, level by level.

    PROGRAM is an id such as nkt, or the path of a program file or its folder.
    """
    shown = show_program(program)
    if form == "json":
        say_json(shown.model_dump(mode="json", exclude_none=True))
    else:
        say(program_text(shown))


@program_command.command("check")
@click.argument("program")
@format_option
def check_command(program: str, form: str) -> None:
    """Report every problem in a program's files.

    PROGRAM is an id such as nkt, or the path of a program file or its folder. Ends with 1 when
    there is an error; warnings alone end with 0.
    """
    checked = check_paths([program_path(program)], today())
    if form == "json":
        say_json(report_values(checked.report))
    else:
        say_report(checked)
    raise SystemExit(0 if checked.report.acceptable else 1)
