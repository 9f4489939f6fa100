"""What a change comes to, in words."""

import pytest

from casebook.domain.work.change import judge_change
from casebook.domain.work.measures import ImportantChange, MeasurementError, measures_by_id
from casebook.render.views.change import DEGREES, change_words, error_words, verdict_words

NPRS = measures_by_id()["nprs"].important
ODI = measures_by_id()["odi"].important


def error(amount: float, up_to: float | None = None) -> MeasurementError:
    return MeasurementError(amount=amount, up_to=up_to, population="adults", source="A 2020")


@pytest.mark.parametrize(
    "first, last, important, words",
    [
        (10, 1, NPRS, "9 better: more than the important change (3.5, large)"),
        (7, 3.5, NPRS, "3.5 better: as much as the important change (3.5, large)"),
        (7, 6, NPRS, "1 better: below the important change (1.5, small)"),
        (40, 20, ODI, "20 better: more than the important change (12)"),
        (3, 5, NPRS, "2 worse"),
        (3, 3, NPRS, "no change"),
        (5, 4, (), "1 better: no figure published here to judge it by"),
    ],
)
def test_a_change_is_told_with_the_figure_it_is_held_against(
    first: float, last: float, important: tuple[ImportantChange, ...], words: str
) -> None:
    assert verdict_words(judge_change(first, last, better="lower", important=important)) == words


@pytest.mark.parametrize(
    "last, words",
    [
        (95, "5° more: within the error of measurement (20°), so no evidence of change"),
        (68, "22° less: change and error of measurement (20° to 25°) cannot be told apart"),
        (120, "30° more: more than the error of measurement (25°)"),
        (90, "no change"),
    ],
)
def test_an_angle_is_held_against_the_error_of_measurement(last: float, words: str) -> None:
    assert verdict_words(judge_change(90, last, error=error(20, 25)), DEGREES) == words


def test_a_borrowed_error_says_where_it_was_found() -> None:
    found = verdict_words(judge_change(90, 95, error=error(20)), DEGREES, borrowed=True)
    assert "(20°, found for the shoulder)" in found


def test_a_change_carries_its_unit() -> None:
    assert change_words(judge_change(38, 22, better="lower"), "%") == "16 % better"


def test_an_error_is_one_figure_or_a_span() -> None:
    assert error_words(error(2), "mm") == "2 mm"
    assert error_words(error(20, 25), DEGREES) == "20° to 25°"
