"""Paper's styles for a screen: its lengths at the screen's text size, its inks by day and night."""

import re
from typing import Final

from casebook.charts import palette

_MM_PT: Final = 72 / 25.4
_TEXT_SIZE: Final = re.compile(r"^html \{[^}]*font-size: ([\d.]+)pt", re.MULTILINE)
_PAPER_LENGTH: Final = re.compile(r"(?<![\w#.-])(-?\d+(?:\.\d+)?)(pt|mm)\b")

_VARIABLES: Final = {
    palette.INK: "ink",
    palette.MUTED: "muted",
    palette.RULE: "rule",
    palette.PALE: "pale",
    palette.PAPER: "paper",
    palette.ACCENT: "accent",
    palette.ACCENT_SOFT: "accent-soft",
    palette.ACCENT_PALE: "accent-pale",
    palette.ALARM: "alarm",
    palette.SKIN: "skin",
    palette.CREASE: "crease",
}
"""What ``type.css`` and ``screen.css`` call the colours of the palette."""


def in_proportion(css: str) -> str:
    """The styles of paper with every length as a multiple of the text's size.

    A screen then keeps paper's proportions at its own, larger text, and a browser that prints the
    page keeps the lengths themselves.

    Args:
        css: Styles whose rules for ``html`` give the text's size in points; the last one counts,
            and ``--enlarged`` says how many times the first one it is.
    """
    sizes_pt = [float(size) for size in _TEXT_SIZE.findall(css)]
    text_pt = sizes_pt[-1]

    def in_rem(found: re.Match[str]) -> str:
        points = float(found[1]) * (_MM_PT if found[2] == "mm" else 1)
        return f"{points / text_pt:.4f}rem"

    # Why the size once more: a rem in the rule for html itself would be the browser's own size.
    return (
        f"{_PAPER_LENGTH.sub(in_rem, css)}\n"
        f"html {{ font-size: {text_pt:g}pt; --enlarged: {text_pt / sizes_pt[0]:.4f}; }}"
    )


def chart_inks() -> str:
    """Rules that draw every look of a chart in the page's variables, which change by night.

    Why: the attributes of a chart hold the colours of paper.
    """
    rules = []
    for name, look in palette.LOOKS.items():
        inks = [
            f"{part}:var(--{_VARIABLES[look[part]]})"
            for part in ("fill", "stroke")
            if look.get(part) in _VARIABLES
        ]
        rules.append(f".chart .{name}{{{';'.join(inks)}}}")
    return "@media screen{" + "".join(rules) + "}"
