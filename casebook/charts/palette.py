"""The inks of a chart: one look each for text, lines and areas.

Every look is a set of presentation attributes, so that a chart is complete without a stylesheet,
and a class name, so that a page shown on a screen may exchange the colours (``screen.css``).
Areas differ in lightness or in hatching as well as in hue: a page printed in black and white
says the same.
"""

from collections.abc import Mapping
from types import MappingProxyType

INK = "#1d2733"
MUTED = "#55606e"
RULE = "#c3cad3"
PALE = "#eef1f4"
SKIN = "#f6f7f9"
CREASE = "#b3bbc6"
PAPER = "#ffffff"
ACCENT = "#0d5c63"
ACCENT_SOFT = "#bcdadb"
ACCENT_PALE = "#e3f0f0"
ALARM = "#9a3412"

FAMILY = "'Casebook Sans', 'Inter', 'Helvetica Neue', Arial, sans-serif"

TEXT_SIZE_PX = 10.5
"""Drawn at full width a chart keeps its pixels, so this prints at just under 8 points."""

Look = Mapping[str, str]


def _text(fill: str, *, weight: int = 400, size: float = TEXT_SIZE_PX) -> Look:
    # Why the family is repeated on every text: WeasyPrint reads it from the element alone.
    return MappingProxyType(
        {
            "font-family": FAMILY,
            "font-size": f"{size:g}",
            "font-weight": str(weight),
            "fill": fill,
        }
    )


def _line(stroke: str, width: float, dash: str = "") -> Look:
    attributes = {"stroke": stroke, "stroke-width": f"{width:g}", "fill": "none"}
    if dash:
        attributes["stroke-dasharray"] = dash
    return MappingProxyType(attributes)


def _area(fill: str, stroke: str = "none", width: float = 1) -> Look:
    attributes = {"fill": fill, "stroke": stroke}
    if stroke != "none":
        attributes["stroke-width"] = f"{width:g}"
    return MappingProxyType(attributes)


LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "label": _text(INK),
        "label-strong": _text(INK, weight=600),
        "label-muted": _text(MUTED),
        "label-small": _text(MUTED, size=9.5),
        "label-name": _text(INK, weight=600, size=9.5),
        "label-alarm": _text(ALARM, weight=600),
        "label-accent": _text(ACCENT, weight=600),
        "axis": _line(MUTED, 1),
        "gridline": _line(RULE, 0.75),
        "curve": _line(ACCENT, 2),
        "link": _line(ACCENT, 1.75),
        "link-open": _line(MUTED, 1.5, "6 4"),
        "link-stated": _line(MUTED, 1.25, "1.5 3.5"),
        "threshold": _line(INK, 1.25, "5 3"),
        "limit": _line(INK, 1.5),
        "halo": _line(PAPER, 4),
        "paper": _area(PAPER),
        "error": _line(RULE, 1),
        "error-edge": _line(MUTED, 1, "2 2"),
        "hatching-alarm": _line(ALARM, 1),
        "band": _area(ACCENT_PALE),
        "band-strong": _area(ACCENT_SOFT),
        "box": _area(PAPER, INK, 1),
        "box-busy": _area(PALE, MUTED, 1),
        "late": _area(PAPER, ALARM, 1.25),
        "tip": _area(ACCENT),
        "tip-open": _area(PAPER, MUTED, 1.5),
        "body": _area(SKIN, MUTED, 0.9),
        "body-line": _line(CREASE, 0.7),
        "leader": _line(MUTED, 0.6),
        "sign": _area(INK, PAPER, 1),
        "window-sure": _area(ACCENT_SOFT),
        "window": _area(ACCENT_PALE),
        "ground": _area(PALE),
        "bar": _area(ACCENT),
        "bar-alarm": _area(PAPER, ALARM, 1.25),
        "bar-empty": _area(PAPER, RULE, 1),
        "ink": _area(INK),
        "dot": _area(ACCENT, PAPER, 1.5),
        "dot-open": _area(PAPER, ACCENT, 1.75),
    }
)


def tinted(markup: str, accent: str, soft: str, pale: str) -> str:
    """Finished charts with another accent and its tints.

    Why in the finished text: a chart knows no program. Only whole attributes that colour are
    replaced, and a quotation mark in words is always escaped.
    """
    for ours, other in ((ACCENT, accent), (ACCENT_SOFT, soft), (ACCENT_PALE, pale)):
        for part in ("fill", "stroke"):
            markup = markup.replace(f' {part}="{ours}"', f' {part}="{other}"')
    return markup
