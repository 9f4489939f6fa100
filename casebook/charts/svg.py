"""SVG as text: elements, labels, hatching, and the figure that holds them.

Only what both a browser and WeasyPrint draw alike is used: no CSS inside the SVG, no patterns,
no baselines other than the alphabetic one, and no opacity (PDF/A forbids it).
"""

from html import escape
from typing import Literal

from casebook.charts.palette import LOOKS

Anchor = Literal["start", "middle", "end"]

# Inter's digits and lower-case letters average a little over half an em; labels are laid out with
# this because no font is at hand when a chart is drawn.
_MEAN_ADVANCE_EM = 0.54
_HATCH_GAP_PX = 4.0


def element(name: str, look: str | None, *children: str, **attributes: str | float) -> str:
    """One element; ``look`` names an entry of ``palette.LOOKS``, which becomes its class too.

    Args:
        name: The element's tag.
        look: The ink, or None for an element that has none of its own.
        children: Finished markup.
        attributes: Geometry; underscores stand for hyphens, numbers are rounded to 0.01.
    """
    pairs: dict[str, str] = {}
    if look is not None:
        pairs["class"] = look
        pairs.update(LOOKS[look])
    for key, value in attributes.items():
        pairs[key.rstrip("_").replace("_", "-")] = (
            value if isinstance(value, str) else number(value)
        )
    written = "".join(f' {key}="{escape(value)}"' for key, value in pairs.items())
    return f"<{name}{written}>{''.join(children)}</{name}>"


def number(value: float) -> str:
    """A coordinate to 0.01, without trailing zeros, so that equal charts are equal text."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def rectangle(look: str, x: float, y: float, width: float, height: float) -> str:
    """An upright rectangle; a negative extent is drawn as none at all."""
    return element("rect", look, x=x, y=y, width=max(width, 0.0), height=max(height, 0.0))


def line(look: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line."""
    return element("line", look, x1=x1, y1=y1, x2=x2, y2=y2)


def polyline(look: str, points: list[tuple[float, float]]) -> str:
    """A line through several points."""
    return element("polyline", look, points=" ".join(f"{number(x)},{number(y)}" for x, y in points))


def polygon(look: str, points: list[tuple[float, float]]) -> str:
    """A closed shape."""
    return element("polygon", look, points=" ".join(f"{number(x)},{number(y)}" for x, y in points))


def circle(look: str, x: float, y: float, radius: float) -> str:
    """A disc."""
    return element("circle", look, cx=x, cy=y, r=radius)


def label(look: str, x: float, y: float, words: str, anchor: Anchor = "start") -> str:
    """Words with their baseline at ``y``."""
    return element("text", look, escape(words), x=x, y=y, text_anchor=anchor)


def width_of(words: str, look: str = "label") -> float:
    """About how wide a label will be, in pixels; generous rather than exact."""
    return len(words) * float(LOOKS[look]["font-size"]) * _MEAN_ADVANCE_EM


def shortened(words: str, room: float, look: str = "label") -> str:
    """The words, cut with an ellipsis where they would not fit into ``room`` pixels."""
    if width_of(words, look) <= room:
        return words
    keep = max(int(room / (float(LOOKS[look]["font-size"]) * _MEAN_ADVANCE_EM)) - 1, 1)
    return words[:keep].rstrip() + "…"


def hatching(look: str, x: float, y: float, width: float, height: float) -> str:
    """Rising 45 degree lines clipped to a rectangle by arithmetic.

    Each line satisfies x + y = c; its ends are where it enters and leaves the rectangle.
    """
    lines = []
    offset = _HATCH_GAP_PX
    while offset < width + height:
        start_x = max(offset - height, 0.0)
        end_x = min(offset, width)
        lines.append(
            line(
                look,
                x + start_x,
                y + offset - start_x,
                x + end_x,
                y + offset - end_x,
            )
        )
        offset += _HATCH_GAP_PX
    return element("g", None, *lines) if lines else ""


def figure(title: str, description: str, width: float, height: float, *children: str) -> str:
    """The whole chart, with the title and description that a screen reader speaks."""
    return element(
        "svg",
        None,
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(description)}</desc>",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart",
        role="img",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
    )
