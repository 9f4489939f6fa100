"""Lines of text as WeasyPrint sets and writes them, each shaped once less, in half the room.

WeasyPrint lets go of a line's shapes once it has measured it, and shapes it anew to draw it; here
it keeps them. And it writes the distance to the next letter behind every letter, though most are
none at all.
"""

import re
from typing import Any, Final

_PARTS: Final = re.compile("[\n\r\u2029]")
"""What begins a new paragraph within a text (Pango)."""

_NO_DISTANCE: Final = ">0<"


def keep_lines() -> None:
    """Let lines be drawn as they were measured from now on."""
    from weasyprint.text.line_break import Layout, pango

    set_text, set_anew = Layout.set_text, Layout.reactivate

    def set_text_of_one_part(layout: Any, text: str, *more: Any, **named: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        set_text(layout, text, *more, **named)
        # Why: drawing asks for this, and what it changes is shaped anew.
        pango.pango_layout_set_single_paragraph_mode(layout.layout, not _PARTS.search(text))

    def take_up(layout: Any, style: Any) -> None:  # noqa: ANN401 - as above
        # Why: the wider spaces of a justified line are not in it yet.
        if layout.justification_spacing:
            set_anew(layout, style)

    Layout.set_text = set_text_of_one_part
    Layout.deactivate = lambda _layout: None
    Layout.reactivate = take_up


def write_distances_alone() -> None:
    """Let letters that follow one another at their usual distance be written in one string."""
    from weasyprint.pdf.stream import Stream

    show_text = Stream.show_text

    def show(stream: Any, text: str) -> None:  # noqa: ANN401 - as above
        show_text(stream, text.replace(_NO_DISTANCE, ""))

    Stream.show_text = show
