"""The options by which somebody who opens submissions says what they have of their own."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casebook.cli.options import identity_option, signers_at, signers_option
from casebook.cli.terminal import dress, tell, typed
from casebook.errors import UsageError

if TYPE_CHECKING:
    from casebook.bundle.secrecy import Identity
    from casebook.workflow.reader import Reader

_as_option = click.option(
    "--as",
    "who",
    metavar="WHO",
    default=None,
    help="Whose signature it has to be, by their name in the file of signers.",
)


def reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--identity``, ``--signers`` and ``--as``, as one ``reader``."""

    @functools.wraps(command)
    def with_reader(
        *,
        identity_path: Path | None,
        signers_path: Path | None,
        who: str | None,
        **others: Any,  # noqa: ANN401 - a command's own
    ) -> Any:  # noqa: ANN401 - the same
        return command(reader=_reader(identity_path, signers_path, who), **others)

    return identity_option(signers_option(_as_option(with_reader)))


def identities_at(path: Path | None) -> tuple["Identity", ...]:
    """The identities to open with, from a file; others who may read it are told on stderr.

    Raises:
        UsageError: It cannot be read.
    """
    if path is None:
        return ()
    from casebook.workflow.key_files import is_exposed
    from casebook.workflow.sealing import identities_in

    identities = identities_in(path)
    if is_exposed(path):
        tell(
            f"{dress('careful:', 'warning')} others on this machine can read {typed(path)}; "
            f"`chmod 600 {typed(path)}` keeps it to you"
        )
    return identities


def refuse_unknown_signer(signers_path: Path | None, who: str | None) -> None:
    """Refuse to ask for somebody's signature without a list that says whose key is whose.

    Raises:
        UsageError: That is asked for.
    """
    if who is not None and signers_path is None:
        raise UsageError(
            f"nothing says which key is that of {who!r}",
            hint="name the file that does: --signers FILE",
        )


def _reader(identity_path: Path | None, signers_path: Path | None, who: str | None) -> "Reader":
    from casebook.workflow.reader import Reader

    refuse_unknown_signer(signers_path, who)
    # Why as of now: a key that counts no longer could sign under any date that it liked.
    signers = signers_at(signers_path)
    if signers is not None and who is not None:
        signers = signers.demanding(who)
    return Reader(identities_at(identity_path), signers)
