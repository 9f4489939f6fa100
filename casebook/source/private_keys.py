"""Private keys in files that would be handed in: a key that others have proves nothing any more."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place, Span

_TELLING: Final = (b"PRIVATE KEY", b"AGE-SECRET-KEY-", b"PuTTY-User-Key-File-")
_BEGINNING: Final = re.compile(
    rb"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----"
    rb"|AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{20}"
    rb"|(?<![^\n])PuTTY-User-Key-File-[0-9]"
)
"""How a private key begins: OpenSSH's, PEM's and PGP's; age's identity; PuTTY's."""

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def private_key_at(content: bytes) -> int | None:
    """Where in a file a private key begins, in bytes; None where there is none.

    Anywhere in it: a key that was pasted behind a comment is as lost as one that is a file.
    """
    if content.startswith(_UTF_16):
        content = content.replace(b"\0", b"")
    # Why: most attachments are large and hold none, and a plain search is many times faster.
    if not any(sign in content for sign in _TELLING):
        return None
    found = _BEGINNING.search(content)
    return None if found is None else found.start()


def check_private_keys(contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """Find private keys in the sources of a portfolio.

    Args:
        contents: What would be handed in, by path.
    """
    for path, content in contents.items():
        at = private_key_at(content)
        if at is not None:
            line = content.count(b"\n", 0, at) + 1
            yield codes.PRIVATE_KEY.at(
                Place(path, Span(line, 1, line, 1)),
                "here is a private key; it must never leave your computer",
                "take it out, and keep keys outside of the portfolio",
            )
