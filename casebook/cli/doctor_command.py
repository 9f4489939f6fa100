"""``casebook doctor``."""

import json
from dataclasses import asdict

import click

from casebook.cli.options import format_option
from casebook.cli.terminal import dress, say
from casebook.errors import MachineError
from casebook.workflow.doctor import Check, examine


@click.command("doctor")
@format_option
def doctor_command(form: str) -> None:
    """Tell what this machine lacks, and how to get it.

    Ends with 0 when everything casebook needs is here, else with 3.
    """
    checks = examine()
    if form == "json":
        say(json.dumps([asdict(check) for check in checks], indent=2, ensure_ascii=False))
    else:
        for check in checks:
            say(_text(check))
    lacking = any(check.needed and not check.ok for check in checks)
    raise SystemExit(MachineError.exit_code if lacking else 0)


def _text(check: Check) -> str:
    if check.ok:
        return f"{dress('ok  ', 'good')}  {check.subject}  {dress(check.detail, 'dim')}"
    mark = dress("LACK", "error") if check.needed else dress("slow", "warning")
    lines = [f"{mark}  {check.subject}  {check.detail}; it {check.purpose}"]
    lines += [f"        {remedy.system.value}: {remedy.line}" for remedy in check.remedies]
    return "\n".join(lines)
