"""The chart of criteria and total."""

import xml.etree.ElementTree as ET

from casebook.charts.criterion_scores import (
    CriterionScore,
    ScoreSheet,
    criterion_score_parts,
    criterion_scores,
)

THREE_OF_FOUR = CriterionScore("Explains findings", 3, 4, 40)
FAILED = CriterionScore("Client safety", 1, 3, 30, least=2)
MISSING = CriterionScore("Pacing", None, 4, 30)


def with_class(drawn: str, name: str) -> list[ET.Element]:
    return [node for node in ET.fromstring(drawn).iter() if node.get("class") == name]


def texts(drawn: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(drawn).iter() if node.tag.endswith("}text")]


def test_a_bar_is_as_long_as_the_points_are_of_the_top() -> None:
    drawn = criterion_scores(ScoreSheet((THREE_OF_FOUR,), 75, 70))
    frames = with_class(drawn, "bar-empty")
    bars = with_class(drawn, "bar")
    # 3 of 4 points, and 75 % of the total, are each three quarters of their frame.
    assert len(bars) == len(frames) == 2
    for bar, frame in zip(bars, frames, strict=True):
        share = float(bar.get("width", "0")) / float(frame.get("width", "1"))
        assert abs(share - 0.75) < 0.001


def test_a_missing_mark_is_words_in_an_empty_frame_and_no_bar() -> None:
    drawn = criterion_scores(ScoreSheet((MISSING,), None, 70))
    assert "no mark" in texts(drawn)
    assert "incomplete" in texts(drawn)
    assert not with_class(drawn, "bar")


def test_a_missing_mark_is_told_apart_from_a_zero() -> None:
    zero = CriterionScore("Pacing", 0, 4, 100)
    assert "0 of 4" in texts(criterion_scores(ScoreSheet((zero,), 0, 70)))


def test_a_failed_must_pass_criterion_is_hatched_and_signed() -> None:
    assert FAILED.failed
    drawn = criterion_scores(ScoreSheet((FAILED,), 33.3, 70))
    assert with_class(drawn, "hatching-alarm")
    assert "1 of 3 ✗" in texts(drawn)
    assert "least points of a must-pass criterion" in texts(drawn)


def test_a_must_pass_criterion_with_just_enough_points_has_not_failed() -> None:
    assert not CriterionScore("Client safety", 2, 3, 30, least=2).failed


def test_the_pass_mark_is_a_line_with_its_figure() -> None:
    drawn = criterion_scores(ScoreSheet((THREE_OF_FOUR,), 75, 70))
    assert "pass mark 70 %" in texts(drawn)


def test_the_description_says_in_words_what_is_drawn() -> None:
    drawn = criterion_scores(ScoreSheet((THREE_OF_FOUR, MISSING), None, 70))
    description = ET.fromstring(drawn)[1].text or ""
    assert "Explains findings: 3 of 4; Pacing: no mark of 4" in description
    assert "Total: incomplete; pass mark 70 %." in description


def test_the_standard_error_is_a_whisker_with_its_figure() -> None:
    drawn = criterion_scores(ScoreSheet((THREE_OF_FOUR,), 80, 70, sem=4))
    assert "80 % ± 4 SEM" in texts(drawn)
    (frame,) = with_class(drawn, "bar-empty")[-1:]
    left, full = float(frame.get("x", "nan")), float(frame.get("width", "nan"))
    ends = {
        round(100 * (float(node.get("x1", "nan")) - left) / full)
        for node in with_class(drawn, "limit")
        if node.get("x1") == node.get("x2")
    }
    assert {76, 84} <= ends  # 80 - 4 and 80 + 4


def test_without_a_standard_error_or_a_total_there_is_no_whisker() -> None:
    assert not any("SEM" in text for text in texts(criterion_scores(ScoreSheet((FAILED,), 80, 70))))
    incomplete = criterion_scores(ScoreSheet((MISSING,), None, 70, sem=4))
    assert not any("SEM" in text for text in texts(incomplete))


def test_a_pass_mark_within_one_standard_error_is_said_to_be() -> None:
    """73 and 75 are 2 apart, within 4 and not within 1.9."""
    near = ScoreSheet((THREE_OF_FOUR,), 73, 75, sem=4)
    assert near.near_mark
    words = "one standard error of measurement (SEM): the pass mark lies within it"
    assert words in texts(criterion_scores(near))
    assert "The pass mark lies within one standard error" in (
        ET.fromstring(criterion_scores(near))[1].text or ""
    )
    assert not ScoreSheet((THREE_OF_FOUR,), 73, 75, sem=1.9).near_mark
    assert not ScoreSheet((THREE_OF_FOUR,), 73, 75).near_mark
    assert not ScoreSheet((MISSING,), None, 75, sem=4).near_mark


def test_a_long_rubric_becomes_several_pictures_with_the_total_on_the_last() -> None:
    sheet = ScoreSheet((THREE_OF_FOUR,) * 50, 75, 70)
    parts = criterion_score_parts(sheet)
    assert [texts(part).count("3 of 4") for part in parts] == [24, 24, 2]
    assert ["Total" in texts(part) for part in parts] == [False, False, True]
    assert all(float(ET.fromstring(part).get("height", "nan")) < 820 for part in parts)
