"""Lines of text, placed where nothing floats, and drawn as they were measured.

WeasyPrint looks twice for each line what floats beside it; on most pages nothing does. It lets go
of a line's letters once it has measured it, and sets them anew to draw it.
"""

import re
from collections.abc import Callable
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


def place_lines_sooner() -> None:
    """Let WeasyPrint look for floats only where there are any from now on."""
    from weasyprint.layout import inline

    inline.avoid_collisions = beside_nothing(inline.avoid_collisions)


def beside_nothing(avoid: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which says where a line begins and how much room it has.

    A line that floats might stand beside, or that is written from right to left, is left to it.
    """

    def place(context: Any, line: Any, block: Any, *, outer: bool) -> tuple[float, float, float]:  # noqa: ANN401 - as above
        if outer or context.excluded_shapes or block.style["direction"] != "ltr":
            found: tuple[float, float, float] = avoid(context, line, block, outer=outer)
            return found
        room = block.width - line.margin_left - line.margin_right
        return block.content_box_x(), line.position_y, room

    return place
