"""``casebook batch``."""

from datetime import date
from pathlib import Path

import click
from click.core import ParameterSource

from casebook.cli.batch_options import BatchOptions, batch_options
from casebook.cli.batch_run import run_batch
from casebook.cli.options import (
    date_option,
    force_option,
    identity_option,
    passphrase_option,
    program_option,
    refuse_lone_passphrase,
    seal_option,
    sign_option,
    signers_option,
)
from casebook.cli.page_options import html_option, pdf_option, theme_option
from casebook.cli.presses import no_cache_option
from casebook.cli.reader_options import refuse_unknown_signer
from casebook.domain.program.look import Theme

_output_option = click.option(
    "-o", "--output", metavar="PLACE", default=None,
    help="The folder, or s3:// URL, for what is made; each portfolio's build/ when left out.",
)  # fmt: skip


@click.group("batch")
def batch_command() -> None:
    """Do the main jobs on many inputs at once, here or on a cluster.

    Each input is worked on as the command of the same name does it, and gives one line of JSON, in
    the order of the inputs: its number, the input, the exit code that it would have had alone, and
    the result or the error. One that fails keeps no other from being done. Ends with 0 when all is
    well, with 1 when something was found or an input is not there, and with 3 when the machine
    kept one from being done. See docs/scale.md.
    """


@batch_command.command("check")
@batch_options
@date_option
@click.pass_context
def check(ctx: click.Context, batch: BatchOptions, on: date) -> None:
    """Report every problem in many files or portfolios.

    INPUTS are portfolios, single files, folders of portfolios, or s3:// URLs of these.
    """
    from casebook.workflow.batching.jobs import Check

    run_batch(batch, "check", lambda day: Check(day or on), None, kept_day=_is_open(ctx))


@batch_command.command("score")
@batch_options
@date_option
@program_option
@click.pass_context
def score(ctx: click.Context, batch: BatchOptions, on: date, program_path: Path | None) -> None:
    """Score many observed sessions or mark sheets.

    INPUTS are observations, mark sheets, portfolios, folders of portfolios, or s3:// URLs of these.
    """
    from casebook.workflow.batching.jobs import Score

    program = batch.for_workers(program_path)
    run_batch(batch, "score", lambda day: Score(day or on, program), None, kept_day=_is_open(ctx))


@batch_command.command("render")
@batch_options
@_output_option
@pdf_option
@html_option
@theme_option
@click.option("--no-sources", "bare", is_flag=True, help="Leave the files out of the packets.")
@no_cache_option
@date_option
@force_option
@click.pass_context
def render(
    ctx: click.Context,
    *,
    batch: BatchOptions,
    output: str | None,
    pages: str | None,
    theme: Theme | None,
    bare: bool,
    no_cache: bool,
    on: date,
    force: bool,
) -> None:
    """Make the PDF and HTML pages of many portfolios.

    INPUTS are portfolios, single works, folders of portfolios, or s3:// URLs of these. What is
    made of each goes to a folder of its name below --output.
    """
    from casebook.workflow.batching.jobs import Render

    def job(day: date | None) -> Render:
        return Render(day or on, pages, theme, sources=not bare, kept=not no_cache, force=force)

    run_batch(batch, "render", job, output, kept_day=_is_open(ctx))


@batch_command.command("submit")
@batch_options
@_output_option
@sign_option
@passphrase_option
@seal_option
@no_cache_option
@date_option
@force_option
@click.pass_context
def submit(
    ctx: click.Context,
    *,
    batch: BatchOptions,
    output: str | None,
    sign_path: Path | None,
    passphrase_file: Path | None,
    recipient: str | None,
    no_cache: bool,
    on: date,
    force: bool,
) -> None:
    """Check, score, render and bundle many portfolios.

    INPUTS are portfolios, folders of portfolios, or s3:// URLs of these. Each submission is named
    for its portfolio's folder. Keys are opened by the workers, each for itself: a locked one
    needs --passphrase-file.
    """
    from casebook.workflow.batching.bench import KeyFiles
    from casebook.workflow.batching.jobs import Submit
    from casebook.workflow.sealing import recipient_meant

    meant = str(recipient_meant(recipient)) if recipient is not None else None
    refuse_lone_passphrase(sign_path, passphrase_file)
    sign_path = batch.for_workers(sign_path)
    key = KeyFiles(sign_path, batch.for_workers(passphrase_file)) if sign_path else None
    if key is not None:
        key.opened()  # Before anything is begun: a wrong key is wrong for all.

    def job(day: date | None) -> Submit:
        return Submit(day or on, key, meant, kept=not no_cache, force=force)

    run_batch(batch, "submit", job, output, kept_day=_is_open(ctx))


@batch_command.command("verify")
@batch_options
@program_option
@identity_option
@signers_option
@click.option(
    "--as", "who", metavar="WHO", default=None,
    help="Whose signature it has to be, by their name in the file of signers.",
)  # fmt: skip
@click.option("--documents", is_flag=True, help="Make the PDFs again and compare them.")
def verify(
    *,
    batch: BatchOptions,
    program_path: Path | None,
    identity_path: Path | None,
    signers_path: Path | None,
    who: str | None,
    documents: bool,
) -> None:
    """Verify many submissions or packets.

    INPUTS are submissions, folders of them, or s3:// URLs of these. Each line has the submission's
    SHA-256; where the list of --from is one of sha256sum, it is compared, and another file than
    the one meant is not opened.
    """
    from casebook.workflow.batching.bench import ReaderFiles
    from casebook.workflow.batching.jobs import Verify

    refuse_unknown_signer(signers_path, who)
    program = batch.for_workers(program_path)
    reader = ReaderFiles.now(batch.for_workers(identity_path), batch.for_workers(signers_path), who)
    reader.opened()  # Before anything is begun.
    run_batch(batch, "verify", lambda _: Verify(program, reader, documents), None)


def _is_open(ctx: click.Context) -> bool:
    """Whether nobody said for which day to judge."""
    return ctx.get_parameter_source("on") in {None, ParameterSource.DEFAULT}
