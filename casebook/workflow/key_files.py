"""Files with keys: new ones written with care, old ones opened, and what is to be known of them."""

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casebook.bundle.signing.keys import KeyRefused, PublicKey, SigningKey, new_signing_key
from casebook.bundle.signing.private_keys import private_text, public_half, read_signing_key
from casebook.errors import UsageError
from casebook.files import sweep_orphans, write_new_file, write_new_files
from casebook.source.mistaken_files import IDENTITY, RECIPIENT, mistaken_file
from casebook.workflow.key_texts import key_text

PUBLIC_SUFFIX: Final = ".pub"

Ask = Callable[[str], bytes]
"""Asks somebody for a passphrase, given the name of what it opens."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was made.

    Attributes:
        private: The file to keep.
        public: The file to give away.
        key: What others know of it.
    """

    private: Path
    public: Path
    key: PublicKey


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """A key for sealing that was made.

    Attributes:
        private: The file to keep.
        recipient: The ``age1…`` line to give away.
    """

    private: Path
    recipient: str


@dataclass(frozen=True, slots=True)
class ShownKey:
    """What a file with a key tells everybody.

    Attributes:
        key: A key that signs; None for one that seals.
        recipients: Of keys that seal, the lines to give away.
    """

    key: PublicKey | None
    recipients: tuple[str, ...] = ()


def new_key(path: Path, passphrase: bytes | None, comment: str) -> NewKey:
    """Make an Ed25519 key: a file to keep, and one beside it to give away.

    Args:
        path: The file to keep; nothing may stand there, nor under that name with ``.pub``.
        passphrase: What locks it; None for nothing.
        comment: What its public line ends with, such as an address; may be empty.

    Raises:
        UsageError: Something stands there already, or the comment is no single line.
        MachineError: The system refuses.
    """
    public = _public_of(path)
    _refuse_taken(path, public)
    if not comment.isprintable():
        raise UsageError("the comment is no single line", hint="leave control characters out")
    key = new_signing_key()
    files = {
        path: private_text(key, passphrase),
        # Why second: without the public file nothing is lost, `key show` prints its line.
        public: f"{key.public.line} {comment}".rstrip().encode() + b"\n",
    }
    write_new_files(files, private={path})
    return NewKey(path, public, key.public)


def refuse_taken_names(path: Path) -> None:
    """Refuse a name for a new key before anybody is asked for its passphrase.

    Raises:
        UsageError: Something stands there already, or under that name with ``.pub``.
    """
    _refuse_taken(path, _public_of(path))


def portfolio_with(path: Path) -> Path | None:
    """The portfolio that a file lies in, at whatever depth: what lies there may be handed in."""
    from casebook.source.portfolio import is_portfolio

    return next((each for each in path.absolute().parents if is_portfolio(each)), None)


def new_sealing_key(path: Path, on: date) -> NewIdentity:
    """Make a key that opens what is sealed to its recipient (age, X25519).

    Raises:
        UsageError: Something stands there already.
        MachineError: The system refuses.
    """
    from casebook.bundle.secrecy import new_identity

    _refuse_taken(path)
    identity = new_identity()
    write_new_file(path, identity.to_file(on), private=True)
    return NewIdentity(path, str(identity.recipient))


def open_key(path: Path, ask: Ask | None = None) -> SigningKey:
    """Open a private key to sign with.

    Args:
        path: The file.
        ask: Asks for its passphrase, where it has one.

    Raises:
        UsageError: There is no such file, it is another kind of file or key, or the passphrase
            does not open it.
    """
    content = key_text(path)
    try:
        return read_signing_key(content, None if ask is None else lambda: ask(str(path)))
    except KeyRefused as error:
        raise KeyRefused(f"{path}: {error}", hint=error.hint) from error


def show_key(path: Path) -> ShownKey:
    """What a key file tells everybody; no passphrase is asked for.

    Raises:
        UsageError: There is no such file, or no key in it.
    """
    content = key_text(path)
    try:
        if recipients := _recipients(content):
            return ShownKey(None, recipients)
        if content.lstrip().startswith((b"-----", b"PuTTY-")):
            return ShownKey(public_half(content))
        return ShownKey(PublicKey.parse(content.decode("utf-8", "replace")))
    except UsageError as error:
        raise type(error)(f"{path}: {error}", hint=error.hint) from error


def signer_line(key: PublicKey, who: str, things: Sequence[str]) -> str:
    """A line that makes somebody an allowed signer, for those things and no others.

    Args:
        key: Their key.
        who: Their name, such as a grader's id.
        things: What they may sign, of submission, marks, result and appeal.

    Raises:
        UsageError: The name would be read as something else.
    """
    if not who.isprintable() or not who or set(who) & set(' ,"!*?#'):
        raise UsageError(
            f"{who!r} is no name for an allowed signer",
            hint="take a grader's id, or an address: no spaces, commas, quotes, !, *, ? or #",
        )
    spaces = ",".join(f"casebook-{thing}@v1" for thing in dict.fromkeys(things))
    return f'{who} namespaces="{spaces}" {key.line}'


def read_passphrase(path: Path) -> bytes:
    """The passphrase in a file of one line.

    Raises:
        UsageError: There is no such file, or it is empty or has more lines.
    """
    lines = key_text(path).removesuffix(b"\n").removesuffix(b"\r").split(b"\n")
    if len(lines) != 1 or not lines[0]:
        raise UsageError(
            f"{path} is to hold a passphrase, and it is no single line",
            hint="write the passphrase into it and nothing else",
        )
    return lines[0]


def is_exposed(path: Path) -> bool:
    """Whether others on this machine may read a file; unknown on Windows, and so not said."""
    if os.name == "nt":
        return False
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _recipients(content: bytes) -> tuple[str, ...]:
    """The recipients of keys that seal, or the one that a file holds by itself; maybe none."""
    kind = mistaken_file(content)
    if kind is IDENTITY:
        from casebook.bundle.secrecy import read_identities

        return tuple(str(each.recipient) for each in read_identities(content))
    if kind is RECIPIENT:
        from casebook.bundle.secrecy import read_recipient

        return (str(read_recipient(content)),)
    return ()


def _public_of(path: Path) -> Path:
    return path.with_name(f"{path.name}{PUBLIC_SUFFIX}")


def _refuse_taken(*paths: Path) -> None:
    # Why first: whoever starts anew after a run that was killed may be refused here.
    sweep_orphans(paths[0].parent)
    for path in paths:
        if os.path.lexists(path):
            raise UsageError(
                f"{path} is already there, and a key is never replaced",
                hint="name another file; what was signed with a key that is lost still holds",
            )
