"""Taking a packet's PDF apart: a task for a confined process."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

from casebook.bundle.packet.hybrid import PacketRefused, enclosed_files
from casebook.confinement.frames import pack_files

# Enough of a PDF to have every part of the reader loaded before the walls rise.
_TRIAL = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


def prepare() -> Iterable[Path]:
    """Load the reader."""
    with contextlib.suppress(PacketRefused):
        enclosed_files(_TRIAL)
    return ()


def answer(request: object) -> bytes:
    """The files enclosed in a PDF.

    Args:
        request: The PDF's bytes, and the limits for what it encloses.
    """
    assert isinstance(request, tuple)  # noqa: S101 - ``receiving`` sends one
    try:
        return pack_files(enclosed_files(*request))
    except RecursionError:
        raise PacketRefused(
            "its parts lie deeper within one another than in any packet",
            hint="ask the sender for the packet exactly as casebook wrote it",
        ) from None
