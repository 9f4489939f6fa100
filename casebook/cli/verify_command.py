"""``casebook verify``."""

import sys
from pathlib import Path

import click

from casebook.cli.options import PATH, format_option, program_option
from casebook.cli.output.lines import wrapped
from casebook.cli.reader_options import reader_options
from casebook.cli.terminal import clean, dress, progress, say, say_json, width_of
from casebook.workflow.plain_values import verification_values
from casebook.workflow.reader import Reader
from casebook.workflow.verification import Step, VerificationReport
from casebook.workflow.verify import verify


@click.command("verify")
@click.argument("file", type=PATH)
@program_option
@reader_options
@click.option(
    "--documents", is_flag=True,
    help="Make the PDFs again and compare them; takes as long as making the submission.",
)  # fmt: skip
@format_option
def verify_command(
    file: Path, *, program_path: Path | None, reader: Reader, documents: bool, form: str
) -> None:
    """Verify a submission or a packet, step by step.

    Says everything that can be known of FILE without trusting its sender, and writes nothing.
    A sealed submission is opened in memory with --identity; who signed it, --signers tells.
    Ends with 0 when every step holds, else with 1.
    """
    with progress() as tell_progress:
        report = verify(
            file, program_path,
            reader=reader, documents=documents, progress=tell_progress,
        )  # fmt: skip
    if form == "json":
        say_json(verification_values(report))
    else:
        say(verification_text(report))
    raise SystemExit(0 if report.ok else 1)


def verification_text(report: VerificationReport) -> str:
    """The steps as a numbered list, with the verdict last."""
    widest = len(str(len(report.steps)))
    lines = [_line(f"{n:>{widest}}. ", each) for n, each in enumerate(report.steps, start=1)]
    return "\n".join((*lines, _verdict(report)))


def _line(number: str, step: Step) -> str:
    mark = {True: dress("ok  ", "good"), False: dress("FAIL", "error"), None: dress("open", "dim")}
    indent, role = " " * (len(number) + 6), "dim" if step.ok else "hint"
    # Why: a terminal breaks lines anywhere; in a pipe each detail is one line to look for.
    on_terminal = width_of(sys.stdout) is not None
    detail = (
        wrapped(step.detail, role, indent=indent)
        if on_terminal
        else [f"{indent}{dress(step.detail, role)}"]
    )
    return "\n".join((f"{number}{mark[step.ok]}  {clean(step.title)}", *detail))


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
