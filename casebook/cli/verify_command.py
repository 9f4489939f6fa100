"""``casebook verify``."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from casebook.cli.options import EXISTING, format_option, program_option
from casebook.cli.terminal import dress, say
from casebook.diagnostics.writers import visible
from casebook.workflow.verify import Step, VerificationReport, verify


@click.command("verify")
@click.argument("file", type=EXISTING)
@program_option
@format_option
def verify_command(file: Path, program_path: Path | None, form: str) -> None:
    """Verify a submission, step by step.

    Says everything that can be known of FILE without trusting its sender, and writes nothing.
    Ends with 0 when every step holds, else with 1.
    """
    report = verify(file, program_path)
    if form == "json":
        values = {
            "ok": report.ok,
            "steps": [
                {**asdict(step), "number": number}
                for number, step in enumerate(report.steps, start=1)
            ],
        }
        say(json.dumps(values, indent=2, ensure_ascii=False))
    else:
        say(verification_text(report))
    raise SystemExit(0 if report.ok else 1)


def verification_text(report: VerificationReport) -> str:
    """The steps as a numbered list, with the verdict last."""
    lines = [_line(number, step) for number, step in enumerate(report.steps, start=1)]
    failed = sum(step.ok is False for step in report.steps)
    verdict = (
        dress("verified: every step holds", "good")
        if report.ok
        else dress(f"not verified: {failed} step{'s' * (failed != 1)} failed", "error")
    )
    return "\n".join((*lines, verdict))


def _line(number: int, step: Step) -> str:
    mark = {True: dress("ok  ", "good"), False: dress("FAIL", "error"), None: dress("—   ", "dim")}
    detail = dress(visible(step.detail), "dim" if step.ok else "hint")
    return f"{number}. {mark[step.ok]}  {step.title}\n         {detail}"
