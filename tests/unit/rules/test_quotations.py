"""What a mark quotes stands in the work, however it was copied."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.domain.portfolio import Piece
from casebook.rules.quotations import check_places, check_times

Read: TypeAlias = Callable[[str, str], Piece[Any]]

CASE = """\
introduction: >-
  On day 16 all three had slipped back, and *nobody* asked why [@smith2014].
client_perspective: "By four o'clock I drive with a fist behind my back."
discussion:
  limitations: People also seek help when it is at its worst; time alone may have done it.
sessions:
  - day: 0
"""
SESSION = 'duration: "30:00"\nevents:\n  - {at: "00:10", remark: Asks before touching}\n'


def places(read: Read, place: str, case: str = CASE) -> list[str]:
    """What is said of a place that a mark names."""
    sheet = read("mark-sheet", f"marks:\n  - criterion: clear\n    place: >-\n      {place}\n")
    return [each.message for each in check_places(sheet, read("case-study", case).record)]


@pytest.mark.parametrize(
    "place",
    [
        "On day 16 all three had slipped back",
        "on DAY 16 all  three had slipped back",
        "nobody asked why [1].",
        "By four o’clock I drive with a fist",
        "“By four o'clock I drive”",
        'Client perspective: "a fist behind my back"',
        "all three had slipped back … asked why",
        "time alone may have done it; People also seek help",
        "On day 16 all three had slip- ped back",
        "Client perspective; limitations of day 0",
        "page 2, last table",
        "…",
    ],
)
def test_words_of_the_work_are_found_and_names_of_its_parts_are_no_words(
    read: Read, place: str
) -> None:
    assert places(read, place) == []


@pytest.mark.parametrize(
    "place, told",
    [
        ("On day 17 all three had slipped back", "On day 17 all three had slipped back"),
        ("slipped back … nobody knows why", "nobody knows why"),
        ("Introduction: “nobody knew”", "nobody knew"),
        (
            "slipped back, and nobody [@other] had asked",
            "slipped back, and nobody [@other] had asked",
        ),
    ],
)
def test_words_that_the_work_does_not_say_are_told(read: Read, place: str, told: str) -> None:
    assert places(read, place) == [f"the work does not say '{told}'"]


def test_a_long_quotation_is_cut_short_in_the_message(read: Read) -> None:
    (message,) = places(read, "never said " * 20)
    assert message.endswith("…'")
    assert len(message) < 100


def test_words_do_not_run_from_one_text_into_the_next(read: Read) -> None:
    joined = "nobody asked why. By four o'clock I drive"
    assert len(places(read, joined)) == 1


def test_a_mark_without_a_place_quotes_nothing(read: Read) -> None:
    sheet = read("mark-sheet", "marks:\n  - {criterion: clear, level: 1}\n")
    assert list(check_places(sheet, read("case-study", CASE).record)) == []


@pytest.mark.parametrize("at, codes", [("12:10", []), ("30:00", []), ("30:01", ["CB209"])])
def test_a_time_lies_within_the_session(read: Read, at: str, codes: list[str]) -> None:
    sheet = read("mark-sheet", f'marks:\n  - {{criterion: safety, level: 0, at: "{at}"}}\n')
    session = read("observation", SESSION).record
    found = list(check_times(sheet, session))
    assert [each.code for each in found] == codes
    assert [each.place.span.line for each in found] == [9] * len(codes)


def test_a_session_of_unknown_length_may_have_any_time(read: Read) -> None:
    sheet = read("mark-sheet", 'marks:\n  - {criterion: safety, at: "59:00"}\n')
    assert list(check_times(sheet, read("observation", "events: []\n").record)) == []


def test_a_case_study_has_no_times(read: Read) -> None:
    sheet = read("mark-sheet", 'marks:\n  - {criterion: clear, at: "01:00"}\n')
    (finding,) = check_times(sheet, read("case-study", CASE).record)
    assert (finding.code, finding.message) == ("CB209", "a case study has no times")
