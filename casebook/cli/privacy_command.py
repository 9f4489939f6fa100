"""``casebook privacy``."""

from datetime import date
from pathlib import Path

import click

from casebook.cli.options import PATH, date_option, force_option, format_option
from casebook.cli.output.privacy_text import privacy_lines, privacy_values, signed_lines
from casebook.cli.terminal import say, say_json, tell
from casebook.errors import UsageError
from casebook.workflow.privacy.regions import regions_meant
from casebook.workflow.privacy.review import look_through
from casebook.workflow.privacy.sign_off import Reasons, sign_off


@click.command("privacy")
@click.argument("path", type=PATH)
@click.option(
    "--names", "names_path", type=PATH, default=None,
    help="Your private list of names; private-names.txt in the portfolio when left out.",
)  # fmt: skip
@click.option(
    "--region", "regions", multiple=True, metavar="XX",
    help="A country, by two letters, whose telephone numbers to look for first; may be repeated.",
)  # fmt: skip
@click.option(
    "--sign-off", "by", metavar="NAME", default=None,
    help="Record that this person looked, and why what was found may stand.",
)  # fmt: skip
@click.option("--reason", default=None, help="Why everything that was found may stand.")
@click.option(
    "--accept", "accepted", multiple=True, metavar="WHICH=REASON",
    help="Why some of it may stand: of a rule (HIPAA-C), a code or path:line; may be repeated.",
)  # fmt: skip
@date_option
@force_option
@format_option
def privacy_command(
    path: Path,
    *,
    names_path: Path | None,
    regions: tuple[str, ...],
    by: str | None,
    reason: str | None,
    accepted: tuple[str, ...],
    on: date,
    force: bool,
    form: str,
) -> None:
    """Look for what may identify a client, and sign that somebody looked.

    PATH is a portfolio, another folder, a file, a submission or a packet. Looks for the eighteen
    kinds of HIPAA Safe Harbor and for the names of your private list, and asks what no search can
    answer. It warns; it does not promise that nothing is left. Ends with 1 while something waits
    for somebody to decide.
    """
    if by is None and (reason is not None or accepted):
        raise UsageError(
            "a reason is part of a sign-off", hint='say who looked: --sign-off "Your name"'
        )
    looked = look_through(path, names_path, regions_meant(regions))
    if by is not None:
        signed = sign_off(looked, by, on, Reasons(_particular(accepted), reason), force=force)
        if form == "json":
            say_json({"path": str(signed.path), **signed.record.model_dump(mode="json")})
        else:
            for line in signed_lines(signed):
                say(line)
        return
    if form == "json":
        say_json(privacy_values(looked))
    else:
        said, aside = privacy_lines(looked)
        say("\n".join(said))
        for line in aside:
            tell(line)
    raise SystemExit(1 if looked.open_findings else 0)


def _particular(accepted: tuple[str, ...]) -> dict[str, str]:
    reasons = {}
    for each in accepted:
        which, found, why = each.partition("=")
        if not (found and which.strip() and why.strip()):
            raise UsageError(
                f"--accept {each!r} does not say which and why",
                hint='write it as --accept "HIPAA-C=the year of a published study"',
            )
        reasons[which.strip()] = why.strip()
    return reasons
