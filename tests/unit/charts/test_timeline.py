"""The chart of an observed session."""

import xml.etree.ElementTree as ET

from casebook.charts.timeline import timeline, timelines
from casebook.charts.timeline_strips import Release, Retest, SessionTimeline, Strip

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


def test_a_release_is_late_when_it_ends_after_the_limit() -> None:
    found = session(INSIDE, LATE)
    # 74 - 45 = 29 s, inside 60 s; 672 - 600 = 72 s, late.
    assert not found.is_late(INSIDE, INSIDE.releases[0].end_s)
    assert found.is_late(LATE, LATE.releases[0].end_s)


def test_a_release_that_ends_at_the_limit_is_not_late() -> None:
    edge = Strip(1, "psoas", "", 0, (Release("TFL", 10, 60),), None, "")
    assert not session(edge).is_late(edge, edge.releases[0].end_s)


def test_lateness_is_hatched_and_written_and_not_only_coloured() -> None:
    drawn = timeline(session(INSIDE, LATE))
    assert with_class(drawn, "hatching-alarm")
    assert "late" in texts(drawn)
    assert "work ends 72 s, late" in texts(drawn)
    assert "work ends 29 s" in texts(drawn)


def test_a_late_retest_is_boxed_and_written_and_not_only_coloured() -> None:
    """A retest 86 s after the failed test comes late even where the work ended in time."""
    retest = Strip(1, "psoas", "", 0, (Release("TFL", 10, 50),), Retest(86, True), "fires")
    drawn = timeline(session(retest))
    # One box on the strip, and one in the legend.
    assert len(with_class(drawn, "late")) == 2
    assert {"retest 86 s, late", "late retest", "work ends 50 s"} <= set(texts(drawn))
    assert "retest after 86 s, late, fires" in (ET.fromstring(drawn)[1].text or "")
    in_time = timeline(session(INSIDE))
    assert not with_class(in_time, "late")
    assert "late retest" not in texts(in_time)
    assert "retest 39 s" in texts(in_time)  # 84 - 45


def test_the_window_is_the_programs() -> None:
    """The same retest at 39 s is late where the program allows 35."""
    drawn = timeline(SessionTimeline(1800, 20, 35, (INSIDE,)))
    assert "retest 39 s, late" in texts(drawn)
    assert {"window to 20 s", "window to 35 s"} <= set(texts(drawn))


def test_a_long_session_becomes_several_pictures_that_fit_on_a_page() -> None:
    """Only the first shows the whole session; every strip is in one of them."""
    strips = tuple(
        Strip(number, "psoas", "", 120.0 * number, (), None, "not retested")
        for number in range(1, 31)
    )
    parts = timelines(session(*strips, length_s=3900))
    assert len(parts) == 3  # Twelve, twelve and six.
    assert [sum(text == "not retested" for text in texts(part)) for part in parts] == [12, 12, 6]
    assert ["The whole session" in texts(part) for part in parts] == [True, False, False]
    assert all(float(ET.fromstring(part).get("height", "nan")) < 820 for part in parts)
    assert timelines(session(INSIDE)) == (timeline(session(INSIDE)),)


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


def test_a_long_name_is_kept_whole_on_two_lines_with_side_and_moment_below() -> None:
    long = Strip(12, "extensor carpi radialis longus", "left", 600, (), None, "not retested")
    written = texts(timeline(session(long)))
    assert {"12 · extensor carpi", "radialis longus", "left, fails at 10:00"} <= set(written)
    assert {"1 · gluteus maximus", "left", "fails at 0:45"} <= set(texts(timeline(session(INSIDE))))


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
