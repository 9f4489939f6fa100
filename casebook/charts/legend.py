"""The signs that several charts share, and the legend that gives each its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from casebook.charts.svg import circle, element, label, line, number, width_of

_ROW_PX = 18.0
_GAP_PX = 16.0


@dataclass(frozen=True, slots=True)
class Key:
    """A sign with its words.

    Attributes:
        sign: Finished markup, drawn rightwards from 0 and around the line y = 0.
        sign_px: How wide the sign is.
        words: What it stands for.
    """

    sign: str
    sign_px: float
    words: str


def legend_height(keys: Sequence[Key], width: float) -> float:
    """How tall a legend will be."""
    return _ROW_PX * len(_rows(keys, width))


def legend(keys: Sequence[Key], y: float, width: float) -> str:
    """Signs and words in rows as wide as the chart, the first row beginning at ``y``."""
    drawn = []
    for index, row in enumerate(_rows(keys, width)):
        x, middle = 0.0, y + _ROW_PX * (index + 0.5)
        for key in row:
            inside = key.sign + label("label-muted", key.sign_px + 6, 3.5, key.words)
            moved = f"translate({number(x)} {number(middle)})"
            drawn.append(element("g", None, inside, transform=moved))
            x += _room(key)
    return element("g", None, *drawn)


def retest_sign(x: float, y: float, radius: float, *, fires: bool | None) -> str:
    """A full disc where the muscle fires, a crossed ring where not, a ring where nobody looked."""
    if fires:
        return circle("dot", x, y, radius)
    ring = circle("dot-open", x, y, radius)
    if fires is None:
        return ring
    arm = radius / 2
    return (
        ring
        + line("limit", x - arm, y - arm, x + arm, y + arm)
        + line("limit", x - arm, y + arm, x + arm, y - arm)
    )


def _room(key: Key) -> float:
    return key.sign_px + 6 + width_of(key.words, "label-muted") + _GAP_PX


def _rows(keys: Sequence[Key], width: float) -> list[list[Key]]:
    """As few rows as there is room for, with as many signs in each: none is left alone."""
    rows = _filled(keys, width)
    if not rows:
        return rows
    each = -(-len(keys) // len(rows))
    even = [list(keys[at : at + each]) for at in range(0, len(keys), each)]
    fits = all(sum(map(_room, row)) - _GAP_PX <= width for row in even)
    return even if fits else rows


def _filled(keys: Sequence[Key], width: float) -> list[list[Key]]:
    rows: list[list[Key]] = []
    filled = 0.0
    for key in keys:
        if not rows or filled + _room(key) - _GAP_PX > width:
            rows.append([])
            filled = 0.0
        rows[-1].append(key)
        filled += _room(key)
    return rows
