"""``casebook program``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import format_option, today, write_findings
from casebook.cli.terminal import dress, say
from casebook.diagnostics.writers import json_report
from casebook.domain.program import Program
from casebook.workflow.check import check_paths
from casebook.workflow.programs import list_programs, program_path, show_program


@click.group("program")
def program_command() -> None:
    """List, show and check programs: a certifying body's rules as files."""


@program_command.command("list")
def list_command() -> None:
    """List the programs that ship with casebook."""
    for program in list_programs():
        levels = ", ".join(f"{each.level} {each.name}" for each in program.rules.levels)
        say(f"{dress(program.rules.id, 'place')}  {program.rules.name}  ({levels})")


@program_command.command("show")
@click.argument("program")
def show_command(program: str) -> None:
    """Show what a program asks for, level by level.

    PROGRAM is an id such as nkt, or the path of a program file or its folder.
    """
    say(_shown(show_program(program)))


@program_command.command("check")
@click.argument("program")
@format_option
def check_command(program: str, form: str) -> None:
    """Report every problem in a program's files.

    PROGRAM is an id such as nkt, or the path of a program file or its folder.
    """
    path: Path = program_path(program)
    on: date = today()
    checked = check_paths([path], on)
    if form == "json":
        say(json_report(checked.report))
    else:
        write_findings(checked.report, checked.sources, to_stdout=True)
    raise SystemExit(0 if checked.report.acceptable else 1)


def _shown(program: Program) -> str:
    rules = program.rules
    lines = [dress(f"{rules.name}, version {rules.version}", "place"), f"  {rules.owner}", ""]
    for level in rules.levels:
        lines.append(dress(level.name, "place"))
        lines += [
            f"  - {each.says}{'' if each.strength == 'hard' else dress('  advised', 'dim')}"
            for each in level.requirements
        ]
    if rules.protocol is not None:
        window = rules.protocol.window
        lines += [
            dress("Protocol", "place"),
            f"  {rules.protocol.name}: work within {window.limit_seconds} s of the failed test, "
            f"surely inside by {window.sure_seconds} s",
        ]
    for rubric in program.rubrics:
        lines.append(dress(f"{rubric.title} ({rubric.id})", "place"))
        lines.append(f"  passes from {rubric.pass_percent:g} %")
        for criterion in rubric.criteria:
            must = dress("  must pass", "warning") if criterion.must_pass else ""
            lines.append(f"  - {criterion.title}  x{criterion.weight:g}{must}")
    lines += ["", " ".join(rules.notice.split()), dress(f"digest {program.digest[:32]}…", "dim")]
    return "\n".join(lines)
