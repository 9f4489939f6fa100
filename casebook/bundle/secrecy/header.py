"""The header of a sealed file: read strictly, and refused unless it is plainly ours to open.

Why before anything is decrypted: a header may ask its reader to derive a key from a passphrase for
minutes, to try keys one by one, or to start a program that answers for a kind of key. What casebook
opens is sealed to X25519 keys and to nothing else, and a header says so before any key is used.

Source:
    The age file encryption format, version 1 (c2sp.org/age).
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn

from casebook.errors import CasebookError
from casebook.limits import SEAL_HEADER_BYTES, SEAL_STANZAS

_FAMILY: Final = b"age-encryption.org/"
_VERSION_LINE: Final = _FAMILY + b"v1"
_ARMOR: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
_STANZA_LINE: Final = re.compile(rb"->((?: [!-~]+)+)")
_BODY_LINE: Final = re.compile(rb"[A-Za-z0-9+/]{0,64}")
_FULL_LINE: Final = 64
_END_LINE: Final = re.compile(rb"--- ([A-Za-z0-9+/]{43})")
_GREASE: Final = "-grease"
_KEY_BYTES: Final = 32
_SHOWN: Final = 40

_OTHER_WAYS: Final = {
    "scrypt": "a passphrase",
    "ssh-rsa": "an SSH key",
    "ssh-ed25519": "an SSH key",
    "piv-p256": "a security token",
    "p256tag": "a security token",
    "tag": "a security token",
    "mlkem768p256tag": "a security token",
    "tagpq": "a security token",
    "mlkem768x25519": "a post-quantum key",
}
"""What each kind of stanza that is not taken is opened with."""

_HINT: Final = "ask the sender to make it with `casebook submit --seal` and your age1… recipient"


class SealRefused(CasebookError):
    """A sealed file that is damaged, made another way, or not for this key; says which."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """One way to open a file.

    Attributes:
        kind: What it is opened with: ``X25519``, or a word of another kind.
        arguments: The words behind it.
        body: The file's key, wrapped.
    """

    kind: str
    arguments: tuple[str, ...]
    body: bytes


def is_sealed(content: bytes) -> bool:
    """Whether a file begins as an age file of any version, in bytes or armored as text."""
    return content.startswith((_FAMILY, _ARMOR))


def refuse_unwanted(content: bytes) -> None:
    """Refuse every sealed file but one that a casebook, or age with one kind of key, has made.

    Raises:
        SealRefused: The header is damaged or too long, names another way than X25519 keys, or
            names no X25519 key.
    """
    stanzas = read_header(content)
    for stanza in stanzas:
        if stanza.kind == "X25519":
            _refuse_odd_key(stanza)
        elif not stanza.kind.endswith(_GREASE):
            way = _OTHER_WAYS.get(stanza.kind)
            said = f"with {way} ({stanza.kind})" if way else f"in a way unknown here: {stanza.kind}"
            _refuse(f"it is sealed {said[: _SHOWN + _FULL_LINE]}", hint=_HINT)
    if all(stanza.kind != "X25519" for stanza in stanzas):
        _refuse("it is sealed to no X25519 key", hint=_HINT)


def read_header(content: bytes) -> tuple[Stanza, ...]:
    """The stanzas of a header, in order, as the format's grammar has them and no other way.

    Raises:
        SealRefused: It is no header of version 1, or longer than the limits allow.
    """
    if content.startswith(_ARMOR):
        _refuse(
            "it is sealed as text (armored)",
            hint="`age` without --armor writes bytes; `casebook submit --seal` does so too",
        )
    if not is_sealed(content):
        _refuse("it is no file sealed with age")
    lines = _lines(content[:SEAL_HEADER_BYTES])
    version = next(lines)
    if version != _VERSION_LINE:
        shown = version.removeprefix(_FAMILY).decode("ascii", "backslashreplace")[:_SHOWN]
        _refuse(f"it is sealed in version {shown!r} of the age format, not v1", hint=_HINT)
    stanzas: list[Stanza] = []
    line = next(lines)
    while match := _STANZA_LINE.fullmatch(line):
        if len(stanzas) == SEAL_STANZAS:
            _refuse(f"its header has more than {SEAL_STANZAS} stanzas", hint=_HINT)
        kind, *arguments = match[1].decode("ascii").split()
        stanzas.append(Stanza(kind, tuple(arguments), _body(lines)))
        line = next(lines)
    end = _END_LINE.fullmatch(line)
    if end is None or not stanzas:
        _refuse("its header is damaged")
    _decoded(end[1])
    return tuple(stanzas)


def _refuse(why: str, hint: str = "ask the sender for the file exactly as it was made") -> NoReturn:
    raise SealRefused(why, hint=hint)


def _lines(head: bytes) -> Iterator[bytes]:
    """The whole lines of a header; whoever asks for one more than there are is refused."""
    *whole, _ = head.split(b"\n")
    yield from whole
    if len(head) == SEAL_HEADER_BYTES:
        _refuse(f"its header is longer than {SEAL_HEADER_BYTES} bytes")
    _refuse("its header is cut short")


def _body(lines: Iterator[bytes]) -> bytes:
    """The body behind a stanza's first line: full lines, and a shorter last one, maybe empty."""
    text = b""
    for line in lines:
        if _BODY_LINE.fullmatch(line) is None:
            _refuse("its header is damaged")
        text += line
        if len(line) < _FULL_LINE:
            break
    return _decoded(text)


def _decoded(text: bytes) -> bytes:
    """Base64 without padding, in the one spelling that its bytes have (RFC 4648, section 3.5)."""
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        _refuse("its header is damaged")
    if base64.b64encode(content).rstrip(b"=") != text:
        _refuse("its header is damaged")
    return content


def _refuse_odd_key(stanza: Stanza) -> None:
    """Hold a stanza of an X25519 key to its one argument, the share, and to its wrapped key."""
    if len(stanza.arguments) != 1 or len(stanza.body) != _KEY_BYTES:
        _refuse("its header is damaged")
    share = stanza.arguments[0].encode("ascii")
    if _BODY_LINE.fullmatch(share) is None or len(_decoded(share)) != _KEY_BYTES:
        _refuse("its header is damaged")
