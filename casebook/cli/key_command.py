"""``casebook key``."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from casebook.cli.options import (
    PATH,
    date_option,
    format_option,
    passphrase_option,
    signers_at,
    signers_option,
    signing_key,
    today,
)
from casebook.cli.output.lines import wrapped
from casebook.cli.terminal import clean, dress, say, say_json, tell, typed
from casebook.errors import UsageError

if TYPE_CHECKING:
    from casebook.bundle.signing.keys import PublicKey
    from casebook.workflow.key_files import ShownKey
    from casebook.workflow.signed_records import CheckedSignature

_THINGS: Final = ("submission", "marks", "result", "appeal")
"""What can be signed, as `casebook-<thing>@v1` names it."""

_file_argument = click.argument("file", type=PATH)
_records_argument = click.argument("files", nargs=-1, required=True, type=PATH)


@click.group("key")
def key_command() -> None:
    """Make and show keys; sign marks and results, check signatures."""


@key_command.command("new")
@_file_argument
@click.option("--sealing", is_flag=True, help="A key that opens what is sealed to you (age).")
@click.option("--comment", default="", help="What the public line ends with, such as a name.")
@click.option(
    "--passphrase-file", type=PATH, default=None,
    help="A file whose one line is the new passphrase; else it is asked for.",
)  # fmt: skip
@click.option("--no-passphrase", is_flag=True, help="Lock it with none, and do not ask.")
@format_option
def new_command(
    file: Path,
    *,
    sealing: bool,
    comment: str,
    passphrase_file: Path | None,
    no_passphrase: bool,
    form: str,
) -> None:
    """Make a new key: FILE to keep, FILE.pub to give away.

    It is an Ed25519 key as OpenSSH makes them. A passphrase locks it. Nothing is ever replaced.
    With --sealing it is an age key that opens submissions; that has no passphrase, and its
    recipient, the part to give away, is printed.
    """
    from casebook.workflow.key_files import new_key, new_sealing_key, refuse_taken_names

    if sealing:
        if comment or passphrase_file:
            raise UsageError(
                "a key for sealing has no passphrase and no comment", hint="leave them out"
            )
        made = new_sealing_key(file, today())
        if form == "json":
            say_json({"written": [str(made.private)], "recipients": [made.recipient]})
        else:
            say(clean(made.recipient))
        tell(f"keep {typed(made.private)} to yourself; who has it opens what is sealed to you")
        _warn_of_portfolio(file)
        return
    if no_passphrase and passphrase_file:
        raise UsageError("a key has a passphrase or none", hint="leave one of the two out")
    refuse_taken_names(file)
    passphrase = None if no_passphrase else _new_passphrase(passphrase_file)
    key = new_key(file, passphrase, comment)
    if form == "json":
        written = [str(key.private), str(key.public)]
        say_json({"written": written, **_public_values(key.key)})
    else:
        say(key.key.fingerprint)
    if passphrase is None:
        tell("the key has no passphrase: whoever gets the file can sign as you")
    tell(f"keep {typed(key.private)} to yourself, and give {typed(key.public)} away")
    _warn_of_portfolio(file)


@key_command.command("show")
@_file_argument
@click.option("--as", "who", default=None, metavar="WHO", help="Print a line for allowed signers.")
@click.option(
    "--for", "things", type=click.Choice(_THINGS), multiple=True,
    help="With --as: what WHO may sign with it; repeatable.",
)  # fmt: skip
@signers_option
@format_option
def show_command(
    file: Path,
    *,
    who: str | None,
    things: tuple[str, ...],
    signers_path: Path | None,
    form: str,
) -> None:
    """Show what of a key may be given away.

    FILE is a private or a public key; no passphrase is asked for. Prints its fingerprint and its
    public line, or of a key for sealing its recipient. With --as and --for it prints the line
    that makes WHO an allowed signer of such things: a grader by their id in graders.yaml. With
    --signers it tells whose key it is, and ends with 1 when nobody's is.
    """
    from casebook.workflow.key_files import show_key

    shown = show_key(file)
    line = _signer_line(shown, who, things)
    names = _names(shown, signers_path)
    if form == "json":
        say_json(_shown_values(shown, line, names))
    elif shown.key is None:
        say("\n".join(map(clean, shown.recipients)))
    else:
        say(line or f"{shown.key.fingerprint}\n{shown.key.line}")
        for name in names or ():
            say(f"a key of {clean(name)}")
        if names == ():
            tell(f"{typed(signers_path)} has no such key, or not for now")
    raise SystemExit(1 if names == () else 0)


@key_command.command("sign")
@_records_argument
@click.option(
    "--sign", "sign_path", metavar="KEY", type=PATH, required=True,
    help="The key to sign with.",
)  # fmt: skip
@passphrase_option
@format_option
def sign_command(
    files: tuple[Path, ...], *, sign_path: Path, passphrase_file: Path | None, form: str
) -> None:
    """Sign sealed marks, results and appeals that are there already.

    FILES are such files, and folders of them. Each signature is put beside its file, as FILE.sig.
    What does not hold by itself is not signed, nor are marks of several graders at once. What a
    file is follows from what is in it.
    """
    from casebook.workflow.signed_records import refuse_unsignable, sign_records

    refuse_unsignable(files)
    key = signing_key(sign_path, passphrase_file)
    assert key is not None  # noqa: S101 - a key was named
    written = sign_records(files, key)
    if form == "json":
        say_json({"written": list(map(str, written)), "signed_by": key.public.fingerprint})
    else:
        for path in written:
            say(clean(path))


@key_command.command("check")
@_records_argument
@signers_option
@date_option
@format_option
def check_command(
    files: tuple[Path, ...], *, signers_path: Path | None, on: date, form: str
) -> None:
    """Check the signatures of sealed marks, results and appeals.

    FILES are such files, and folders of them. With --signers it says whose signature it is and
    whether it counts; marks have to be signed by the grader who made them. Without, only that the
    signature fits. Ends with 1 when one does not, or there is none.
    """
    from casebook.workflow.signed_records import check_signatures

    checked = check_signatures(files, signers_at(signers_path, on))
    if form == "json":
        say_json([_checked_values(each) for each in checked])
    else:
        say("\n".join(_checked_text(each) for each in checked))
    if signers_path is None:
        tell("whose keys these are is not checked; `--signers FILE` says who may sign")
    raise SystemExit(0 if all(each.holds for each in checked) else 1)


def _warn_of_portfolio(file: Path) -> None:
    """Tell of a key that was made where works to hand in lie."""
    from casebook.workflow.key_files import portfolio_with

    portfolio = portfolio_with(file)
    if portfolio is not None:
        tell(
            f"{dress('careful:', 'warning')} {typed(portfolio)} is a portfolio, which is "
            "handed in; keys do not belong there: move it out"
        )


def _new_passphrase(path: Path | None) -> bytes | None:
    """The passphrase that a new key gets; None where somebody wants none."""
    if path is not None:
        from casebook.workflow.key_files import read_passphrase

        return read_passphrase(path)
    if not sys.stdin.isatty():
        raise UsageError(
            "a new key wants a passphrase, and there is nobody to ask",
            hint="put it into a file of one line, --passphrase-file FILE, or say --no-passphrase",
        )
    answer: str = click.prompt(
        "Passphrase (leave it empty for none)", default="", show_default=False,
        hide_input=True, confirmation_prompt="The same again", err=True,
    )  # fmt: skip
    return answer.encode() or None


def _signer_line(shown: "ShownKey", who: str | None, things: tuple[str, ...]) -> str | None:
    if who is None and not things:
        return None
    if who is None or not things:
        raise UsageError(
            "a line for allowed signers says who, and what they may sign",
            hint="give both, such as --as ana-ruiz --for marks",
        )
    if shown.key is None:
        raise UsageError("a key for sealing signs nothing", hint="name a key that signs")
    from casebook.workflow.key_files import signer_line

    return signer_line(shown.key, who, things)


def _names(shown: "ShownKey", signers_path: Path | None) -> tuple[str, ...] | None:
    """Whose key it is by a file of allowed signers; None where nobody asks."""
    signers = signers_at(signers_path)
    if signers is None:
        return None
    if shown.key is None:
        raise UsageError("a key for sealing signs nothing", hint="name a key that signs")
    return signers.names_of(shown.key)


def _shown_values(
    shown: "ShownKey", line: str | None, names: tuple[str, ...] | None
) -> dict[str, Any]:
    if shown.key is None:
        return {"recipients": shown.recipients}
    values: dict[str, Any] = {**_public_values(shown.key)}
    if line:
        values["allowed_signer"] = line
    if names is not None:
        values["who"] = list(names)
    return values


def _public_values(key: "PublicKey") -> dict[str, str]:
    return {"fingerprint": key.fingerprint, "public": key.line}


def _checked_text(each: "CheckedSignature") -> str:
    found = each.signature
    verdict = dress("ok  ", "good") if found.holds else dress("FAIL", "error")
    said = found.fault or (found.judged.why if found.judged else "")
    return "\n".join((f"{verdict}  {clean(each.path)}", *wrapped(said, indent="      ")))


def _checked_values(each: "CheckedSignature") -> dict[str, Any]:
    from casebook.cli.output.mark_values import signature_values

    namespace = each.record.namespace if each.record else None
    return {"path": str(each.path), "namespace": namespace, **signature_values(each.signature)}
