"""A written date is read where it means one day, and only its year where it could mean two."""

from datetime import date

import pytest

from casebook.rules.identifier_shapes.written_dates import WrittenDate, read_date

DAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12 March 2026", "March 12th, 2026", "Mar. 12, 2026", "12. März 2026", "12.03.2026",
        "12. 3. 2026", "2026-03-12", "2026/03/12", "12 de marzo de 2026", "12 mars 2026",
        "12th of March, 2026",
    ],
)  # fmt: skip
def test_a_day_is_read(text: str) -> None:
    assert read_date(text) == WrittenDate(2026, DAY)


@pytest.mark.parametrize(
    "text, month",
    [("3 janvier 2026", 1), ("1er août 2026", 8), ("3 juin 2026", 6), ("3 juillet 2026", 7),
     ("3. Jänner 2026", 1), ("3 de enero de 2026", 1), ("3. Dezember 2026", 12)],
)  # fmt: skip
def test_months_are_known_in_each_language(text: str, month: int) -> None:
    found = read_date(text).day
    assert found is not None
    assert found.month == month


@pytest.mark.parametrize("text", ["12/03/2026", "March 2026", "03/2026", "31 February 2026"])
def test_only_the_year_is_sure(text: str) -> None:
    assert read_date(text) == WrittenDate(2026)


def test_a_slash_is_read_where_only_one_way_makes_a_day() -> None:
    assert read_date("25/03/2026").day == read_date("03/25/2026").day == date(2026, 3, 25)


@pytest.mark.parametrize("text", ["12 March", "3/12/26", "12.03.26"])
def test_without_a_year_nothing_is_sure(text: str) -> None:
    assert read_date(text) == WrittenDate()
