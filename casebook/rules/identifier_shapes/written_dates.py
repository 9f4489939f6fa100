"""What day a written date means, as far as that can be told."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from casebook.rules.privacy.name_spellings import fold

_MONTHS: Final = {
    "jan": 1, "ene": 1, "feb": 2, "fev": 2, "mar": 3, "maa": 3, "mrz": 3, "mrt": 3, "apr": 4,
    "avr": 4, "abr": 4, "may": 5, "mai": 5, "mei": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7,
    "aug": 8, "ago": 8, "aou": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12,
    "dez": 12, "dic": 12,
}  # fmt: skip
"""Months by how their names begin in the languages of ``dates``, folded."""

_NUMBER: Final = re.compile(r"\d{1,4}")
_WORD: Final = re.compile(r"[^\W\d_]{3,12}")
_MONTHS_IN_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A year, a day, both or neither: "12/03/2026" says a year, and either of two days."""

    year: int | None = None
    day: date | None = None


def read_date(text: str) -> WrittenDate:
    """Read a date that was found in a text."""
    numbers = [int(each) for each in _NUMBER.findall(text)]
    years = [each for each in numbers if 1900 <= each <= 2199]  # noqa: PLR2004 - what a year is
    year = years[0] if years else None
    rest = [each for each in numbers if each != year]
    month = next(filter(None, map(_month, _WORD.findall(text))), None)
    if year is None:
        return WrittenDate()
    if month is not None and rest:
        return WrittenDate(year, _day(year, month, rest[0]))
    if len(rest) == 2:  # noqa: PLR2004 - day and month
        return WrittenDate(year, _from_numbers(text, year, rest[0], rest[1]))
    return WrittenDate(year)


def _from_numbers(text: str, year: int, first: int, second: int) -> date | None:
    if text.strip().startswith(str(year)):
        return _day(year, first, second)
    if "." in text:
        return _day(year, second, first)
    # Why: with a slash, Europe writes the day first and North America the month.
    if first == second or second > _MONTHS_IN_A_YEAR:
        return _day(year, first, second)
    return _day(year, second, first) if first > _MONTHS_IN_A_YEAR else None


def _month(word: str) -> int | None:
    folded = fold(word).letters
    return _MONTHS.get(folded[:4]) or _MONTHS.get(folded[:3])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
