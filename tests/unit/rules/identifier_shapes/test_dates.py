"""Dates are found as the Unicode CLDR writes them; counts of weeks and repetitions are none."""

import pytest

from casebook.rules.identifier_shapes.written_dates import read_date
from casebook.rules.privacy.identifiers import all_identifiers


@pytest.mark.parametrize(
    "written, month",
    # The CLDR's medium form of the 12th in en, de-AT, fr, es and nl where others do not share it.
    [("12 Mar 2025", 3), ("12. Jän. 2025", 1), ("12 janv. 2025", 1), ("12 févr. 2025", 2),
     ("12 avr. 2025", 4), ("12 juil. 2025", 7), ("12 août 2025", 8), ("12 déc. 2025", 12),
     ("12 ene 2025", 1), ("12 abr 2025", 4), ("12 ago 2025", 8), ("12 dic 2025", 12),
     ("12 mrt 2025", 3), ("12 mei 2025", 5), ("12 augustus 2025", 8), ("12-ene-2025", 1),
     ("12Mar2025", 3)],
)  # fmt: skip
def test_a_short_month_is_found_and_read(written: str, month: int) -> None:
    text = f"Seen {written} again."
    [found] = all_identifiers(text)
    day = read_date(text[found.start : found.end]).day
    assert day is not None
    assert (day.day, day.month) == (12, month)


@pytest.mark.parametrize(
    "text", ["in march 2026", "in may 2026", "en mai 2026", "en enero 2026", "in mei 2026",
             "12 abril", "le 3 déc."],
)  # fmt: skip
def test_a_month_without_its_day_or_a_day_without_its_year_is_found(text: str) -> None:
    [found] = all_identifiers(text)
    assert found.kind == "date"


@pytest.mark.parametrize(
    "text", ["3 weeks ago 2019 was bad", "may 10 times", "March 2000 steps", "they may 2 at a time"]
)
def test_words_that_are_no_months_are_left_alone(text: str) -> None:
    assert not all_identifiers(text)


@pytest.mark.parametrize(
    "text", ["born in 1931", "Born: 1935", "geboren 1928", "née en 1920", "nacido en 1933"]
)
def test_a_year_that_tells_an_age_above_89_is_found(text: str) -> None:
    """45 CFR 164.514(b)(2)(i)(C): dates go with their year where they tell such an age."""
    [found] = all_identifiers(text)
    assert (found.kind, found.rule.letter) == ("age", "C")


@pytest.mark.parametrize("text", ["born in 1936", "born in 1980", "a method born 1931-style"])
def test_other_years_of_birth_may_stay(text: str) -> None:
    assert not all_identifiers(text)
