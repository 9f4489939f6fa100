"""The picture of a borderline regression."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest

from casebook.charts.regression import RatingMark, RegressionChart, regression_chart

RATINGS = (
    RatingMark(0, "Clear fail"), RatingMark(1, "Borderline", borderline=True),
    RatingMark(2, "Pass"),
)  # fmt: skip
CHART = RegressionChart(
    points=((0, 40), (0, 40), (0, 40.2), (1, 60), (2, 80)),
    ratings=RATINGS,
    line=((0, 40), (1, 60), (2, 80)),
    band=((0, 35, 45), (1, 57, 63), (2, 75, 85)),
    cut=60,
    interval=(57, 63),
    pass_percent=75,
    r_squared=0.9,
)


def drawn(chart: RegressionChart) -> ET.Element:
    return ET.fromstring(regression_chart(chart))


def with_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in root.iter() if node.get("class") == name]


def texts(root: ET.Element) -> list[str]:
    return [node.text or "" for node in root.iter() if node.tag.endswith("}text")]


def middles(root: ET.Element) -> list[tuple[float, float]]:
    """Where the points stand; the last dot belongs to the key."""
    return [
        (float(node.get("cx", "nan")), float(node.get("cy", "nan")))
        for node in with_class(root, "dot")[:-1]
    ]


def test_points_that_coincide_stand_side_by_side() -> None:
    """Each keeps its own height, and none covers another."""
    places = middles(drawn(CHART))
    assert len(places) == 5
    for at, (x, y) in enumerate(places):
        for other_x, other_y in places[:at]:
            assert abs(x - other_x) >= 6.3 or abs(y - other_y) >= 6.3
    assert len({y for _, y in places}) == 4


def test_points_without_room_still_stay_at_their_rating() -> None:
    """Four hundred equal totals cover each other, but never reach into the next rating."""
    root = drawn(replace(CHART, points=((1, 60.0),) * 400))
    places = middles(root)
    (other,) = {x for x, _ in middles(drawn(replace(CHART, points=((0, 60.0),))))}
    middle = places[0][0]
    assert len(places) == 400
    assert max(abs(x - middle) for x, _ in places) < abs(middle - other) / 2


def test_the_cut_leads_from_its_rating_to_its_words() -> None:
    """A broken line from the axis to the cut, from there to the right, and on to the words."""
    up, across, leader = with_class(drawn(CHART), "threshold")
    assert (up.get("x1"), up.get("x2"), up.get("y2")) == (
        across.get("x1"), across.get("x1"), across.get("y1"),
    )  # fmt: skip
    assert across.get("y1") == across.get("y2")
    assert (leader.get("x1"), leader.get("y1")) == (across.get("x2"), across.get("y2"))
    assert {"cut 60.0 %", "95 %: 57.0 to 63.0", "pass mark now 75 %"} <= set(texts(drawn(CHART)))


def test_words_beside_the_plot_keep_apart() -> None:
    root = drawn(replace(CHART, pass_percent=60.2))
    heights = {
        node.text: float(node.get("y", "nan"))
        for node in root.iter()
        if node.tag.endswith("}text") and re.match("cut|95 %: |pass mark", node.text or "")
    }
    assert len(heights) == 3
    ordered = sorted(heights.values())
    assert min(after - before for before, after in pairwise(ordered)) >= 12


def test_without_a_pass_mark_none_is_drawn() -> None:
    root = drawn(replace(CHART, pass_percent=None))
    assert not [words for words in texts(root) if "pass mark" in words]
    assert not with_class(root, "link-stated")


def test_names_of_ratings_that_lie_close_go_on_rows_of_their_own() -> None:
    near = (
        *RATINGS[:2],
        RatingMark(1.05, "Good"),
        RatingMark(1.1, "Excellent"),
        RatingMark(9, "?"),
    )
    root = drawn(replace(CHART, ratings=near))
    rows = {
        node.text: node.get("y")
        for node in root.iter()
        if node.text in {"Borderline", "Good", "Excellent", "?"}
    }
    assert len({rows["Borderline"], rows["Good"], rows["Excellent"]}) == 3
    assert rows["?"] == min(rows.values(), key=lambda y: float(y or "nan"))


def test_the_axis_covers_everything_and_ends_at_0_and_100() -> None:
    wide = replace(CHART, points=((0, 3), (2, 100)), band=((0, -20, 9), (2, 90, 130)))
    values = [words for words in texts(drawn(wide)) if words.isdigit()]
    assert (values[0], values[-1]) == ("0", "100")
    box = next(node for node in drawn(wide).iter() if node.get("class") == "band")
    heights = [float(pair.split(",")[1]) for pair in str(box.get("points")).split()]
    assert min(heights) >= 22
    assert max(heights) <= 322


def test_the_description_says_in_words_what_is_drawn() -> None:
    description = drawn(CHART)[1].text or ""
    assert drawn(CHART)[0].text == "Borderline regression"
    assert "Clear fail: 3, totals 40.0 to 40.2 %" in description
    assert "At the rating Borderline it gives a cut of 60.0 %" in description
    assert "pass mark now is 75 %" in description
    assert "Pass: none" in (drawn(replace(CHART, points=((0, 40), (1, 60))))[1].text or "")


def test_equal_charts_are_equal_text_and_names_are_escaped() -> None:
    assert regression_chart(CHART) == regression_chart(CHART)
    named = replace(CHART, ratings=(*RATINGS[:2], RatingMark(2, "<b>&")))
    assert "<b>&" in texts(drawn(named))


@pytest.mark.parametrize("total", [0.0, 50.0, 100.0])
def test_one_total_for_all_has_an_axis_nevertheless(total: float) -> None:
    flat = replace(
        CHART, points=((0, total), (1, total)), line=((0, total), (1, total)), cut=total,
        pass_percent=None, band=((0, total, total), (1, total, total)), interval=(total, total),
    )  # fmt: skip
    assert len([words for words in texts(drawn(flat)) if words.lstrip("-").isdigit()]) >= 2
