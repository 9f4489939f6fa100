"""The streams of a PDF, written in less time: what pages draw, and how it is packed."""

import zlib
from types import SimpleNamespace
from typing import Any, Final

_NO_DISTANCE: Final = ">0<"
"""Stands between two letters at their usual distance, behind nearly every letter."""

_LEVEL: Final = 5
"""Of zlib's nine; the ninth takes three times as long, for a hundredth of a packet's bytes."""


def write_streams_sooner() -> None:
    """Let WeasyPrint write so from now on."""
    from weasyprint.pdf.stream import Stream, pydyf

    show_text = Stream.show_text

    def show(stream: Any, text: str) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        show_text(stream, text.replace(_NO_DISTANCE, ""))

    Stream.show_text = show
    # Why its own: pydyf asks for the ninth level, and has no way to ask for another.
    pydyf.zlib = SimpleNamespace(compressobj=lambda **_: zlib.compressobj(_LEVEL))
