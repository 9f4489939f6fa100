"""SVG as text: elements, labels, hatching, and the figure that holds them.

Only what both a browser and WeasyPrint draw alike is used: no CSS inside the SVG, no patterns,
no baselines other than the alphabetic one, and no opacity (PDF/A forbids it).
"""

import html
import re
import unicodedata
from typing import Literal

from casebook.charts.palette import LOOKS
from casebook.domain.work.repertoire import in_xml

Anchor = Literal["start", "middle", "end"]

# Advances of Inter's semi-bold face, by kinds of letter; labels are laid out with these because no
# font is at hand when a chart is drawn.
_ADVANCES_EM = {
    **dict.fromkeys(" !',.:;Iijl|·\u00a0", 0.3),
    **dict.fromkeys("()-/[]frt{}°", 0.42),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ+", 0.74),
    **dict.fromkeys("%@MWmw→…—", 0.92),
}
_USUAL_ADVANCE_EM = 0.62
_WIDE_ADVANCE_EM = 1.0
_HATCH_GAP_PX = 4.0
_MARGIN_PX = 16.0
_EXTENT = re.compile(r'width="([0-9.]+)" height="([0-9.]+)" viewBox="[^"]*"')


def escape(words: str) -> str:
    """Words as they stand between tags or in an attribute."""
    return html.escape(in_xml(words))


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


def path(look: str, drawn: str) -> str:
    """A curve in SVG's own words for it."""
    return element("path", look, d=drawn)


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
    return sum(map(_advance_em, words)) * float(LOOKS[look]["font-size"])


def shortened(words: str, room: float, look: str = "label") -> str:
    """The words, cut with an ellipsis where they would not fit into ``room`` pixels."""
    if width_of(words, look) <= room:
        return words
    kept = words
    while len(kept) > 1 and width_of(f"{kept}…", look) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def wrapped(words: str, room: float, most: int, look: str = "label") -> tuple[str, ...]:
    """The words in lines that fit into ``room`` pixels, cut where more than ``most`` are needed."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, look) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return tuple(shortened(each, room, look) for each in lines)


def _advance_em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    # Why: an ideograph fills its square.
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return _WIDE_ADVANCE_EM
    return _ADVANCES_EM.get(character, _USUAL_ADVANCE_EM)


def hatching(  # noqa: PLR0913 - a look, a rectangle, and how dense
    look: str, x: float, y: float, width: float, height: float, *, gap: float = _HATCH_GAP_PX
) -> str:
    """Rising 45 degree lines, ``gap`` pixels apart, clipped to a rectangle by arithmetic.

    Each line satisfies x + y = c; its ends are where it enters and leaves the rectangle.
    """
    lines = []
    offset = gap
    while offset < width + height:
        start_x = max(offset - height, 0.0)
        end_x = min(offset, width)
        lines.append(
            f"M{number(x + start_x)} {number(y + offset - start_x)}"
            f"L{number(x + end_x)} {number(y + offset - end_x)}"
        )
        offset += gap
    return path(look, "".join(lines)) if lines else ""


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


def standalone(drawn: str, maker: str) -> str:
    """A figure as a file of its own: on white paper with a margin, and marked by its maker.

    Args:
        drawn: What ``figure`` gave.
        maker: The program and its version, such as "casebook 1.0".
    """
    found = _EXTENT.search(drawn)
    if found is None:
        raise ValueError(drawn[:80])
    width, height = (float(size) + 2 * _MARGIN_PX for size in found.groups())
    extent = (
        f'width="{number(width)}" height="{number(height)}" '
        f'viewBox="{number(-_MARGIN_PX)} {number(-_MARGIN_PX)} {number(width)} {number(height)}"'
    )
    head, end, rest = drawn.replace(found.group(), extent, 1).partition("</desc>")
    paper = rectangle("paper", -_MARGIN_PX, -_MARGIN_PX, width, height)
    return f"<!-- made by {maker} -->\n{head}{end}{paper}{rest}\n"
