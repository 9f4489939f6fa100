"""The chart of an observed session."""

import xml.etree.ElementTree as ET

import pytest

from casebook.charts.timeline import Release, Retest, SessionTimeline, Strip, clock, timeline

INSIDE = Strip(
    1, "gluteus maximus", "left", 45, (Release("QL", 52, 74),), Retest(84, True), "fires"
)
LATE = Strip(
    2, "psoas major", "", 600, (Release("TFL", 610, 672),), Retest(680, False), "still inhibited"
)


def session(*strips: Strip, length_s: float = 1800) -> SessionTimeline:
    return SessionTimeline(length_s, 30, 60, strips)


def with_class(drawn: str, name: str) -> list[ET.Element]:
    return [node for node in ET.fromstring(drawn).iter() if node.get("class") == name]


def texts(drawn: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(drawn).iter() if node.tag.endswith("}text")]


@pytest.mark.parametrize("at_s, shown", [(0, "0:00"), (45, "0:45"), (754, "12:34")])
def test_a_moment_reads_as_on_a_stopwatch(at_s: float, shown: str) -> None:
    assert clock(at_s) == shown


def test_a_release_is_late_when_it_ends_after_the_limit() -> None:
    found = session(INSIDE, LATE)
    # 74 - 45 = 29 s, inside 60 s; 672 - 600 = 72 s, late.
    assert not found.is_late(INSIDE, INSIDE.releases[0])
    assert found.is_late(LATE, LATE.releases[0])


def test_a_release_that_ends_at_the_limit_is_not_late() -> None:
    edge = Strip(1, "psoas", "", 0, (Release("TFL", 10, 60),), None, "")
    assert not session(edge).is_late(edge, edge.releases[0])


def test_lateness_is_hatched_and_written_and_not_only_coloured() -> None:
    drawn = timeline(session(INSIDE, LATE))
    assert with_class(drawn, "hatching-alarm")
    assert "late" in texts(drawn)
    assert "work ends 72 s, late" in texts(drawn)
    assert "work ends 29 s" in texts(drawn)


def test_every_strip_shows_both_parts_of_its_window_at_one_scale() -> None:
    drawn = timeline(session(INSIDE, LATE))
    sure = with_class(drawn, "window-sure")
    rest = with_class(drawn, "window")
    # One of each a strip, and one of each in the legend.
    assert len(sure) == len(rest) == 3
    assert {node.get("width") for node in sure[:2]} == {node.get("width") for node in rest[:2]}


def test_each_cycle_is_one_block_of_the_overview_even_with_two_strips() -> None:
    second = Strip(
        1, "gluteus maximus", "left", 84, (Release("TFL", 90, 110),), None, "not retested"
    )
    drawn = timeline(session(INSIDE, second, LATE))
    assert [text for text in texts(drawn) if text in {"1", "2"}] == ["1", "2"]


def test_a_strip_without_release_or_retest_says_so() -> None:
    alone = Strip(1, "psoas", "", 30, (), None, "not retested")
    drawn = timeline(session(alone))
    assert "no release" in texts(drawn)
    assert "not retested" in texts(drawn)


def test_a_very_late_event_is_held_at_the_end_of_its_strip() -> None:
    slow = Strip(1, "psoas", "", 0, (Release("TFL", 10, 900),), Retest(950, True), "fires")
    drawn = timeline(session(slow))
    right = max(float(node.get("cx", "0")) for node in with_class(drawn, "dot"))
    assert right < 580
    assert "240" in texts(drawn)


def test_the_description_says_in_words_what_is_drawn() -> None:
    description = ET.fromstring(timeline(session(INSIDE, LATE)))[1].text or ""
    assert "gluteus maximus, left fails at 0:45" in description
    assert "release of TFL ends after 72 s, late" in description
    assert "stays inhibited" in description
