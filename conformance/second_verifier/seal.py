"""The seal of section 8: its header is read before any key is used."""

import base64
import binascii
import re
import subprocess
from pathlib import Path
from typing import Final

from conformance.second_verifier.refusal import need, refuse

HEADER_BYTES: Final = 8_192
STANZAS: Final = 8


def is_sealed(content: bytes) -> bool:
    """Whether a file is one of age's."""
    return content.startswith((b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----"))


def unsealed(content: bytes, identity: Path) -> bytes:
    """What is sealed, once the header was found to be one to open."""
    check_header(content[:HEADER_BYTES])
    done = subprocess.run(
        ["age", "--decrypt", "--identity", identity],
        input=content,
        capture_output=True,
        check=False,
    )
    need(done.returncode == 0, "age does not open it")
    return done.stdout


def check_header(head: bytes) -> None:
    """Hold an age header to the few that are opened."""
    lines = iter(head.split(b"\n")[:-1])
    need(next(lines, b"") == b"age-encryption.org/v1", "no age file of version 1")
    kinds: list[str] = []
    for line in lines:
        if line.startswith(b"---"):
            need(line.startswith(b"--- ") and len(unpadded(line[4:])) == 32, "its MAC")
            need("X25519" in kinds, "no X25519 key opens it")
            return
        need(re.fullmatch(rb"->( [!-~]+)+", line) is not None, "a damaged stanza")
        words = line.decode().split(" ")[1:]
        body = b""
        for part in lines:
            need(len(part) <= 64, "a damaged stanza")
            body += part
            if len(part) < 64:
                break
        wrapped = unpadded(body)
        kinds.append(words[0])
        need(len(kinds) <= STANZAS, "more stanzas than are taken")
        if words[0] == "X25519":
            share = unpadded(words[1].encode()) if len(words) == 2 else b""
            need(len(share) == len(wrapped) == 32, "a damaged X25519 stanza")
        elif not words[0].endswith("-grease"):
            refuse(f"sealed in a way that is not taken: {words[0]!r}")
    refuse("the header does not end")


def unpadded(text: bytes) -> bytes:
    """Bytes from canonical base64 without padding."""
    try:
        found = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        refuse("damaged base64")
    need(base64.b64encode(found).rstrip(b"=") == text, "base64 in another spelling")
    return found


def recipients(identity: Path) -> list[str]:
    """What others seal to, so that the identities in a file open it."""
    command = ["age-keygen", "-y", str(identity)]
    done = subprocess.run(command, capture_output=True, check=False)
    need(done.returncode == 0, "the identity cannot be read")
    return done.stdout.decode().split()
