"""Numbers and dates as the language spoken writes them (Unicode CLDR, through Babel)."""

from datetime import date
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from casebook.language.catalogue import Language, spoken

MINUS: Final = "−"

# Why British: "2 March 2026", which readers outside America read alike.
_REGIONS: Final = {"en": "en_GB"}


def decimal(value: float) -> str:
    """A number to two places at most, with a true minus sign: "2.5", or "2,5" in German."""
    digits = format_decimal(round(value, 2), "0.##", locale=_locale(spoken())).replace("-", MINUS)
    return "0" if digits == f"{MINUS}0" else digits


def long_date(day: date) -> str:
    """A date as people write it: "2 March 2026", or "2. März 2026" in German."""
    return format_date(day, "long", locale=_locale(spoken()))


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_REGIONS.get(language, language))
