"""The two halves of a key for sealing: the recipient, to give away, and the identity, to keep.

Both are written as age and age-keygen write them, so that either program's files serve the other.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NoReturn, Self

from casebook.bundle.secrecy.header import is_sealed
from casebook.errors import UsageError
from casebook.limits import SEAL_KEYS

RECIPIENT_PATTERN: Final = r"^age1[02-9ac-hj-np-z]{58}$"
"""A recipient's letters (Bech32 without its checksum, which pyrage holds it to)."""

_SECRET: Final = "AGE-SECRET-KEY-"  # noqa: S105 - the beginning that all of them share
_RECIPIENT_HINT: Final = "it is the `age1…` line that the office publishes, or a file with that"
_IDENTITY_HINT: Final = "an identity is a file with an `AGE-SECRET-KEY-1…` line"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a file is sealed to.

    Attributes:
        text: ``age1`` and 58 letters and digits, in small letters.
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what somebody typed or copied.

        Raises:
            UsageError: It is no recipient, or has a slip in it.
        """
        written = text.strip()
        if written.upper().startswith(_SECRET):
            raise UsageError(
                "that is the office's secret identity, and no recipient",
                hint="whoever has it can open every submission; tell the office at once",
            )
        if re.fullmatch(RECIPIENT_PATTERN, written) is None:
            _refuse_recipient(written)
        from pyrage import RecipientError, x25519

        try:
            return cls(str(x25519.Recipient.from_str(written)))
        except RecipientError:
            raise UsageError(
                f"{written!r} is no recipient: its letters do not add up",
                hint="copy it again, whole",
            ) from None

    def for_sealing(self) -> Any:  # noqa: ANN401 - a type of pyrage, loaded when it is used
        """The recipient as pyrage takes it."""
        from pyrage import x25519

        return x25519.Recipient.from_str(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Identity:
    """What opens the files that are sealed to its recipient; its secret shows in no ``repr``."""

    recipient: Recipient
    secret: str = field(repr=False)

    @classmethod
    def parse(cls, secret: str) -> Self:
        """Read the secret line of an identity file.

        Raises:
            UsageError: It is none.
        """
        from pyrage import IdentityError, x25519

        try:
            identity = x25519.Identity.from_str(secret)
        except IdentityError:
            raise UsageError(
                "the identity cannot be read: its letters do not add up", hint=_IDENTITY_HINT
            ) from None
        return cls(Recipient(str(identity.to_public())), secret)

    def for_unsealing(self) -> Any:  # noqa: ANN401 - a type of pyrage, loaded when it is used
        """The identity as pyrage takes it."""
        from pyrage import x25519

        return x25519.Identity.from_str(self.secret)

    def to_file(self, made_on: date) -> bytes:
        """The file that keeps it, as age-keygen writes it."""
        lines = (f"# created: {made_on}", f"# public key: {self.recipient}", self.secret)
        return "".join(f"{line}\n" for line in lines).encode()


def new_identity() -> Identity:
    """A new key, by the system's source of chance."""
    from pyrage import x25519

    return Identity.parse(str(x25519.Identity.generate()))


def read_recipient(content: bytes) -> Recipient:
    """The one recipient in a file; empty lines and lines that begin with ``#`` are passed over.

    Raises:
        UsageError: It holds none, or several, or something else.
    """
    lines = _lines(content, _RECIPIENT_HINT)
    if len(lines) != 1:
        what = "no recipient" if not lines else f"{len(lines)} lines that are to be recipients"
        raise UsageError(
            f"it holds {what}, and a submission is sealed to one", hint=_RECIPIENT_HINT
        )
    return Recipient.parse(lines[0])


def read_identities(content: bytes) -> tuple[Identity, ...]:
    """Every identity in a file, as age-keygen writes them; at least one.

    Raises:
        UsageError: It holds none, too many, or something else.
    """
    if is_sealed(content):
        raise UsageError(
            "the identity is itself locked with a passphrase",
            hint="unlock it first, such as by `age -d -o identity.txt FILE`",
        )
    lines = _lines(content, _IDENTITY_HINT)
    if not lines or len(lines) > SEAL_KEYS:
        raise UsageError(f"it holds {len(lines) or 'no'} identities", hint=_IDENTITY_HINT)
    for line in lines:
        if not line.upper().startswith(f"{_SECRET}1"):
            kind = "a recipient, which only seals" if line.startswith("age1") else "no identity"
            raise UsageError(f"it holds {kind}", hint=_IDENTITY_HINT)
    return tuple(Identity.parse(line) for line in lines)


def _lines(content: bytes, hint: str) -> list[str]:
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError:
        raise UsageError("it is no text file with a key", hint=hint) from None
    written = (line.strip() for line in text.splitlines())
    return [line for line in written if line and not line.startswith("#")]


def _refuse_recipient(written: str) -> NoReturn:
    shown = f"{written[:40]}…" if len(written) > len("age1") + 58 else written
    other = {
        "ssh-": "that is an SSH key",
        "age1pq1": "that is a post-quantum key",
        "age1": "it has other letters or another length",
    }
    why = next((words for start, words in other.items() if written.startswith(start)), None)
    raise UsageError(
        f"{shown!r} is no recipient" + (f": {why}" if why else ""), hint=_RECIPIENT_HINT
    )
