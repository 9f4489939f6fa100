"""The allowed-signers file of OpenSSH: who may sign with which key, as what, and when.

A line has names, options, a kind of key and the key: ``ana-ruiz namespaces="casebook-marks@v1"
ssh-ed25519 AAAA...``. A file with a line that cannot be understood is refused as a whole: what
was meant to take trust away must never be passed over.

Source:
    ssh-keygen(1), section ALLOWED SIGNERS.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from casebook.bundle.signing.keys import KEY_TYPE, KeyRefused, PublicKey, is_kind_of_key
from casebook.bundle.signing.patterns import matches
from casebook.bundle.signing.sshsig import THINGS, things_signed
from casebook.errors import UsageError

_NAMES: Final = re.compile(r'(?:"([^"]*)"|([^\s"]+))(?:[ \t]+|$)')
_OPTION: Final = re.compile(r'([A-Za-z0-9@.-]+)(?:=("(?:\\"|[^"])*"|[^",\s]*))?')
_MOMENT: Final = re.compile(r"(\d{8})(\d{4}(?:\d{2})?)?(Z|UTC)?", re.IGNORECASE)
_HINT: Final = "see ALLOWED SIGNERS in ssh-keygen(1), or docs/signing.md"


class SignersRefused(UsageError):
    """A file of allowed signers has a line that cannot be understood."""


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """One line: a key, whose it is, and what it may be used for.

    Attributes:
        line: Its number in the file.
        names: The names as a pattern list.
        key: The key; None where the line is about a key or certificate that is not used here.
        namespaces: What may be signed with it, as a pattern list; None for everything.
        after: The moment from which it counts.
        before: The moment until which it counts.
    """

    line: int
    names: str
    key: PublicKey | None
    namespaces: str | None = None
    after: datetime | None = None
    before: datetime | None = None

    def is_for(self, who: str) -> bool:
        """Whether the line speaks of somebody."""
        return matches(who, self.names)

    def objection(self, namespace: str, moment: datetime) -> str | None:
        """Why the key does not count for a thing at a moment; None when it does."""
        if self.namespaces is not None and not matches(namespace, self.namespaces):
            return (
                f"it is {self.names}'s key (line {self.line} of the signers), which may sign "
                f"{self._may_sign()}, but no {things_signed(namespace)}"
            )
        if self.after is not None and moment < self.after:
            return f"the key does not count before {_shown(self.after)} (line {self.line})"
        if self.before is not None and moment > self.before:
            return f"the key counts no longer since {_shown(self.before)} (line {self.line})"
        return None

    def _may_sign(self) -> str:
        """What the line lets its key sign here, in words."""
        taken = [said for each, said in THINGS.items() if matches(each, self.namespaces or "*")]
        return " and ".join(taken) or "other things"


def read_lines(content: bytes) -> tuple[AllowedSigner, ...]:
    """Read a file of allowed signers.

    Raises:
        SignersRefused: A line cannot be understood, or no line is left.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SignersRefused("it is no text", hint=_HINT) from error
    found = []
    for number, line in enumerate(re.split(r"\r?\n", text), start=1):
        stripped = line.strip(" \t")
        if stripped and not stripped.startswith("#"):
            found.append(_line(number, stripped))
    if not found:
        raise SignersRefused("it names nobody", hint=_HINT)
    return tuple(found)


def _line(number: int, text: str) -> AllowedSigner:
    start = _NAMES.match(text)
    if start is None:
        raise _refused(number, "the names at its beginning cannot be read")
    names, rest = start[1] or start[2] or "", text[start.end() :].lstrip(" \t")
    if not names or not rest:
        raise _refused(number, "a line is a name, options where there are any, and a key")
    if is_kind_of_key(names):
        raise _refused(number, "it begins with a key; put the name of its owner before it")
    if not names.isprintable():
        raise _refused(number, "a name holds a control character")
    signer = AllowedSigner(number, names, None)
    if not is_kind_of_key(rest.split(maxsplit=1)[0]):
        end = _end_of_options(number, rest)
        signer, is_authority = _with_options(signer, rest[:end])
        rest = rest[end:].lstrip(" \t")
        if is_authority:
            return signer
    return replace(signer, key=_key(number, rest))


def _end_of_options(number: int, text: str) -> int:
    quoted = False
    for at, sign in enumerate(text):
        if sign == '"' and not (at and text[at - 1] == "\\"):
            quoted = not quoted
        elif sign in " \t" and not quoted:
            return at
    if quoted:
        raise _refused(number, "a quotation mark is never closed")
    raise _refused(number, "it has no key, or one of a kind that is not known")


def _with_options(signer: AllowedSigner, text: str) -> tuple[AllowedSigner, bool]:
    """The signer with its options, and whether it is an authority that signs others' keys."""
    given: dict[str, str] = {}
    for name, value in _options(signer.line, text):
        if name in given:
            raise _refused(signer.line, f"the option {name} is there twice")
        given[name] = value
    number = signer.line
    after = _moment(number, given["valid-after"]) if "valid-after" in given else None
    before = _moment(number, given["valid-before"]) if "valid-before" in given else None
    if after and before and before <= after:
        raise _refused(number, "valid-before lies before valid-after")
    signer = replace(signer, namespaces=given.get("namespaces"), after=after, before=before)
    return signer, "cert-authority" in given


def _options(number: int, text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while True:
        found = _OPTION.match(text, at)
        if found is None:
            raise _refused(number, f"its options cannot be read from {text[at:][:40]!r} on")
        name, value = found[1].lower(), found[2]
        if name == "cert-authority" and value is None:
            yield name, ""
        elif name not in {"namespaces", "valid-after", "valid-before"}:
            raise _refused(number, f"the option {found[1][:40]!r} is not known")
        elif value is None or not value.startswith('"'):
            raise _refused(number, f'the option {name} wants a value in quotes: {name}="…"')
        else:
            yield name, value[1:-1].replace('\\"', '"')
        at = found.end()
        if at == len(text):
            return
        if text[at] != ",":
            raise _refused(number, f"its options cannot be read from {text[at:][:40]!r} on")
        at += 1


def _moment(number: int, text: str) -> datetime:
    """A day or a moment, of the system's own time zone where no Z follows."""
    wrong = _refused(
        number, f"{text[:40]!r} is no moment; write YYYYMMDD or YYYYMMDDHHMM, with Z for UTC"
    )
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise wrong
    try:
        clock = (found[2] or "").ljust(6, "0")
        moment = datetime.strptime(found[1] + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007 - zone follows
        return moment.replace(tzinfo=UTC) if found[3] else moment.astimezone()
    except (ValueError, OverflowError) as error:
        raise wrong from error


def _key(number: int, text: str) -> PublicKey | None:
    """The key of a line; None for a kind of key that signs nothing here."""
    words = text.split()
    if len(words) < 2 or not is_kind_of_key(words[0]):  # noqa: PLR2004 - kind and key
        raise _refused(number, "it has no key, or one of a kind that is not known")
    if words[0] != KEY_TYPE:
        return None
    try:
        return PublicKey.parse(" ".join(words[:2]))
    except KeyRefused as error:
        raise _refused(number, str(error)) from error


def _refused(number: int, why: str) -> SignersRefused:
    return SignersRefused(f"line {number}: {why}", hint=_HINT)


def _shown(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
