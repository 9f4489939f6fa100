"""The signature of section 7: its one form is read here, the rest is ssh-keygen's."""

import base64
import binascii
import hashlib
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from conformance.second_verifier.refusal import need, refuse

NAMESPACE: Final = "casebook-submission@v1"
ALGORITHM: Final = b"ssh-ed25519"
BEGIN: Final = "-----BEGIN SSH SIGNATURE-----"
END: Final = "-----END SSH SIGNATURE-----"


def fingerprint_of(armoured: bytes) -> str:
    """The fingerprint of the key in a signature of the one form that is accepted."""
    lines = armoured.split(b"\n")
    try:
        blob = base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except binascii.Error:
        refuse("no signature")
    encoded = base64.b64encode(blob).decode()
    again = [BEGIN, *(encoded[at : at + 70] for at in range(0, len(encoded), 70)), END, ""]
    need("\n".join(again).encode() == armoured, "the signature is spelled in another way")
    need(blob.startswith(b"SSHSIG" + struct.pack(">L", 1)), "no signature of version 1")
    parts = strings(blob[10:])
    need(len(parts) == 5, "the signature's parts")
    key, namespace, reserved, digest, signature = parts
    stated = (namespace, reserved, digest)
    need(stated == (NAMESPACE.encode(), b"", b"sha512"), "the namespace, or the digest")
    for part, size in ((key, 32), (signature, 64)):
        inside = strings(part)
        need(len(inside) == 2 and inside[0] == ALGORITHM, "no Ed25519")
        need(len(inside[1]) == size, "an Ed25519 key or signature of another length")
    return f"SHA256:{base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip('=')}"


def strings(content: bytes) -> list[bytes]:
    """Bytes cut into the strings that they are made of."""
    found = []
    while content:
        need(len(content) >= 4, "cut short")
        (size,) = struct.unpack_from(">L", content)
        need(len(content) >= 4 + size, "cut short")
        found.append(content[4 : 4 + size])
        content = content[4 + size :]
    return found


def check_signature(message: bytes, armoured: bytes, signers: Path | None) -> None:
    """Let ssh-keygen say whether a signature fits, and whether its key is among the signers."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(armoured)
        file.flush()
        if signers is None:
            need(asked("check-novalidate", file.name, message)[0], "the signature does not fit")
            return
        known, names = asked("find-principals", file.name, b"", "-f", str(signers))
        need(known, "the key is not among the signers")
        need(
            any(
                asked("verify", file.name, message, "-f", str(signers), "-I", name)[0]
                for name in names.splitlines()
            ),
            "the signers do not take it",
        )


def asked(question: str, file: str, message: bytes, *more: str) -> tuple[bool, str]:
    """What ssh-keygen answers."""
    command = ["ssh-keygen", "-Y", question, "-n", NAMESPACE, "-s", file, *more]
    done = subprocess.run(command, input=message, capture_output=True, check=False)
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")
