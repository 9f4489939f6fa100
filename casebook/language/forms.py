"""Numbers and dates as the language spoken writes them (Unicode CLDR, through Babel)."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from casebook.language.catalogue import Language, spoken

MINUS: Final = "−"

# Why British: "2 March 2026", which readers outside America read alike.
_REGIONS: Final = {"en": "en_GB"}


def decimal(value: float) -> str:
    """A number to two places at most, with a true minus sign: "2.5", or "2,5" in German."""
    digits = format_decimal(round(value, 2), "0.##", locale=_locale(spoken())).replace("-", MINUS)
    return "0" if digits == f"{MINUS}0" else digits


def fixed(value: float, places: int) -> str:
    """A number to exactly so many places: "75.0", or "75,0" in German."""
    digits: str = format_decimal(value, f"0.{'0' * places}", locale=_locale(spoken()))
    return digits


def long_date(day: date) -> str:
    """A date as people write it: "2 March 2026", or "2. März 2026" in German."""
    words = format_date(day, "long", locale=_locale(spoken()))
    # Why: French readers expect "1er mars"; CLDR has "1 mars".
    return words.replace("1", "1er", 1) if spoken() == "fr" and day.day == 1 else words


def enumeration(words: Iterable[str]) -> str:
    """Words in a row: "a", "a and b", "a, b and c"."""
    items = list(words)
    return format_list(items, locale=_locale(spoken())) if items else ""


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_REGIONS.get(language, language))
