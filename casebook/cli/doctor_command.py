"""``casebook doctor``."""

from collections.abc import Iterable
from dataclasses import asdict

import click

from casebook.cli.options import format_option
from casebook.cli.terminal import clean, dress, say, say_json
from casebook.errors import MachineError
from casebook.workflow.doctor import Check, examine


@click.command("doctor")
@format_option
def doctor_command(form: str) -> None:
    """Tell what this machine lacks, and how to get it.

    Ends with 0 when everything casebook needs is here, else with 3.
    """
    checks = examine()
    lacking = [check for check in checks if check.needed and not check.ok]
    if form == "json":
        say_json([asdict(check) for check in checks])
    else:
        widest = max(len(check.subject) for check in checks)
        for check in checks:
            say(_text(check, widest))
        for line in _remedies(checks):
            say(line)
        say(_verdict(lacking))
    raise SystemExit(MachineError.exit_code if lacking else 0)


def _text(check: Check, widest: int) -> str:
    subject = clean(check.subject).ljust(widest)
    if check.ok:
        return f"{dress('ok  ', 'good')}  {subject}  {dress(check.detail, 'dim')}"
    mark = dress("LACK", "error") if check.needed else dress("less", "warning")
    return f"{mark}  {subject}  {clean(check.detail)}; it {clean(check.purpose)}"


def _remedies(checks: Iterable[Check]) -> list[str]:
    """What installs all that is not here: each line once, whatever it helps with."""
    lines = dict.fromkeys(
        f"        {clean(remedy.system.value)}: {dress(remedy.line, 'hint')}"
        for check in checks
        for remedy in check.remedies
    )
    return ["to install what is not here:", *lines] if lines else []


def _verdict(lacking: list[Check]) -> str:
    if not lacking:
        return dress("everything casebook needs is here", "good")
    return dress(f"lacking: {', '.join(check.subject for check in lacking)}", "error")
