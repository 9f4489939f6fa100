"""Files that are named by mistake where a file of casebook's is meant, told by how they begin.

Somebody who types a submission's name where its folder is wanted, or a key's where marks are, is
told what the file is and where it belongs, and not which of its bytes is no letter.
"""

import re
from dataclasses import dataclass
from typing import Final

_ATTACHED: Final = "forms and pictures belong in attachments/; write this file with a text editor"
_SENT: Final = (
    "a submission is read by `casebook verify` and opened by `casebook open`; anything else "
    "belongs in attachments/"
)
_SEALED: Final = (
    "`casebook verify` and `casebook open` take it with --identity KEY; for every other command "
    "`casebook unseal FILE --identity KEY` opens it first"
)
_BESIDE: Final = "name the file that it stands beside: the same name without .sig"
_KEPT: Final = "keep it to yourself; where a command wants it, an option names it: --sign KEY"
_OPENER: Final = "keep it to yourself; where a command wants it, an option names it: --identity KEY"
_GIVEN: Final = "`casebook key show` shows it; whose key it is stands in a file for --signers"
_RECIPIENT: Final = "a submission is sealed to it by `casebook submit --seal`"


@dataclass(frozen=True, slots=True)
class MistakenFile:
    """What a file is.

    Attributes:
        called: What it is, with its article.
        remedy: Where it belongs, or what opens it.
        is_text: Whether it is text all the same.
    """

    called: str
    remedy: str
    is_text: bool = False


PUBLIC_KEY: Final = MistakenFile("a public key", _GIVEN, is_text=True)
IDENTITY: Final = MistakenFile("a key that opens what is sealed", _OPENER, is_text=True)
RECIPIENT: Final = MistakenFile("a recipient", _RECIPIENT, is_text=True)
SEALED: Final = MistakenFile("a sealed submission", _SEALED)
_SIGNING_KEY: Final = MistakenFile("a private key that signs", _KEPT, is_text=True)

_BEGINNINGS: Final = tuple(
    (re.compile(start), kind)
    for start, kind in (
        (rb"%PDF-", MistakenFile("a PDF", _SENT)),
        (rb"\x89PNG\r\n\x1a\n", MistakenFile("a PNG picture", _ATTACHED)),
        (rb"\xff\xd8\xff", MistakenFile("a JPEG picture", _ATTACHED)),
        (rb"PK\x03\x04", MistakenFile("a ZIP archive or a word processor's document", _SENT)),
        (rb"age-encryption\.org/", SEALED),
        (
            rb"-----BEGIN AGE ENCRYPTED FILE-----",
            MistakenFile("a sealed file", _SEALED, is_text=True),
        ),
        (rb"-----BEGIN SSH SIGNATURE-----", MistakenFile("a signature", _BESIDE, is_text=True)),
        (rb"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----", _SIGNING_KEY),
        (rb"PuTTY-User-Key-File-", _SIGNING_KEY),
        (rb"(?:#[^\r\n]*\r?\n)*AGE-SECRET-KEY-", IDENTITY),
        (rb"(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[!-~]+ AAAA", PUBLIC_KEY),
        (rb"age1[a-z0-9]+\s*\Z", RECIPIENT),
    )
)
"""How such files begin, and what they are."""


def mistaken_file(content: bytes) -> MistakenFile | None:
    """What a file is that is none of casebook's; None where its beginning does not tell."""
    start = content.removeprefix(b"\xef\xbb\xbf")
    return next((kind for begins, kind in _BEGINNINGS if begins.match(start)), None)
