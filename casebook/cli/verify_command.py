"""``casebook verify``."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from casebook.cli.options import PATH, format_option, program_option
from casebook.cli.terminal import clean, dress, progress, say, say_json
from casebook.render.together import second_process
from casebook.workflow.verification import Step, VerificationReport
from casebook.workflow.verify import verify


@click.command("verify")
@click.argument("file", type=PATH)
@program_option
@click.option(
    "--documents", is_flag=True,
    help="Make the PDFs again and compare them; takes as long as making the submission.",
)  # fmt: skip
@format_option
def verify_command(file: Path, *, program_path: Path | None, documents: bool, form: str) -> None:
    """Verify a submission or a packet, step by step.

    Says everything that can be known of FILE without trusting its sender, and writes nothing.
    Ends with 0 when every step holds, else with 1.
    """
    with progress() as tell_progress, second_process() as second:
        report = verify(
            file, program_path, documents=documents, progress=tell_progress, second=second
        )
    if form == "json":
        say_json(verification_values(report))
    else:
        say(verification_text(report))
    raise SystemExit(0 if report.ok else 1)


def verification_values(report: VerificationReport) -> dict[str, Any]:
    """The verdict and the numbered steps as plain values."""
    return {
        "ok": report.ok,
        "steps": [
            {"number": number, **asdict(step)} for number, step in enumerate(report.steps, start=1)
        ],
    }


def verification_text(report: VerificationReport) -> str:
    """The steps as a numbered list, with the verdict last."""
    lines = [_line(number, step) for number, step in enumerate(report.steps, start=1)]
    return "\n".join((*lines, _verdict(report)))


def _line(number: int, step: Step) -> str:
    mark = {True: dress("ok  ", "good"), False: dress("FAIL", "error"), None: dress("open", "dim")}
    detail = dress(step.detail, "dim" if step.ok else "hint")
    return f"{number}. {mark[step.ok]}  {clean(step.title)}\n         {detail}"


def _verdict(report: VerificationReport) -> str:
    if report.ok:
        unseen = "" if report.pages_compared else "; the pages were not compared (--documents)"
        return dress("verified: every step holds", "good") + dress(unseen, "hint")
    failed = sum(step.ok is False for step in report.steps)
    left = sum(step.ok is None for step in report.steps)
    if not failed:
        return dress(f"not verified: {_steps(left)} could not be decided", "error")
    return dress(f"not verified: {_steps(failed)} failed", "error")


def _steps(count: int) -> str:
    return f"{count} step{'s' * (count != 1)}"
