"""What WeasyPrint works out of one style again and again, worked out once.

Elements that are dressed alike share one style, and each of their boxes asks it for its lengths,
its typeface, the height of its lines and whether it stands in the flow; and what stands in one line
stands there often with the same words. A style does not change once its boxes are made, so
that the first answer holds for all. It is kept with the style, and goes with it.
"""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

_SIDES: Final = ("left", "right", "top", "bottom")
_LENGTHS: Final = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_USED: Final = (*_LENGTHS, *(f"border_{side}_width" for side in _SIDES))
_LAYOUT: Final = "weasyprint.layout."
_RESOLVE: Final = "resolve_percentages"
_CORNERS: Final = ("top_left", "top_right", "bottom_right", "bottom_left")
_RADII: Final = tuple(f"border_{corner}_radius" for corner in _CORNERS)
_SQUARE: Final = dict.fromkeys(_RADII, (0, 0))


def remember_of_styles() -> None:
    """Let WeasyPrint remember from now on."""
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import background, inline, percent
    from weasyprint.text import line_break

    line_break.get_font_description = _once(line_break.get_font_description)
    line_break._font_style_cache_key = _once(line_break._font_style_cache_key)  # noqa: SLF001 - there is no other way in
    Box.is_in_normal_flow = _once_of_boxes(Box.is_in_normal_flow)
    inline.strut = _once(inline.strut)
    inline.split_first_line = with_whole_lines_known(inline.split_first_line)
    background.resolve_radii_percentages = _with_square_corners(percent.resolve_radii_percentages)
    given = percent.resolve_percentages
    known = with_lengths_known(given)
    # Why wherever it is: each of these modules holds it by its own name.
    for name, module in list(sys.modules.items()):
        if name.startswith(_LAYOUT) and vars(module).get(_RESOLVE) is given:
            setattr(module, _RESOLVE, known)


def with_lengths_known(resolve: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """The same function, which gives a box its lengths, but works each style's out once.

    Lengths that depend on what is around a box, or on its neighbours' borders, are left to it.
    """

    def give_lengths(box: Any, containing_block: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        kept = vars(box.style)
        known = kept.get("lengths")
        if known:
            vars(box).update(known)
            return
        resolve(box, containing_block)
        # Why asked once as well: most of what is worked out anew is so for the same reason.
        if known is None:
            used = vars(box)
            alone = _stand_alone(box.style)
            kept["lengths"] = {name: used[name] for name in _USED} if alone else {}

    return give_lengths


def with_whole_lines_known(split: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which sets a line of text, but a whole text of one line once only.

    Left to it are texts that go on in the next line, those that fit in no line, and those that the
    end of a line takes a space from.

    Why it may be drawn in several places: nothing changes a line once it is set, as long as no page
    shortens one with an ellipsis; none of ours does.
    """

    def line(
        text: str,
        style: Any,  # noqa: ANN401 - as above
        context: object,
        most: float | None,
        spacing: float,
        **named: Any,  # noqa: ANN401 - as above
    ) -> Any:  # noqa: ANN401 - as above
        kept = vars(style).setdefault("lines", {})
        found = kept.get((text, spacing))
        if found is None or not _is_whole(found, text, most):
            found = split(text, style, context, most, spacing, **named)
            if _is_whole(found, text, most):
                kept[text, spacing] = found
        return found

    return line


def _is_whole(line: Any, text: str, most: float | None) -> bool:  # noqa: ANN401 - as above
    """Whether a line holds all of a text, in the width that it may have."""
    _, length_bytes, rest, width, *_ = line
    whole = rest is None and length_bytes == len(text.encode())
    return whole and (most is None or width <= most)


def _with_square_corners(resolve: Callable[[Any], None]) -> Callable[[Any], None]:
    """The same function, which gives a box the roundness of its corners; most have none."""
    are_square = _once(lambda style: all((0, "px") in style[name] for name in _RADII))

    def give_roundness(box: Any) -> None:  # noqa: ANN401 - as above
        if are_square(box.style):
            vars(box).update(_SQUARE)
        else:
            resolve(box)

    return give_roundness


def _stand_alone(style: Any) -> bool:  # noqa: ANN401 - as above
    return style["border_collapse"] != "collapse" and all(
        style[name] == "auto" or getattr(style[name], "unit", None) == "px" for name in _LENGTHS
    )


def _once(work_out: Callable[..., Any]) -> Callable[..., Any]:
    """The same function of a style, and of what it is given by name, which keeps its answer."""

    @wraps(work_out)
    def answer(style: Any, **named: Any) -> Any:  # noqa: ANN401 - as above
        kept = vars(style)
        key = (work_out, *named.items())
        if key not in kept:
            kept[key] = work_out(style, **named)
        return kept[key]

    return answer


def _once_of_boxes(work_out: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same function of a box, which keeps its answer for all boxes of one style."""

    @wraps(work_out)
    def answer(box: Any) -> Any:  # noqa: ANN401 - as above
        kept = vars(box.style)
        if work_out not in kept:
            kept[work_out] = work_out(box)
        return kept[work_out]

    return answer
