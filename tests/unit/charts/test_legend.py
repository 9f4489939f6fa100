"""The legend of a chart, and the signs that charts share."""

import xml.etree.ElementTree as ET

import pytest

from casebook.charts.legend import Key, legend, legend_height, retest_sign
from casebook.charts.svg import rectangle, width_of

KEYS = [Key(rectangle("bar", 0, -5, 10, 10), 10, words) for words in ("one", "two", "three")]


def shifts(drawn: str) -> list[tuple[float, float]]:
    moved = [node.get("transform", "") for node in ET.fromstring(drawn)]
    pairs = [each.removeprefix("translate(").removesuffix(")").split() for each in moved]
    return [(float(x), float(y)) for x, y in pairs]


def test_signs_stand_in_one_row_while_there_is_room() -> None:
    found = shifts(legend(KEYS, 0, 580))
    assert len({y for _x, y in found}) == 1
    assert [x for x, _y in found] == sorted(x for x, _y in found)
    assert legend_height(KEYS, 580) == 18


def test_a_row_that_is_full_is_followed_by_another() -> None:
    # Room for one sign with the longest of the words, and for nothing beside it.
    width = 10 + 6 + width_of("three", "label-muted") + 1
    found = shifts(legend(KEYS, 0, width))
    assert [x for x, _y in found] == [0, 0, 0]
    assert [y for _x, y in found] == [9, 27, 45]
    assert legend_height(KEYS, width) == 3 * 18


def test_rows_are_about_equally_long() -> None:
    """Of four signs of one width, of which three fit into a row, two stand in each."""
    keys = [Key(rectangle("bar", 0, -5, 10, 10), 10, "word")] * 4
    room = 10 + 6 + width_of("word", "label-muted") + 16
    found = shifts(legend(keys, 0, 3 * room))
    assert [y for _x, y in found] == [9, 9, 27, 27]


def test_a_legend_of_nothing_takes_no_room() -> None:
    assert legend_height([], 580) == 0


@pytest.mark.parametrize("fires, look, strokes", [(True, "dot", 0), (False, "dot-open", 2),
                                                  (None, "dot-open", 0)])  # fmt: skip
def test_findings_differ_by_shape(fires: bool | None, look: str, strokes: int) -> None:
    root = ET.fromstring(f"<g>{retest_sign(0, 0, 6, fires=fires)}</g>")
    assert root[0].get("class") == look
    assert len(root) - 1 == strokes
