"""Shapes of charts in a PDF's words."""

import pytest

from casebook.render.chart_shapes import SHAPES


@pytest.mark.parametrize(
    "name, attributes, steps",
    [
        ("line", {"x1": "0", "y1": "1.5", "x2": "-2", "y2": "3"}, "0 1.5 m -2 3 l"),
        ("rect", {"x": "1", "y": "2", "width": "3", "height": "4"}, "1 2 3 4 re"),
        ("polyline", {"points": "0,1 2,3 4,5"}, "0 1 m 2 3 l 4 5 l"),
        ("polygon", {"points": "0,1 2,3 4,5"}, "0 1 m 2 3 l 4 5 l h"),
        ("path", {"d": "M1 2L3 4M5 6L7 8Z"}, "1 2 m 3 4 l 5 6 m 7 8 l  h"),
        ("path", {"d": "M0 0C1 2 3 4 5 6H9"}, "0 0 m 1 2 3 4 5 6 c 9 6 l"),
    ],
)
def test_a_shape_keeps_its_coordinates(name: str, attributes: dict[str, str], steps: str) -> None:
    assert SHAPES[name](attributes) == steps


def test_a_circle_is_four_curves_through_its_four_ends() -> None:
    """Handles of a circle of radius 10 reach 5.523; it ends where it began, at the right."""
    steps = SHAPES["circle"]({"cx": "20", "cy": "30", "r": "10"})
    assert steps.startswith("30.000 30.000 m 30.000 35.523 25.523 40.000 20.000 40.000 c ")
    assert steps.endswith(" 30.000 30.000 c h")
    assert steps.count(" c") == 4


def test_an_ellipse_reaches_as_far_as_its_radii() -> None:
    steps = SHAPES["ellipse"]({"cx": "0", "cy": "0", "rx": "8", "ry": "5"})
    ends = {"8.000 0.000", "0.000 5.000", "-8.000 0.000", "0.000 -5.000"}
    assert all(end in steps for end in ends)


def test_a_way_that_no_chart_goes_is_refused() -> None:
    with pytest.raises(KeyError):
        SHAPES["path"]({"d": "M0 0Q1 2 3 4"})
