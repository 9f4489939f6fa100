"""The drawing of the human figure."""

import re
from itertools import pairwise

import pytest

from casebook.charts.body_outline import (
    HALF_BREADTH,
    HEIGHT,
    contour_path,
    contours,
    inner_lines,
    line_path,
)
from casebook.domain.work.positions import View

VIEWS: list[View] = ["front", "back"]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.mark.parametrize("view", VIEWS)
def test_the_outline_is_one_closed_line_from_the_crown_to_the_crotch(view: View) -> None:
    runs = contours(view)
    assert runs[0][0] == (0, 0)
    assert runs[-1][-1][0] == 0
    assert all(earlier[-1] == later[0] for earlier, later in pairwise(runs))
    drawn = contour_path(runs)
    assert drawn.startswith("M0 0C")
    assert drawn.endswith(" 0 0Z")
    assert drawn.count("M") == 1


@pytest.mark.parametrize("view", VIEWS)
def test_both_halves_of_the_outline_are_mirror_images(view: View) -> None:
    numbers = [float(found) for found in NUMBER.findall(contour_path(contours(view)))]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert [(-x, y) for x, y in reversed(points)] == [(x + 0.0, y) for x, y in points]


@pytest.mark.parametrize("view", VIEWS)
def test_the_figure_keeps_its_stated_size(view: View) -> None:
    points = [point for run in contours(view) for point in run]
    assert max(y for _x, y in points) <= HEIGHT
    assert max(x for x, _y in points) <= HALF_BREADTH
    assert min(x for x, _y in points) == 0


@pytest.mark.parametrize("view", VIEWS)
def test_landmarks_are_drawn_on_both_sides(view: View) -> None:
    lines = inner_lines(view)
    assert len(lines) > 10
    for run in lines:
        assert len(run) >= 2
        assert line_path(run).count("M") == 2


def test_a_line_of_two_points_is_straight() -> None:
    # The control points of (0, 0) to (3, 6) lie on the way at 1/6 and 5/6: a mirrored spline of
    # two points keeps its ends as its neighbours.
    assert line_path(((1, 0), (4, 6))).startswith("M1 0C1.5 1 3.5 5 4 6M")


def test_a_curve_crosses_the_midline_level() -> None:
    # Its neighbour beyond (0, 0) is (-2, 1), so the first control point is ((2 + 2) / 6, 0).
    assert line_path(((0, 0), (2, 1))).startswith("M0 0C0.67 0 ")
