"""What a style has where no rule says anything of it."""

from typing import Any

import pytest

from casebook.render.unset import with_unset_known

INITIAL = {"width": ("auto", ()), "left": ("auto", ("inset_inline_start", "inset_inline_end"))}


class Style(dict[str, Any]):
    """A style as WeasyPrint's: it works out what it is asked for, and keeps it."""

    def __init__(self, cascaded: dict[str, object], parent: Any = None) -> None:  # noqa: ANN401 - as WeasyPrint's
        self.cascaded = cascaded
        self.parent_style = parent
        self.asked: list[str] = []

    def __missing__(self, key: str) -> object:
        return FIND(self, key)


def worked_out(style: Style, key: str) -> object:
    style.asked.append(key)
    return "worked out"


FIND = with_unset_known(worked_out, INITIAL, {"color"})


@pytest.mark.parametrize(
    "cascaded, key, value, asked",
    [
        ({}, "width", "auto", False),
        ({"width": 1}, "width", "worked out", True),
        ({"color": 1}, "width", "auto", False),
        ({}, "left", "auto", False),
        ({"inset_inline_end": 1}, "left", "worked out", True),
        ({}, "color", "red", False),
        ({"color": 1}, "color", "worked out", True),
        ({}, "display", "worked out", True),
    ],
)
def test_what_no_rule_sets_is_not_worked_out(
    cascaded: dict[str, object], key: str, value: str, *, asked: bool
) -> None:
    style = Style(cascaded, {"color": "red"})
    assert style[key] == value
    assert style.asked == [key] * asked
    assert (key in style) != asked


def test_the_root_has_no_parent_to_ask() -> None:
    style = Style({})
    assert style["color"] == "worked out"


def test_each_value_is_weasyprints_own() -> None:
    """Of elements with all kinds of rules: every property, asked of both."""
    import weasyprint
    from weasyprint.css import ComputedStyle, get_all_computed_styles
    from weasyprint.css.properties import INITIAL_VALUES

    from casebook.render import pdf

    pdf._weasyprint()
    found = ComputedStyle.__missing__
    given = next(
        each.cell_contents
        for each in found.__closure__
        if callable(each.cell_contents) and each.cell_contents.__name__ == "__missing__"
    )
    page = (
        '<html lang="de"><body style="color: teal; direction: rtl; margin-inline-start: 3px">'
        '<p style="padding-left: 2em; text-decoration: underline; float: left">a <b>b</b></p>'
        '<ul style="inset-inline-start: 4%; border-inline-end-width: 2px; border-style: dashed">'
        '<li style="display: table-cell; width: calc(1px + 1em); font-size: 150%">c</li></ul>'
        '<p style="position: absolute; page: own; border-radius: 4px; hyphens: auto">d</p>'
        "</body></html>"
    )

    def values() -> list[tuple[str, ...]]:
        html = weasyprint.HTML(string=page)
        style_for = get_all_computed_styles(html)
        return [
            tuple(f"{key}: {style_for(each)[key]}" for key in INITIAL_VALUES)
            for each in html.etree_element.iter()
            if isinstance(each.tag, str)
        ]

    adapted = values()
    ComputedStyle.__missing__ = given
    try:
        assert values() == adapted
    finally:
        ComputedStyle.__missing__ = found
