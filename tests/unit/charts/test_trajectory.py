"""The chart of an outcome measure."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from casebook.charts.trajectory import Reading, Trajectory, threshold_of, trajectory

PAIN = Trajectory(
    name="NPRS",
    subject="pain, 0 to 10",
    lowest=0,
    highest=10,
    better="lower",
    readings=(Reading(0, 7), Reading(7, 4), Reading(21, 1)),
    important_change=3.5,
    important_label="large",
)


def texts(drawn: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(drawn).iter() if _is_text(node)]


def _is_text(node: ET.Element) -> bool:
    return node.tag.endswith("}text")


def with_class(drawn: str, name: str) -> list[ET.Element]:
    return [node for node in ET.fromstring(drawn).iter() if node.get("class") == name]


def test_the_change_begins_to_matter_at_the_first_value_less_the_important_change() -> None:
    assert threshold_of(PAIN) == 3.5  # 7 - 3.5


def test_where_higher_is_better_the_important_change_is_added() -> None:
    function = replace(PAIN, better="higher", readings=(Reading(0, 3.3),), important_change=2.7)
    assert threshold_of(function) == 6.0  # 3.3 + 2.7


@pytest.mark.parametrize(
    "chart",
    [
        replace(PAIN, important_change=None),
        replace(PAIN, better=None),
        replace(PAIN, readings=(Reading(0, 2), Reading(7, 1))),  # 2 - 3.5 is below 0
    ],
)
def test_without_room_or_figure_there_is_no_band(chart: Trajectory) -> None:
    assert threshold_of(chart) is None
    assert not with_class(trajectory(chart), "band")


def test_a_chart_without_a_band_keeps_no_room_for_the_bands_key() -> None:
    def height(chart: Trajectory) -> float:
        return float(ET.fromstring(trajectory(chart)).attrib["viewBox"].split()[3])

    assert height(PAIN) - height(replace(PAIN, important_change=None)) == 16


def test_every_value_and_day_is_written() -> None:
    written = texts(trajectory(PAIN))
    assert {"7", "4", "1"} <= set(written)
    assert {"0", "21"} <= set(written)
    assert "important change (large): 3.5 or less" in written
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


def test_equal_charts_are_equal_text() -> None:
    assert trajectory(PAIN) == trajectory(replace(PAIN))
