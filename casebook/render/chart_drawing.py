"""Charts on paper, drawn from their own few elements.

WeasyPrint draws any SVG: it looks each element up for filters, masks, markers and styles, and sets
text letter by letter, so that letters that join, as in Arabic, fall apart, and pairs are not
kerned. Charts have none of the first, and here a text is one line, as in a browser.
"""

from functools import cache
from typing import Any, Final
from xml.etree import ElementTree as ET

from casebook.render.chart_shapes import SHAPES

_SHIFTS: Final = {"middle": 0.5, "end": 1.0}
_SILENT: Final = frozenset({"title", "desc"})
_NONE: Final = "none"
_INK: Final = "black"
"""What is filled where nothing is said (SVG 2, 13.4.2)."""
_MITRE: Final = "4 M"
"""How far a corner may reach: SVG's usual measure, not a PDF's (SVG 2, 13.5.6)."""


def draw_charts() -> None:
    """Let WeasyPrint draw an SVG with ``draw`` from now on.

    Why so: SVG drawing has no other way in. Pictures of candidates are PNG or JPEG, so that every
    SVG that is drawn is one of our charts.
    """
    from weasyprint.svg import SVG

    SVG.draw = draw


def draw(svg: Any, stream: Any, width: float, height: float, _base: object, context: Any) -> None:  # noqa: ANN401 - WeasyPrint's form, which ships no types
    """Draw a chart.

    Raises:
        KeyError: It holds what ``casebook.charts`` does not draw with.
    """
    x, y, inner_width, inner_height = svg.get_viewbox()
    across, down = width / inner_width, height / inner_height
    stream.push_state()
    stream.transform(a=across, d=down, e=-x * across, f=-y * down)
    stream.stream.append(_MITRE)
    _Pen(stream, svg.font_config, context).draw_all(svg.tree._etree_node)  # noqa: SLF001 - there is no other way in
    stream.pop_state()


class _Pen:
    """Draws elements, and knows what the last one left on the paper's state."""

    def __init__(self, stream: Any, fonts: Any, context: Any) -> None:  # noqa: ANN401 - as above
        self._stream = stream
        self._fonts = fonts
        self._context = context
        self._width = self._dashes = ""

    def draw_all(self, parent: ET.Element) -> None:
        """Draw what an element holds."""
        for each in parent:
            name = each.tag.rpartition("}")[2]
            if name not in _SILENT:
                self._draw(name, each)

    def _draw(self, name: str, each: ET.Element) -> None:
        moved = each.get("transform")
        if moved:
            self._stream.push_state()
            self._stream.transform(*_matrix(moved).values)
        if name == "g":
            self.draw_all(each)
        elif name == "text":
            self._draw_line(each)
        else:
            self._draw_shape(SHAPES[name](each.attrib), each)
        if moved:
            self._stream.pop_state()
            # Why: what was set within is forgotten now.
            self._width = self._dashes = ""

    def _draw_shape(self, steps: str, each: ET.Element) -> None:
        fill, stroke = each.get("fill", _INK), each.get("stroke", _NONE)
        if fill != _NONE:
            self._stream.set_color(_colour(fill))
        if stroke != _NONE:
            self._stream.set_color(_colour(stroke), stroke=True)
            self._take_line(each.get("stroke-width", "1"), each.get("stroke-dasharray", ""))
        self._stream.stream.append(steps)
        self._stream.stream.append(_PAINTED[fill != _NONE, stroke != _NONE])

    def _take_line(self, width: str, dashes: str) -> None:
        if width != self._width:
            self._stream.stream.append(f"{width} w")
            self._width = width
        if dashes != self._dashes:
            self._stream.stream.append(f"[{dashes}] 0 d")
            self._dashes = dashes

    def _draw_line(self, each: ET.Element) -> None:
        """Draw one text without children: its words, position, anchor, face and fill."""
        from weasyprint.draw.text import draw_emojis, draw_first_line
        from weasyprint.matrix import Matrix
        from weasyprint.svg.text import TextBox
        from weasyprint.text.line_break import split_first_line

        if not each.text:
            return
        style = _style(self._fonts, *map(each.get, ("font-family", "font-weight", "font-size")))
        layout, _, _, width, _, baseline = split_first_line(
            each.text, style, self._context, float("inf"), 0
        )
        x = float(each.get("x", 0)) - width * _SHIFTS.get(each.get("text-anchor", ""), 0.0)
        y = float(each.get("y", 0))
        box = TextBox(layout, style)
        box.baseline = baseline
        self._stream.set_color(_colour(each.get("fill", _INK)))
        self._stream.begin_text()
        layout.reactivate(style)
        emojis = draw_first_line(self._stream, box, "none", "none", Matrix(d=-1, e=x, f=y))
        self._stream.end_text()
        draw_emojis(self._stream, style, x, y, emojis)


_PAINTED: Final = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
"""What paints a path, by whether it is filled and whether it is stroked."""


@cache
def _colour(written: str) -> Any:  # noqa: ANN401 - as above
    from weasyprint.svg.utils import color

    return color(written)


def _matrix(moved: str) -> Any:  # noqa: ANN401 - as above
    from weasyprint.svg.utils import transform

    return transform(moved, None, 0, 0)


@cache
def _style(fonts: Any, family: str, weight: str, size: str) -> Any:  # noqa: ANN401 - as above
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.svg.text import Style

    style = Style(INITIAL_VALUES)
    style.font_config = fonts
    style["font_family"] = [name.strip("\"' ") for name in family.split(",")]
    style["font_style"] = "normal"
    style["font_weight"] = int(weight)
    style["font_size"] = float(size)
    return style
