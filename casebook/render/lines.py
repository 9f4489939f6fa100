"""Lines of text, drawn as they were measured.

WeasyPrint lets go of a line's letters once it has measured it, and sets them anew to draw it.
"""

import re
from typing import Any, Final

_PARTS: Final = re.compile("[\n\r\u2029]")
"""What begins a new paragraph within a text (Pango)."""


def keep_lines() -> None:
    """Let WeasyPrint keep a line's letters from now on."""
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
