"""The files inside a packet's PDF: its own sources, read back without trusting them.

The PDF is taken apart by pypdf: pure Python, with limits of its own on what a stream may unpack
to. Programs that sign a PDF or put notes on it keep its enclosures; so any PDF is read that still
holds them, not only one with the bytes that casebook wrote.
"""

import io
import logging
import unicodedata
from collections.abc import Iterator
from typing import Final, NoReturn

from casebook.bundle.archive import LIMITS, Limits
from casebook.errors import CasebookError
from casebook.files import name_fault

SIGNATURE: Final = b"%PDF-"

_HINT: Final = "ask the sender for the packet exactly as casebook wrote it"


class PacketRefused(CasebookError):
    """The PDF is damaged, dangerous, or holds no sources; says what and why."""


def enclosed_files(content: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The files enclosed in a PDF, by their names.

    Args:
        content: The whole PDF.
        limits: How many files of which sizes are read.

    Raises:
        PacketRefused: No PDF that can be read, no file in it, or a name or size not to be trusted.
    """
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    for name, inside in _enclosures(content):
        _refuse_name(name, seen, limits)
        total += len(inside)
        if len(files) >= limits.entries or total > limits.total_bytes:
            _refuse("it encloses more than a portfolio can hold")
        seen.add(name.casefold())
        files[name] = inside
    if not files:
        _refuse(
            "it encloses no files: it was made of no portfolio, or another program left them out",
            hint=f"open the submission instead, or {_HINT}",
        )
    return files


def _enclosures(content: bytes) -> Iterator[tuple[str, bytes]]:
    # Why here: it takes a tenth of a second, and few commands open a packet.
    from pypdf import PdfReader

    log = logging.getLogger("pypdf")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    try:
        reader = PdfReader(io.BytesIO(content))
        for each in reader.attachment_list:
            yield each.alternative_name or each.name, each.content
    except (PacketRefused, GeneratorExit):
        raise
    # Why all: a damaged PDF makes its reader stumble in many ways, and none of them is ours.
    except Exception as error:
        raise PacketRefused(f"it cannot be read as a PDF: {error}", hint=_HINT) from error


def _refuse_name(name: str, seen: set[str], limits: Limits) -> None:
    fault = name_fault(name)
    if not fault and len(name.encode("utf-8", "replace")) > limits.name_bytes:
        fault = f"is longer than {limits.name_bytes} bytes"
    if not fault and not unicodedata.is_normalized("NFC", name):
        fault = "is not in Unicode's composed form (NFC)"
    if not fault and name.casefold() in seen:
        fault = "is there twice"
    if fault:
        _refuse(f"it encloses a file whose name, {name[:80]!r}, {fault}")


def _refuse(why: str, hint: str = _HINT) -> NoReturn:
    raise PacketRefused(why, hint=hint)
