"""The words of a chart on paper, a line at a time.

WeasyPrint sets the text of an SVG letter by letter: letters that join, as in Arabic, fall apart,
pairs are not kerned, each anchored line becomes a stream of its own, and half of a chart's time
goes into it. Here a text is one line, as in a browser.
"""

from typing import Any, Final

_SHIFTS: Final = {"middle": 0.5, "end": 1.0}


def set_text_by_lines() -> None:
    """Let WeasyPrint draw an SVG's text with ``draw_line`` from now on.

    Why so: SVG drawing has no other way in. Pictures of candidates are PNG or JPEG, so that every
    text that is drawn so is one of our charts'.
    """
    from weasyprint import svg

    svg.TAGS["text"] = draw_line


def draw_line(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 - WeasyPrint ships no types
    """Draw one ``<text>`` without children: its words, position, anchor, face and fill."""
    from weasyprint.draw.text import draw_emojis, draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.svg.text import TextBox
    from weasyprint.text.line_break import split_first_line

    if not node.text:
        return
    style = _style(svg, node, font_size)
    layout, _, _, width, _, baseline = split_first_line(
        node.text, style, svg.context, float("inf"), 0
    )
    x, y = svg.point(node.get("x"), node.get("y"), font_size)
    x -= width * _SHIFTS.get(node.get("text-anchor"), 0.0)
    box = TextBox(layout, style)
    box.baseline = baseline
    svg.stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    layout.reactivate(style)
    svg.fill_stroke(fill, stroke, text=True)
    emojis = draw_first_line(svg.stream, box, "none", "none", Matrix(d=-1, e=x, f=y))
    svg.stream.end_text()
    svg.stream.pop_state()
    draw_emojis(svg.stream, style, x, y, emojis)


def _style(svg: Any, node: Any, font_size: float) -> Any:  # noqa: ANN401 - as above
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.svg.text import Style

    style = Style(INITIAL_VALUES)
    style.font_config = svg.font_config
    style["font_family"] = [name.strip("\"' ") for name in node.get("font-family").split(",")]
    style["font_style"] = "normal"
    style["font_weight"] = int(node.get("font-weight", 400))
    style["font_size"] = font_size
    return style
