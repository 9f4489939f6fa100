"""The shapes of a chart in a PDF's own words, from the attributes of their SVG elements.

Coordinates are taken over as they are written: a chart rounds them already.

Source:
    ISO 32000-1, 8.5.2, for what draws a path.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

Attributes = Mapping[str, str]

_ROUND: Final = 0.5522847498
"""How far the handles of four curves reach that together look like a circle of radius 1."""

_STEP: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_OPERATORS: Final = {"M": "m", "L": "l", "H": "l", "C": "c", "Z": "h"}
_PATHS_KEPT: Final = 64
"""The outline of a body is two thousand numbers, and the same on every page."""


def _line(found: Attributes) -> str:
    return f"{found['x1']} {found['y1']} m {found['x2']} {found['y2']} l"


def _rectangle(found: Attributes) -> str:
    return f"{found['x']} {found['y']} {found['width']} {found['height']} re"


def _polyline(found: Attributes) -> str:
    first, *rest = (point.replace(",", " ") for point in found["points"].split())
    return " ".join((f"{first} m", *(f"{each} l" for each in rest)))


def _polygon(found: Attributes) -> str:
    return f"{_polyline(found)} h"


def _path(found: Attributes) -> str:
    return _steps(found["d"])


@lru_cache(maxsize=_PATHS_KEPT)
def _steps(drawn: str) -> str:
    steps = []
    down = "0"
    for letter, numbers in _STEP.findall(drawn):
        # Why: a PDF has no word for a level line.
        to = f"{numbers} {down}" if letter == "H" else numbers
        steps.append(f"{to} {_OPERATORS[letter]}")
        down = to.rpartition(" ")[2] or down
    return " ".join(steps)


def _circle(found: Attributes) -> str:
    radius = float(found["r"])
    return _oval(float(found["cx"]), float(found["cy"]), radius, radius)


def _ellipse(found: Attributes) -> str:
    return _oval(*(float(found[name]) for name in ("cx", "cy", "rx", "ry")))


def _oval(x: float, y: float, rx: float, ry: float) -> str:
    hx, hy = rx * _ROUND, ry * _ROUND
    return (
        f"{x + rx:.3f} {y:.3f} m "
        f"{x + rx:.3f} {y + hy:.3f} {x + hx:.3f} {y + ry:.3f} {x:.3f} {y + ry:.3f} c "
        f"{x - hx:.3f} {y + ry:.3f} {x - rx:.3f} {y + hy:.3f} {x - rx:.3f} {y:.3f} c "
        f"{x - rx:.3f} {y - hy:.3f} {x - hx:.3f} {y - ry:.3f} {x:.3f} {y - ry:.3f} c "
        f"{x + hx:.3f} {y - ry:.3f} {x + rx:.3f} {y - hy:.3f} {x + rx:.3f} {y:.3f} c h"
    )


SHAPES: Final[Mapping[str, Callable[[Attributes], str]]] = {
    "line": _line,
    "rect": _rectangle,
    "polyline": _polyline,
    "polygon": _polygon,
    "path": _path,
    "circle": _circle,
    "ellipse": _ellipse,
}
"""By an element's name: what draws it, given its attributes."""
