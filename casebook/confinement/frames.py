"""What goes over the pipes between parent and child: a head of JSON, then bytes.

Why no pickle from the child: unpickling runs what the sender chose. What a child sends is taken as
a stranger's: lengths are checked before anything is read, and the head has to be what it should.
"""

import json
from collections.abc import Mapping
from typing import IO, Final, TypeAlias

Head: TypeAlias = dict[str, str | None]

_LENGTH: Final = 8
HEAD_BYTES: Final = 65_536
"""The longest head; a message for a terminal has a line or two."""


class BrokenFrame(Exception):
    """What came is no frame: it breaks off, is too long, or has no proper head."""


def write_frame(pipe: IO[bytes], head: Mapping[str, str | None], body: bytes = b"") -> None:
    """Send a head with a body."""
    coded = json.dumps(dict(head)).encode()
    pipe.write(len(coded).to_bytes(_LENGTH, "big"))
    pipe.write(coded)
    pipe.write(len(body).to_bytes(_LENGTH, "big"))
    pipe.write(body)
    pipe.flush()


def read_frame(pipe: IO[bytes], body_bytes: int) -> tuple[Head, bytes]:
    """Receive a head with a body of at most so many bytes.

    Raises:
        EOFError: The other side is gone.
        BrokenFrame: It sends something else.
    """
    coded = _part(pipe, HEAD_BYTES, "its head")
    body = _part(pipe, body_bytes, "its reply")
    try:
        head = json.loads(coded)
    except (ValueError, RecursionError):
        raise BrokenFrame("its head is no JSON") from None
    if not isinstance(head, dict) or not all(
        isinstance(value, str | None) for value in head.values()
    ):
        raise BrokenFrame("its head is no table of texts")
    return head, body


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """Several named contents as one body."""
    index = json.dumps([[name, len(content)] for name, content in files.items()]).encode()
    return b"".join((len(index).to_bytes(_LENGTH, "big"), index, *files.values()))


def unpack_files(body: bytes) -> dict[str, bytes]:
    """The contents of ``pack_files`` by their names, which are whatever the sender says.

    Raises:
        BrokenFrame: The body is something else.
    """
    size = int.from_bytes(body[:_LENGTH], "big")
    at = _LENGTH + size
    try:
        index = json.loads(body[_LENGTH:at])
    except (ValueError, RecursionError):
        raise BrokenFrame("its index is no JSON") from None
    files: dict[str, bytes] = {}
    for entry in index if isinstance(index, list) else [None]:
        match entry:
            case [str(name), int(length)] if 0 <= length <= len(body) - at and name not in files:
                files[name] = body[at : at + length]
                at += length
            case _:
                raise BrokenFrame("its index names no contents")
    if at != len(body):
        raise BrokenFrame("its index leaves contents out")
    return files


def _part(pipe: IO[bytes], most: int, what: str) -> bytes:
    length = int.from_bytes(_exactly(pipe, _LENGTH), "big")
    if length > most:
        raise BrokenFrame(f"{what} is longer than {most} bytes")
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    parts: list[bytes] = []
    missing = count
    while missing:
        # Why in pieces: who announces much and sends little costs no memory.
        part = pipe.read(min(missing, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
