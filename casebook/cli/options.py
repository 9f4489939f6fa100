"""Options that several commands share, and the report that several write."""

import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from casebook.cli.terminal import clean, dress, say, tell, typed, width_of
from casebook.errors import UsageError

if TYPE_CHECKING:
    from casebook.bundle.signing.keys import SigningKey
    from casebook.bundle.signing.signers import AllowedSigners
    from casebook.workflow.examination import Checked

PATH: Final = click.Path(path_type=Path)

_FIRST_YEAR: Final = 1980
_LAST_YEAR: Final = 2107
"""The years that the date of a file in a zip can have."""


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's form
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            day = datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-07-01", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(f"{value} is not between {_FIRST_YEAR} and {_LAST_YEAR}", param, ctx)
        return day


DAY: Final = _Day()
"""A day on the command line, written year-month-day."""


def today() -> date:
    """The day it is here: consents and deadlines are days where the user is."""
    return datetime.now().astimezone().date()


date_option = click.option(
    "--date",
    "on",
    type=DAY,
    default=today,
    show_default="today",
    help="The day to judge for: consents, deadlines, and the date that documents carry.",
)


def date_given(ctx: click.Context) -> str:
    """The day as it was given to a command, to be repeated behind another; empty by itself."""
    if ctx.get_parameter_source("on") in {None, ParameterSource.DEFAULT}:
        return ""
    return f" --date {ctx.params['on']}"


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people or JSON for programs.",
)

table_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, CSV for spreadsheets.",
)

force_option = click.option(
    "--force", is_flag=True, help="Overwrite files that casebook did not make."
)

program_option = click.option(
    "--program",
    "program_path",
    type=PATH,
    default=None,
    help="The program file to go by, instead of the one that is named or shipped.",
)

graders_option = click.option(
    "--graders",
    "graders_path",
    type=PATH,
    default=None,
    help="The office's list of graders; else a graders.yaml near the submission.",
)

seal_option = click.option(
    "--seal",
    "recipient",
    metavar="RECIPIENT",
    default=None,
    help="Seal it to the office's age1… recipient, or to the one in a file; only they can open it.",
)

identity_option = click.option(
    "--identity",
    "identity_path",
    type=PATH,
    default=None,
    help="The file with your identity, which opens what was sealed to you.",
)

sign_option = click.option(
    "--sign",
    "sign_path",
    metavar="KEY",
    type=PATH,
    default=None,
    help="Sign with this Ed25519 key of OpenSSH's; `casebook key new` makes one.",
)

passphrase_option = click.option(
    "--passphrase-file",
    type=PATH,
    default=None,
    help="A file whose one line is the passphrase of the key; else it is asked for.",
)

signers_option = click.option(
    "--signers",
    "signers_path",
    type=PATH,
    default=None,
    help="Whose signatures count: a file of allowed signers, as ssh-keygen reads it.",
)


def refuse_lone_passphrase(path: Path | None, passphrase_file: Path | None) -> None:
    """Refuse a passphrase for no key.

    Raises:
        UsageError: There is one.
    """
    if path is None and passphrase_file is not None:
        raise UsageError(
            "--passphrase-file opens a key, and none is named", hint="name it: --sign KEY"
        )


def signing_key(path: Path | None, passphrase_file: Path | None) -> "SigningKey | None":
    """The key to sign with, opened; None where nothing is to be signed.

    A key that others on this machine may read is told on stderr.

    Raises:
        UsageError: It cannot be opened.
    """
    refuse_lone_passphrase(path, passphrase_file)
    if path is None:
        return None
    from casebook.workflow.key_files import is_exposed, open_key

    key = open_key(path, passphrase_asker(passphrase_file))
    if is_exposed(path):
        tell(
            f"{dress('careful:', 'warning')} others on this machine can read {typed(path)}; "
            f"`chmod 600 {typed(path)}` keeps it to you"
        )
    return key


def passphrase_asker(path: Path | None) -> Callable[[str], bytes] | None:
    """What asks for a key's passphrase: a file, somebody at a terminal, or nobody."""
    if path is not None:
        from casebook.workflow.key_files import read_passphrase

        return lambda _: read_passphrase(path)
    if not sys.stdin.isatty():
        return None
    return _asked


def _asked(name: str) -> bytes:
    answer: str = click.prompt(f"Passphrase of {clean(name)}", hide_input=True, err=True)
    return answer.encode()


def signers_at(path: Path | None, on: date | None = None) -> "AllowedSigners | None":
    """Whose signatures count, from a file; None where nobody asks.

    Args:
        path: The file of allowed signers.
        on: The day that their keys have to count on, to its end; now when it is today.

    Raises:
        UsageError: It cannot be read.
    """
    if path is None:
        return None
    from casebook.workflow.signatures import read_signers

    moment = datetime.now().astimezone()
    if on is not None and on != moment.date():
        moment = datetime.combine(on, time(23, 59, 59)).astimezone()
    signers = read_signers(path, moment)
    if passed_over := [str(each.line) for each in signers.unused()]:
        lines = "line" if len(passed_over) == 1 else "lines"
        tell(
            f"{typed(path)}: passed over {lines} {', '.join(passed_over)}: only Ed25519 keys "
            "count here, and no certificates"
        )
    return signers


def say_report(checked: "Checked") -> None:
    """Write findings to stdout, where they are the result."""
    say(_report_text(checked, width_of(sys.stdout)))


def tell_report(checked: "Checked") -> None:
    """Write findings to stderr, beside a result; nothing when there are none."""
    if checked.report.findings:
        tell(_report_text(checked, width_of(sys.stderr)))


def _report_text(checked: "Checked", width: int | None) -> str:
    from casebook.diagnostics.writers import text_report

    return text_report(checked.report, checked.sources, dress, width)
