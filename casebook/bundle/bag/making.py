"""Makes a bag of files in memory: BagIt 1.0 in UTF-8 with manifests by sha-512."""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from casebook import __version__
from casebook.bundle.bag.contents import PAYLOAD
from casebook.bundle.bag.names import encode, is_unsafe
from casebook.bundle.bag.tag_files import DECLARATION, DECLARED, INFORMATION
from casebook.errors import UsageError

SOFTWARE_AGENT: Final = f"casebook {__version__}"

_RESERVED: Final = frozenset(["payload-oxum", "bag-software-agent"])


def make_bag(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """All files of a bag, the payload's among them under ``data/``.

    Args:
        payload: Name without ``data/`` -> content.
        info: Lines of ``bag-info.txt`` in order, ``Bagging-Date`` among them: casebook reads no
            clock here, so that the same input gives the same bytes. Line breaks become spaces.

    Raises:
        UsageError: The date is absent, a label is reserved or no label, or a name is unsafe.
    """
    files = {PAYLOAD + name: content for name, content in payload.items()}
    if unsafe := sorted(name for name in files if is_unsafe(name)):
        raise UsageError(f"{unsafe[0]!r} cannot be the name of a file in a bag")
    files[DECLARATION] = DECLARED.encode()
    files[INFORMATION] = _write_info(info, payload).encode("utf-8", "replace")
    files["manifest-sha512.txt"] = _write_manifest(files, inside=True)
    files["tagmanifest-sha512.txt"] = _write_manifest(files, inside=False)
    return files


def payload_of(bag: Mapping[str, bytes]) -> dict[str, bytes]:
    """The payload of a bag, its names without ``data/``."""
    return {
        name.removeprefix(PAYLOAD): content
        for name, content in bag.items()
        if name.startswith(PAYLOAD)
    }


def _write_info(info: Mapping[str, str], payload: Mapping[str, bytes]) -> str:
    if "Bagging-Date" not in info:
        raise UsageError("a bag needs its Bagging-Date")
    lines = []
    for label, value in info.items():
        if label.lower() in _RESERVED or not re.fullmatch(r"[!-9;-~]+", label):
            raise UsageError(f"{label!r} cannot be a label of {INFORMATION}")
        lines.append(f"{label}: {' '.join(value.split())}")
    size = sum(map(len, payload.values()))
    lines += [f"Payload-Oxum: {size}.{len(payload)}", f"Bag-Software-Agent: {SOFTWARE_AGENT}"]
    return "\n".join(lines) + "\n"


def _write_manifest(files: Mapping[str, bytes], *, inside: bool) -> bytes:
    return "".join(
        f"{hashlib.sha512(content).hexdigest()}  {encode(name)}\n"
        for name, content in sorted(files.items())
        if name.startswith(PAYLOAD) == inside
    ).encode()
