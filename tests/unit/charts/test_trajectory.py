"""The chart of an outcome measure."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from casebook.charts.trajectory import (
    Reading,
    Threshold,
    Trajectory,
    thresholds_of,
    trajectories,
    trajectory,
)

PAIN = Trajectory(
    name="NPRS",
    subject="pain, 0 to 10",
    lowest=0,
    highest=10,
    better="lower",
    readings=(Reading(0, 7), Reading(7, 4), Reading(21, 1)),
    important=(Threshold(1.5, "small"), Threshold(3.5, "large")),
    verdict="6 better: more than the important change (3.5, large)",
    notes=("Important change: outpatients (A 2020)",),
)
FLEXION = Trajectory(
    name="Shoulder flexion, right",
    subject="goniometer",
    lowest=120,
    highest=180,
    better=None,
    readings=(Reading(0, 148), Reading(34, 160)),
    error=20,
    unit="°",
    verdict="12° more: within the error of measurement",
)


def texts(drawn: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(drawn).iter() if _is_text(node)]


def _is_text(node: ET.Element) -> bool:
    return node.tag.endswith("}text")


def with_class(drawn: str, name: str) -> list[ET.Element]:
    return [node for node in ET.fromstring(drawn).iter() if node.get("class") == name]


def test_the_change_begins_to_matter_at_the_first_value_less_the_important_change() -> None:
    assert thresholds_of(PAIN) == ((5.5, "small"), (3.5, "large"))  # 7 - 1.5 and 7 - 3.5


def test_where_higher_is_better_the_important_change_is_added() -> None:
    function = replace(
        PAIN, better="higher", readings=(Reading(0, 3.3),), important=(Threshold(2.7),)
    )
    assert thresholds_of(function) == ((6.0, ""),)  # 3.3 + 2.7


@pytest.mark.parametrize(
    "chart",
    [
        replace(PAIN, important=()),
        replace(PAIN, better=None),
        replace(PAIN, readings=(Reading(0, 1), Reading(7, 1))),  # 1 - 1.5 is below 0
    ],
)
def test_without_room_or_figure_there_is_no_band(chart: Trajectory) -> None:
    assert thresholds_of(chart) == ()
    assert not with_class(trajectory(chart), "band")


def test_a_change_without_room_leaves_the_smaller_ones() -> None:
    """From 2, a change of 1.5 ends at 0.5, and one of 3.5 below the scale."""
    assert thresholds_of(replace(PAIN, readings=(Reading(0, 2),))) == ((0.5, "small"),)


def test_the_band_is_deeper_from_the_largest_important_change_on() -> None:
    drawn = trajectory(PAIN)
    light, strong = with_class(drawn, "band")[0], with_class(drawn, "band-strong")[0]
    # From 5.5 and from 3.5 down to 0: as tall as 5.5 is to 3.5.
    heights = [float(each.get("height", "nan")) for each in (light, strong)]
    assert heights[0] / heights[1] == pytest.approx(5.5 / 3.5, abs=0.01)
    assert not with_class(trajectory(replace(PAIN, important=(Threshold(2),))), "band-strong")


def test_the_error_is_hatched_on_either_side_of_the_first_value() -> None:
    drawn = trajectory(FLEXION)
    assert with_class(drawn, "error")
    edges = [float(node.get("y1", "nan")) for node in with_class(drawn, "error-edge")[:2]]
    axis = with_class(drawn, "axis")[0]
    # 168 and 128 on an axis from 120 to 180: 40 of its 60 degrees.
    bottom, top = float(axis.get("y1", "nan")), 72.0
    assert edges[1] - edges[0] == pytest.approx((bottom - top) * 40 / 60, abs=0.02)
    assert "error of measurement: ± 20° around the first value" in texts(drawn)
    assert not with_class(trajectory(PAIN), "error")


def test_the_verdict_and_the_sources_stand_on_the_chart() -> None:
    written = " ".join(texts(trajectory(PAIN)))
    assert "6 better: more than the important change (3.5, large)" in written
    assert "Important change: outpatients (A 2020)" in written


def test_values_carry_a_short_unit() -> None:
    assert {"148°", "160°", "140°"} <= set(texts(trajectory(FLEXION)))


def test_plots_are_of_one_size_whatever_is_written_around_them() -> None:
    def plot(chart: Trajectory) -> tuple[str | None, ...]:
        axis = with_class(trajectory(chart), "axis")[0]
        return tuple(axis.get(name) for name in ("x1", "x2", "y1"))

    assert plot(PAIN) == plot(FLEXION) == plot(replace(PAIN, verdict="", important=(), notes=()))


def test_a_chart_keeps_room_for_no_more_than_is_written_under_it() -> None:
    def height(chart: Trajectory) -> float:
        return float(ET.fromstring(trajectory(chart)).attrib["viewBox"].split()[3])

    bare = replace(PAIN, important=(), notes=())
    # The key takes two lines of 12.5 px, the source one.
    assert height(PAIN) - height(bare) == 37.5


def test_several_charts_stand_side_by_side_in_one_picture() -> None:
    drawn = trajectories("Outcomes", [PAIN, FLEXION, PAIN])
    root = ET.fromstring(drawn)
    assert root[0].text == "Outcomes"
    assert "Shoulder flexion, right by day: goniometer. day 0: 148°" in (root[1].text or "")
    moved = [node.get("transform") for node in root if node.get("transform")]
    assert moved[:2] == ["translate(0 0)", "translate(296 0)"]
    assert len(moved) == 3
    assert len(with_class(drawn, "curve")) == 3


def test_every_value_and_day_is_written() -> None:
    written = texts(trajectory(PAIN))
    assert {"7", "4", "1"} <= set(written)
    assert {"0", "21"} <= set(written)
    assert "important change: 5.5 or less (small)" in " ".join(written)
    assert "lower is better" in written


def test_one_dot_stands_for_each_reading_and_lower_values_lie_lower() -> None:
    dots = with_class(trajectory(PAIN), "dot")
    heights = [float(dot.get("cy", "nan")) for dot in dots]
    assert len(heights) == 3
    assert heights == sorted(heights)  # SVG's y grows downward, and the values fall


def test_a_value_outside_the_range_is_drawn_at_its_edge_and_written_as_it_is() -> None:
    drawn = trajectory(replace(PAIN, readings=(Reading(0, 7), Reading(3, 12))))
    top = min(float(dot.get("cy", "nan")) for dot in with_class(drawn, "dot"))
    at_ten = trajectory(replace(PAIN, readings=(Reading(0, 7), Reading(3, 10))))
    assert top == min(float(dot.get("cy", "nan")) for dot in with_class(at_ten, "dot"))
    assert "12" in texts(drawn)


def test_a_single_reading_has_a_dot_and_no_line() -> None:
    drawn = trajectory(replace(PAIN, readings=(Reading(0, 7),)))
    assert len(with_class(drawn, "dot")) == 1
    assert not with_class(drawn, "curve")


def test_the_end_of_an_odd_range_gets_a_tick_of_its_own() -> None:
    drawn = trajectory(
        replace(PAIN, highest=180, better="higher", readings=(Reading(0, 90), Reading(1, 120)))
    )
    assert "180" in texts(drawn)


def test_the_description_says_in_words_what_is_drawn() -> None:
    description = ET.fromstring(trajectory(PAIN))[1].text or ""
    assert "day 0: 7, day 7: 4, day 21: 1" in description
    assert "Lower is better" in description
    assert "Important change: 5.5 or less (small) and 3.5 or less (large)." in description
    assert description.endswith("6 better: more than the important change (3.5, large).")


def test_a_chart_without_a_subject_begins_with_its_readings() -> None:
    description = ET.fromstring(trajectory(replace(FLEXION, subject="")))[1].text or ""
    assert description.startswith("day 0: 148°, day 34: 160°.")


def test_equal_charts_are_equal_text() -> None:
    assert trajectory(PAIN) == trajectory(replace(PAIN))
