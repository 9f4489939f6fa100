"""The files inside a packet's PDF: its own sources, read back without trusting them.

The PDF is taken apart by pypdf: pure Python, within limits. Programs that sign a PDF or put notes
on it keep its enclosures; so any PDF is read that still holds them, not only one with the bytes
that casebook wrote.
"""

import logging
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NoReturn

from casebook.bundle.archive import LIMITS, Limits
from casebook.errors import CasebookError
from casebook.files import name_clash, name_fault

if TYPE_CHECKING:
    from casebook.bundle.packet.frugal_pdf import Budget

SIGNATURE: Final = b"%PDF-"

_HINT: Final = "ask the sender for the packet exactly as casebook wrote it"
_NAME_SHOWN: Final = 80

_LOG: Final = logging.getLogger("pypdf")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False


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
    # Why here: it takes a tenth of a second, and few commands open a packet.
    from pypdf import apply_configuration
    from pypdf.errors import DependencyError, FileNotDecryptedError

    from casebook.bundle.packet.frugal_pdf import Budget

    budget = Budget()
    try:
        # Why without: a stranger's file decides of no program that runs here.
        with apply_configuration(jbig2dec_binary=None):
            files = _read(content, budget, limits)
    except PacketRefused:
        raise
    # Why the second: some locks take a library that casebook does without.
    except (FileNotDecryptedError, DependencyError) as error:
        raise PacketRefused(
            "it is locked with a password", hint="ask the sender for it without one"
        ) from error
    # Why all: a damaged PDF makes its reader stumble in many ways, and none of them is ours.
    except Exception as error:
        _refuse_overdrawn(budget)
        raise PacketRefused("it is damaged, or no PDF at all", hint=_HINT) from error
    _refuse_overdrawn(budget)
    hold_names(files, limits)
    if not files:
        _refuse(
            "it encloses no files: it was made of no portfolio, or another program left them out",
            hint=f"open the submission instead, or {_HINT}",
        )
    return files


def hold_names(files: Mapping[str, bytes], limits: Limits) -> None:
    """Refuse files that no folder could hold safely by these names.

    Raises:
        PacketRefused: A name is none, or two are one to some system.
    """
    for name in files:
        _refuse_unsafe(name, limits)
    if clash := name_clash(list(files)):
        _refuse_name(*clash)


def _read(content: bytes, budget: "Budget", limits: Limits) -> dict[str, bytes]:
    from casebook.bundle.packet.frugal_pdf import FrugalReader

    files: dict[str, bytes] = {}
    total = 0
    for each in FrugalReader(content, budget).attachment_list:
        name = each.alternative_name or each.name
        _refuse_unsafe(name, limits)
        if name in files:
            _refuse_name(name, "is there twice")
        inside = each.content
        total += len(inside)
        if len(files) >= limits.entries or total > limits.total_bytes:
            _refuse("it encloses more than a portfolio can hold")
        files[name] = inside
    return files


def _refuse_unsafe(name: object, limits: Limits) -> None:
    # Why: pypdf hands out what stands in a name's place, a number or bytes too.
    if not isinstance(name, str):
        _refuse("it encloses a file whose name is no text")
    if fault := name_fault(name):
        _refuse_name(name, fault)
    if len(name.encode("utf-8", "replace")) > limits.name_bytes:
        _refuse_name(name, f"is longer than {limits.name_bytes} bytes")
    if not unicodedata.is_normalized("NFC", name):
        _refuse_name(name, "is not in Unicode's composed form (NFC)")


def _refuse_overdrawn(budget: "Budget") -> None:
    if budget.overdrawn:
        _refuse("it takes more work to read than a packet can")


def _refuse_name(name: str, why: str) -> NoReturn:
    _refuse(f"it encloses a file whose name, {name[:_NAME_SHOWN]!r}, {why}")


def _refuse(why: str, hint: str = _HINT) -> NoReturn:
    raise PacketRefused(why, hint=hint)
