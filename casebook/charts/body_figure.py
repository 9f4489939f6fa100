"""One view of the human figure, where structures reach on it, and the signs that mark them."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from casebook.charts.body_layout import SCALE, TOP_PX, BodyLayout
from casebook.charts.body_outline import contour_path, contours, inner_lines, line_path
from casebook.charts.svg import circle, element, label, number, path, polygon
from casebook.domain.work.positions import Place, View
from casebook.language import pgettext

Role: TypeAlias = Literal["inhibited", "facilitated"]

_SIGN_PX = 4.2


def body_view(view: View, layout: BodyLayout, places: Iterable[Place]) -> str:
    """One figure: its outline, where the marked structures reach, its landmarks and captions."""
    middle, base = layout.middle(view), layout.height
    reaches = dict.fromkeys(place for place in places if place.rx)
    inside = [
        path("body", contour_path(contours(view))),
        *map(_reach, reaches),
        path("body-line", "".join(map(line_path, inner_lines(view)))),
    ]
    moved = f"translate({number(middle)} {number(TOP_PX)}) scale({number(SCALE)})"
    right, left = pgettext("side of a figure", "R"), pgettext("side of a figure", "L")
    outward = (right, left) if view == "front" else (left, right)
    return element(
        "g",
        None,
        element("g", None, *inside, transform=moved),
        label("label-strong", middle - 42, base + 15, outward[0], "middle"),
        label("label-muted", middle, base + 15, _front_or_back(view), "middle"),
        label("label-strong", middle + 42, base + 15, outward[1], "middle"),
    )


def finding_sign(roles: frozenset[Role], x: float, y: float) -> str:
    """A ring for what is inhibited, a diamond for what is facilitated, one in the other."""
    ring = circle("dot-open", x, y, _SIGN_PX + (1.2 if len(roles) > 1 else 0))
    if roles == {"inhibited"}:
        return ring
    half = _SIGN_PX - 1.2 if len(roles) > 1 else _SIGN_PX + 0.8
    diamond = polygon("sign", [(x, y - half), (x + half, y), (x, y + half), (x - half, y)])
    return ring + diamond if len(roles) > 1 else diamond


def _front_or_back(view: View) -> str:
    front = pgettext("view of a body", "Front")
    return front if view == "front" else pgettext("view of a body", "Back")


def _reach(place: Place) -> str:
    sign = -1 if place.view == "front" else 1
    x, y = number(sign * place.x), number(place.y)
    turned = {"transform": f"rotate({number(sign * place.tilt)} {x} {y})"} if place.tilt else {}
    return element("ellipse", "band-strong", cx=x, cy=y, rx=place.rx, ry=place.ry, **turned)
